"""One reader is started ahead, and only one that lives is given."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.display.dbus.spare import Spare, Started


@pytest.fixture
def spare() -> Iterator[Spare]:
    one = Spare()
    yield one
    one.drop()


def end(started: Started) -> int:
    """Let it go, and return how it ended: it notices that nobody is there any more."""
    started.desk.close()
    return started.process.wait(20)


def test_one_is_there_before_it_is_needed(spare: Spare) -> None:
    spare.have()
    spare.have()
    first, second = spare.take(), spare.take()
    assert first.process.pid != second.process.pid
    assert first.process.poll() is None
    assert os.getsid(first.process.pid) == first.process.pid, "in a session of its own"
    assert end(first) == end(second) == 0


def test_one_that_died_is_not_given(spare: Spare) -> None:
    spare.have()
    kept = spare._kept
    assert kept is not None
    os.kill(kept.process.pid, signal.SIGKILL)
    os.waitid(os.P_PID, kept.process.pid, os.WEXITED | os.WNOWAIT)
    given = spare.take()
    assert given.process.pid != kept.process.pid
    assert kept.process.returncode == -signal.SIGKILL
    assert end(given) == 0


def test_one_that_cannot_be_started_leaves_nothing_open(
    spare: Spare, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_command: object, **_given: object) -> None:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    before = set(Path("/proc/self/fd").iterdir())
    with pytest.raises(BlockingIOError):
        spare.take()
    spare.have()  # the screen that is there by now does not end for the next one's sake
    assert set(Path("/proc/self/fd").iterdir()) == before
