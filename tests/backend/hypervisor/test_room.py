import subprocess
from pathlib import Path

import pytest

from backend.hypervisor import errand, room
from backend.hypervisor.room import Room


class Connect:
    def __init__(self, uri: str) -> None:
        self.uri = uri

    def getURI(self) -> str:
        return self.uri


HERE, THERE = Connect("qemu:///system"), Connect("qemu+ssh://rack-2/system")


def test_it_is_as_df_has_it(tmp_path: Path) -> None:
    found = room.read(HERE, str(tmp_path))
    told = subprocess.run(
        ("df", "-P", "-B1", str(tmp_path)), check=True, capture_output=True, text=True
    )
    used, free = (int(word) for word in told.stdout.splitlines()[1].split()[2:4])
    assert found
    # Others write there meanwhile.
    assert abs(found.used_bytes - used) < 2**28
    assert abs(found.free_bytes - free) < 2**28


def test_of_a_folder_that_is_not_there_nothing_is_known(tmp_path: Path) -> None:
    assert room.read(HERE, str(tmp_path / "none")) is None


def test_a_host_that_is_made_up_has_none() -> None:
    assert room.read(Connect("test:///default"), "/") is None


def test_a_server_is_asked_through_its_shell(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As ssh has it: the words, with blanks between them, for a shell."""
    place = tmp_path / "it's here; echo 1"
    place.mkdir()

    def run(_connect: object, command: tuple[str, ...]) -> str:
        done = subprocess.run(
            ("sh", "-c", " ".join(command)), check=False, capture_output=True, text=True
        )
        return done.stdout

    monkeypatch.setattr(errand, "run_there", run)
    there, here = room.read(THERE, str(place)), room.read(HERE, str(place))
    assert there
    assert here
    assert there.size_bytes == pytest.approx(here.size_bytes, rel=0.01)
    assert room.read(THERE, "/none") is None


def test_a_file_server_that_is_dead_holds_no_session_of_its_computer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each would stay for as long as the server is dead, and ssh lets ten of them in."""
    stat = tmp_path / "stat"
    stat.write_text("#!/bin/sh\ntrap '' TERM\nexec sleep 60\n")
    stat.chmod(0o755)
    ended: list[int] = []

    def run(_connect: object, command: tuple[str, ...]) -> str:
        words = " ".join(command).replace("KILL 3", "KILL 0.1").replace(" stat ", f" {stat} ")
        done = subprocess.run(
            ("sh", "-c", words), check=False, capture_output=True, text=True, timeout=20
        )
        ended.append(done.returncode)
        return done.stdout

    monkeypatch.setattr(errand, "run_there", run)
    assert room.read(THERE, "/srv") is None
    assert ended[0] in (-9, 128 + 9), "as its shell has it"


@pytest.mark.parametrize("said", ["", "stat: no such file", "0 0 0 0", "4096 ? 1 1"])
def test_what_is_no_answer_is_none(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setattr(errand, "run_there", lambda _connect, _command: said)
    assert room.read(THERE, "/") is None


def test_what_there_is_is_what_is_used_and_what_is_free() -> None:
    assert Room(3, 4).size_bytes == 7
