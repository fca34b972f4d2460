"""Modules that are found where an earlier start found them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = str(Path(__file__).resolve().parents[3])
BEGIN = """
import sys
sys.path[:0] = [{packages!r}, {here!r}]
from console.bridge.recalled import recalled
from _frozen_importlib_external import PathFinder
looked_for = []
find = PathFinder.find_spec
PathFinder.find_spec = lambda name, *more: looked_for.append(name) or find(name, *more)
"""
KEEP = "\nrecalled.keep()"


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A directory with a module, a package and a module in that."""
    folder = tmp_path / "packages"
    (folder / "town").mkdir(parents=True)
    (folder / "lone.py").write_text("VALUE = 7\n")
    (folder / "town" / "__init__.py").write_text("NAME = 'town'\n")
    (folder / "town" / "house.py").write_text("def raises():\n    raise ValueError('so it is')\n")
    return folder


def run(packages: Path, program: str, begin: str = BEGIN) -> str:
    """Return what a program prints that finds the packages, and keeps its file beside them."""
    ended = subprocess.run(
        [sys.executable, "-P", "-c", begin.format(packages=str(packages), here=HERE) + program],
        env={**os.environ, "XDG_CACHE_HOME": str(packages.parent), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return ended.stdout + ended.stderr


def kept(packages: Path) -> Path:
    """Return the file."""
    return packages.parent / "celadon" / "start.code"


ALL = "import lone, town.house\nprint(lone.VALUE, town.NAME, end=' ')"
LOOKED = "\nprint([name for name in looked_for if name in ('lone', 'town', 'town.house')])"


def test_what_was_loaded_is_found_without_a_look(packages: Path) -> None:
    assert run(packages, ALL + LOOKED + KEEP) == "7 town ['lone', 'town', 'town.house']\n"
    assert run(packages, ALL + LOOKED) == "7 town []\n"
    facts = "\nprint(lone.__file__, town.__path__, town.house.__spec__.cached)"
    cached = packages / "town/__pycache__" / f"house.{sys.implementation.cache_tag}.pyc"
    said = f"7 town {packages}/lone.py ['{packages}/town'] {cached}\n"
    assert run(packages, ALL + facts) == said
    assert kept(packages).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in kept(packages).parent.iterdir()] == ["start.code"]


def test_a_source_that_differs_is_read_anew(packages: Path) -> None:
    run(packages, ALL + KEEP)
    (packages / "lone.py").write_text("VALUE = 8 # another size\n")
    assert run(packages, ALL + LOOKED + KEEP) == "8 town ['lone']\n"
    assert run(packages, ALL + LOOKED) == "8 town []\n"
    (packages / "lone.py").unlink()
    assert "No module named 'lone'" in run(packages, ALL)


def test_a_source_that_was_changed_is_read_anew_whatever_time_it_was_given(packages: Path) -> None:
    run(packages, ALL + KEEP)
    lone = packages / "lone.py"
    before = lone.stat()
    lone.write_text("VALUE = 8\n")  # as long
    os.utime(lone, ns=(before.st_atime_ns, before.st_mtime_ns))  # as who unpacks a package does
    assert run(packages, ALL) == "8 town "


def test_a_module_that_came_in_a_nearer_directory_is_the_one(packages: Path) -> None:
    nearer = packages.parent / "nearer"
    nearer.mkdir()
    begin = BEGIN.replace("sys.path[:0] = [", f"sys.path[:0] = [{str(nearer)!r}, ")
    assert run(packages, ALL + KEEP, begin) == "7 town "
    assert run(packages, ALL + LOOKED, begin) == "7 town []\n"
    (nearer / "lone.py").write_text("VALUE = 'nearer'\n")
    assert run(packages, ALL, begin) == "nearer town "


def test_what_one_start_had_no_need_of_stays(packages: Path) -> None:
    run(packages, "import town.house" + KEEP)
    run(packages, "import lone" + KEEP)
    before = kept(packages).stat().st_ino
    assert run(packages, ALL + LOOKED + KEEP) == "7 town []\n"
    assert kept(packages).stat().st_ino == before  # nothing was lacking


def test_a_module_that_was_never_a_file_is_not_lacking(packages: Path) -> None:
    ghost = """
from importlib.machinery import ModuleSpec, SourceFileLoader
ghost = sys.modules['ghost'] = type(sys)('ghost')
loader = SourceFileLoader('ghost', '/no/ghost.py')
ghost.__spec__ = ModuleSpec('ghost', loader, origin=loader.path)
"""
    run(packages, ALL + ghost + KEEP)
    before = kept(packages).stat().st_ino
    assert run(packages, ALL + ghost + KEEP) == "7 town "
    assert kept(packages).stat().st_ino == before


def test_other_directories_mean_other_modules(packages: Path, tmp_path: Path) -> None:
    run(packages, ALL + KEEP)
    nearer = tmp_path / "nearer"
    nearer.mkdir()
    (nearer / "lone.py").write_text("VALUE = 'nearer'\n")
    assert run(packages, f"sys.path[:0] = [{str(nearer)!r}]\n{ALL}") == "7 town "
    begin = BEGIN.replace("sys.path[:0] = [", f"sys.path[:0] = [{str(nearer)!r}, ")
    code = begin.format(packages=str(packages), here=HERE) + ALL
    environment = {**os.environ, "XDG_CACHE_HOME": str(packages.parent)}
    told = subprocess.run(
        [sys.executable, "-P", "-c", code], env=environment, capture_output=True, check=True
    )
    assert told.stdout == b"nearer town "


@pytest.mark.parametrize("part", [b"", b"\0" * 100, b"\xff" * 100, None])
def test_a_damaged_file_is_passed_over(packages: Path, part: bytes | None) -> None:
    run(packages, ALL + KEEP)
    whole = kept(packages).read_bytes()
    # None: the place of the code, but none of the code itself.
    index = int.from_bytes(whole[:8], "little")
    kept(packages).write_bytes(whole[: 16 + index] if part is None else part)
    assert run(packages, ALL + LOOKED).startswith("7 town [")


def test_code_of_which_a_part_was_never_written_is_not_run(packages: Path) -> None:
    run(packages, ALL + KEEP)
    whole = kept(packages).read_bytes()
    kept(packages).write_bytes(whole.replace(b"so it is", bytes(8)))
    told = run(packages, ALL + "\ntown.house.raises()")
    assert told.startswith("7 town ")
    assert told.endswith("ValueError: so it is\n")


def test_an_error_shows_the_line_it_comes_from(packages: Path) -> None:
    run(packages, ALL + KEEP)
    told = run(packages, "import town.house\ntown.house.raises()")
    assert f'{packages}/town/house.py", line 2, in raises' in told
    assert "raise ValueError('so it is')" in told


def test_a_source_that_is_half_written_by_now_ends_no_start(packages: Path) -> None:
    program = f"""
import lone, console.__main__
open({str(packages / "lone.py")!r}, 'wb').write(bytes(10))
console.__main__.keep_code()
"""
    assert "Traceback" not in (told := run(packages, program))
    assert "The next start will be slower" in told


def test_where_it_cannot_be_kept_that_is_said(packages: Path) -> None:
    (packages.parent / "celadon").write_text("a file")
    assert "FileExistsError" in run(packages, ALL + KEEP)


def test_what_a_killed_program_left_half_written_goes_with_the_next(packages: Path) -> None:
    kept(packages).parent.mkdir()
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for number in (ended.pid, os.getpid()):  # of one that is no more, and of one that may write now
        kept(packages).with_name(f"start.code.{number}").write_bytes(bytes(100))
    itself = "\nimport os; open(recalled._path + f'.{os.getpid()}', 'w').close()"
    assert run(packages, ALL + itself + KEEP) == "7 town "
    left = {"start.code", f"start.code.{os.getpid()}"}
    assert {path.name for path in kept(packages).parent.iterdir()} == left
