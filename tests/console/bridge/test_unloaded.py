"""Modules that are loaded once they are used."""

import subprocess
import sys
from pathlib import Path


def run(program: str, folder: Path) -> str:
    """Return what a program prints that has two packages of ours, with modules that tell of it."""
    here = Path(__file__).resolve().parents[3]
    code = f"import sys\nsys.path[:0] = [{str(here)!r}]\nimport console.bridge.unloaded\n"
    code += f"import backend\nbackend.__path__.append({str(folder)!r})\n{program}"
    ended = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False
    )
    return ended.stdout + ended.stderr


def test_a_module_is_read_when_something_of_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text("print('read', end=' ')\nVALUE = 7\n")
    program = "from backend import slow\nprint('begun', end=' ')\nprint(slow.VALUE, slow.VALUE)"
    assert run(program, tmp_path) == "begun read 7 7\n"


def test_a_name_out_of_a_module_has_it_read_at_once(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text("print('read', end=' ')\nVALUE = 7\n")
    program = "from backend.slow import VALUE\nprint('begun', VALUE)"
    assert run(program, tmp_path) == "read begun 7\n"


def test_two_threads_have_it_read_once_and_whole(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text(
        "import time\nprint('read', end=' ')\ntime.sleep(0.2)\nVALUE = 7\n"
    )
    program = (
        "from concurrent.futures import ThreadPoolExecutor\nfrom backend import slow\n"
        "with ThreadPoolExecutor(4) as pool:\n"
        "    print(*pool.map(lambda _: slow.VALUE, range(4)))"
    )
    assert run(program, tmp_path) == "read 7 7 7 7\n"


def test_what_a_module_raises_is_raised_where_it_is_used(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("raise ValueError('so it is')\n")
    program = (
        "from backend import broken\n"
        "for _ in range(2):\n"
        "    try:\n        broken.VALUE\n    except ValueError as error:\n        print(error)"
    )
    assert run(program, tmp_path) == "so it is\nso it is\n"
    assert "No module named 'backend.absent'" in run("import backend.absent", tmp_path)


def test_a_module_that_looks_at_itself_is_read(tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text(
        "import sys\nfrom dataclasses import dataclass\n@dataclass(slots=True)\nclass One:\n"
        "    number: int = 3\nassert sys.modules[__name__].One is One\n"
    )
    program = "from backend import own\nprint(own.One().number, type(own).__name__, own.__loader__)"
    assert run(program, tmp_path).startswith("3 module <_frozen_importlib_external.SourceFileLoad")


def test_what_asyncio_brings_for_seldom_days_is_read_on_those(tmp_path: Path) -> None:
    program = (
        "import asyncio, ssl\nprint(type(ssl).__name__, end=' ')\n"
        "print(ssl.create_default_context().check_hostname, type(ssl).__name__, end=' ')\n"
        "print(asyncio.sslproto.SSLProtocol.__name__)"
    )
    assert run(program, tmp_path) == "_Unloaded True module SSLProtocol\n"


def test_what_pyside_says_of_a_wrong_call_is_read_when_one_is_made(tmp_path: Path) -> None:
    program = (
        "from PySide6.QtCore import QCoreApplication, QObject\n"
        "parser = sys.modules['shibokensupport.signature.parser']\n"
        "print(type(parser).__name__)\n"
        "try:\n    QObject().setObjectName([])\nexcept TypeError as error:\n    print(error)"
    )
    begun, *said = run(program, tmp_path).splitlines()
    assert begun == "_Unloaded"
    assert "setObjectName(name: str" in " ".join(said)
