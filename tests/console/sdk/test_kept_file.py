"""A file that is whole at every moment: processes that are killed, halves, garbage, full disks."""

import errno
import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from console.sdk import kept_file
from console.sdk.kept_file import REMOVED, Fault, Kept, KeptFile, Values

ROOT = Path(__file__).resolve().parents[3]
KILLS = 150
# Two values that belong together: were a file ever half of one standing and half of another, they
# would differ. Forked, so that a writer costs no start of Python; killed wherever it is just then.
KILLED = f"""
import os, random, signal, sys, time
from pathlib import Path
from console.sdk.kept_file import KeptFile
path, chance = Path(sys.argv[1]), random.Random(int(sys.argv[2]))

def write():
    number = 0
    while True:
        number += 1
        word = f"{{os.getpid()}}-{{number}} " * chance.randrange(1, 2000)
        KeptFile(path).change({{"one": word, "other": word}}, {{}})

seen = set()
for _ in range({KILLS}):
    writer = os.fork()
    if not writer:
        write()
    time.sleep(chance.random() * 0.02)
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)
    kept = KeptFile(path).read()
    assert kept.trouble is None, kept.trouble
    assert kept.values.get("one") == kept.values.get("other")
    assert kept.values or not seen, "what was there is gone"
    if kept.values:
        seen.add(kept.values.get("one"))
print(len(seen))
"""
MERGED = """
import sys
from pathlib import Path
from console.sdk.kept_file import KeptFile
for number in range(20):
    KeptFile(Path(sys.argv[1])).change({f"{sys.argv[2]}/{number}": number}, {})
"""


def run(program: str, *arguments: object) -> "subprocess.Popen[str]":
    command = [sys.executable, "-P", "-c", program, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def fault(kept: Kept) -> Fault:
    assert kept.trouble is not None
    return kept.trouble.fault


def filled(path: Path) -> tuple[Values, Values]:
    """Write twice; return what the file said before, and what it says."""
    before: Values = {"appearance": "dark", "window": [1, 2.5, None, True], "ä": {"ö": "\udc80"}}
    before["panes/sides"] = f"base64:{'AAAA/wAAAAEAAAADAAAA' * 20}"
    KeptFile(path).change(before, {})
    after = {**before, "appearance": "light"}
    assert KeptFile(path).change({"appearance": "light"}, {}).values == after
    return before, after


def test_a_writer_killed_at_any_moment_leaves_whole_values(tmp_path: Path) -> None:
    with run(KILLED, tmp_path / "kept.json", os.getpid()) as killer:
        told, _ = killer.communicate(timeout=120)
    assert killer.returncode == 0
    assert int(told) > KILLS / 10, "hardly anything was written: the kills prove nothing"
    names = {path.name.removeprefix("kept.json") for path in tmp_path.iterdir()}
    assert names <= {"", ".previous", ".lock", ".new", ".copy"}


def test_what_several_programs_change_at_once_is_all_there(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    writers = [run(MERGED, path, name) for name in ("a", "b", "c")]
    for writer in writers:
        with writer:
            assert writer.wait(60) == 0
    assert len(KeptFile(path).read().values) == 60


def test_values_come_back_and_can_go(tmp_path: Path) -> None:
    path = tmp_path / "below" / "kept.json"
    assert KeptFile(path).read() == Kept()
    _, after = filled(path)
    assert KeptFile(path).read() == Kept(after)
    assert path.stat().st_mode & 0o777 == 0o600
    kept = KeptFile(path).change({"window": REMOVED, "gone": REMOVED}, {})
    assert kept.is_written
    assert "window" not in KeptFile(path).read().values


def test_a_file_cut_off_at_any_byte_is_set_aside_and_the_one_before_taken(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    before, after = filled(path)
    whole = path.read_bytes()
    previous = Path(f"{path}.previous").read_bytes()
    assert json.loads(previous) == before
    for length in range(len(whole)):
        path.unlink()
        path.write_bytes(whole[:length])
        kept = KeptFile(path).read()
        if length == len(whole) - 1:  # all but the last line's end
            assert kept == Kept(after)
            continue
        assert kept.values == before
        assert fault(kept) is Fault.DAMAGED
        assert kept.trouble
        assert kept.trouble.is_restored
        assert kept.trouble.aside
        assert kept.trouble.aside.read_bytes() == whole[:length]
        assert KeptFile(path).read() == Kept(before)
        assert Path(f"{path}.previous").read_bytes() == previous


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200) | st.sampled_from([b"[" * 100_000, b"[]", b"null", b"7"]))
def test_garbage_opens_as_on_the_first_day(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "kept.json"
    for left in tmp_path.iterdir():
        left.unlink()
    assume(not content.startswith(b"{") or not content.endswith(b"}"))  # that may be a whole file
    path.write_bytes(content)
    kept = KeptFile(path).read()
    assert (kept.values, fault(kept)) == ({}, Fault.DAMAGED)
    assert Path(f"{path}.damaged").read_bytes() == content
    assert KeptFile(path).read() == Kept()


def test_what_is_known_outlives_the_file(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    path.write_bytes(b"garbage")
    kept = KeptFile(path).change({"new": 1}, {"new": 0, "old": 2})
    assert (kept.is_written, fault(kept)) == (True, Fault.DAMAGED)
    assert KeptFile(path).read().values == {"new": 1, "old": 2}
    path.unlink()
    assert KeptFile(path).change({"new": 2}, {"old": 2}).values == {"new": 2, "old": 2}


def test_what_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    os.mkfifo(path)
    assert fault(KeptFile(path).read()) is Fault.UNREADABLE
    kept = KeptFile(path).change({"a": 1}, {})
    assert (kept.is_written, fault(kept)) == (False, Fault.UNREADABLE)
    assert path.is_fifo()


def test_one_that_is_far_too_large_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_file, "SIZE_MAXIMUM_BYTES", 100)
    path = tmp_path / "kept.json"
    path.write_text(json.dumps({"a": "x" * 100}), encoding="utf-8")
    assert fault(KeptFile(path).read()) is Fault.DAMAGED


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, Fault.FULL),
        (errno.EDQUOT, Fault.FULL),
        (errno.EROFS, Fault.NOT_PERMITTED),
        (errno.EIO, Fault.FAILED),
    ],
)
def test_a_disk_that_refuses_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, expected: Fault
) -> None:
    path = tmp_path / "kept.json"
    _, after = filled(path)

    def refuse(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    kept = KeptFile(path).change({"a": 1}, after)
    assert (kept.is_written, fault(kept)) == (False, expected)
    assert kept.trouble
    assert kept.trouble.detail == os.strerror(number)
    assert KeptFile(path).read() == Kept(after)
    assert not Path(f"{path}.new").exists(), "a full disk needs the room"


def test_a_file_system_that_cannot_do_everything_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "not here")

    monkeypatch.setattr(os, "fsync", refuse)
    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(fcntl, "flock", refuse)
    before, after = filled(tmp_path / "kept.json")
    assert json.loads((tmp_path / "kept.json.previous").read_bytes()) == before
    assert json.loads((tmp_path / "kept.json").read_bytes()) == after


def test_who_holds_the_lock_for_ever_is_named_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_file, "LOCK_DEADLINE_S", 0.05)
    one, other = KeptFile(tmp_path / "kept.json"), KeptFile(tmp_path / "kept.json")
    with one._locked():
        assert fault(other.change({"a": 1}, {})) is Fault.BUSY
    assert other.change({"a": 1}, {}).is_written


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    link = tmp_path / "kept.json"
    link.symlink_to(tmp_path / "dotfiles" / "real.json")
    filled(link)
    assert link.is_symlink()
    assert (tmp_path / "dotfiles" / "real.json").is_file()
