import errno
import os
import socket
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.errors import LoginFailed
from backend.hypervisor.ssh import workplace


@pytest.fixture
def short_place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="cel-", dir="/tmp") as name:
        yield Path(name)


@pytest.fixture(autouse=True)
def _places(short_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Short directories of this test's own."""
    monkeypatch.setattr(workplace, "cache_directory", lambda: Path("/var/tmp/none"))
    monkeypatch.setattr(tempfile, "tempdir", str(short_place))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)


def test_nobody_else_may_enter_and_its_programs_run() -> None:
    place = workplace.make("rack-2")
    assert stat.S_IMODE(place.directory.stat().st_mode) == 0o700
    assert len(os.fsencode(place.control)) + 17 < 108
    failed = subprocess.run([place.command, "rack-2", "true"], capture_output=True, check=False)
    assert failed.returncode == 255, "without its master it must not find a way of its own"
    place.remove()
    assert not place.directory.exists()


def test_what_a_dead_console_left_is_taken_away_and_nobody_elses() -> None:
    living, dead = workplace.make("rack-2"), workplace.make("rack-3")
    os.close(dead.lock)
    another = workplace.make("rack-4")
    assert (living.directory.exists(), dead.directory.exists()) == (True, False)
    another.remove()
    living.remove()


def test_the_runtime_directory_comes_first_unless_its_path_is_too_long(
    short_place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = short_place / "run"
    short.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short))
    place = workplace.make("rack-2")
    assert place.directory.parent == short
    place.remove()
    long = tmp_path / ("x" * 90)
    long.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(long))
    place = workplace.make("rack-2")
    assert place.directory.parent != long
    assert list(long.iterdir()) == []
    place.remove()


def test_without_any_place_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workplace, "_candidates", lambda: iter([Path("/nowhere")]))
    with pytest.raises(LoginFailed):
        workplace.make("rack-2")


def test_a_disk_that_is_full_keeps_nothing_of_a_try(
    short_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(workplace, "_write", full)
    descriptors = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(LoginFailed):
        workplace.make("rack-2")
    assert list(short_place.iterdir()) == []
    assert len(list(Path("/proc/self/fd").iterdir())) == descriptors


def test_a_home_that_cannot_be_written_is_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workplace, "cache_directory", lambda: Path("/proc/none/celadon"))
    monkeypatch.setattr(workplace, "_furnish", lambda _place: False)
    with pytest.raises(LoginFailed):
        workplace.make("rack-2")


def test_only_the_command_of_a_master_that_is_there_is_ours(short_place: Path) -> None:
    place = workplace.make("rack-2")
    assert not workplace.is_ours(place.command), "it has not logged in"
    with socket.socket(socket.AF_UNIX) as control:
        control.bind(str(place.control))
        assert workplace.is_ours(place.command)
        assert not workplace.is_ours(place.askpass)
    for name in ("other", f"{short_place}/none/ssh", "/bin/ssh"):
        assert not workplace.is_ours(Path(name))
    place.remove()
    assert not workplace.is_ours(place.command)
