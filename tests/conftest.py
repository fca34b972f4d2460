"""What every test has, and what holds for every test without asking.

A test that takes none of these is watched all the same:

- a thread that it started and that still runs fails it (a hypervisor's thread that hangs in a call
  is abandoned by design; those are called "hypervisor-...");
- a log record of WARNING or worse fails it, unless it said so: `expected_log("is not answering")`;
- asyncio runs in debug mode, so a coroutine that nobody awaited or a call from the wrong thread is
  an error; Python's and Qt's warnings are errors too (see pyproject.toml).
"""

import gc
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, settings

from console.bridge import garbage

# As in the program: what is left of a widget is not freed by whatever thread allocates.
gc.disable()
os.environ["PYTHONASYNCIODEBUG"] = "1"
# Qt and libvirt's event loop would turn one GLib context from two threads: a hang, or a crash.
os.environ["QT_NO_GLIB"] = "1"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

THREAD_DEADLINE_S = 2.0
# On a busy machine the time that an example takes, or is made in, means nothing.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture
def expected_log() -> Callable[[str], None]:
    """Return a function that takes a part of a message which this test provokes on purpose."""
    return _ExpectedLog()


class _ExpectedLog:
    """The parts of messages that a test expects."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def __call__(self, part: str) -> None:
        self.parts.append(part)

    def covers(self, record: logging.LogRecord) -> bool:
        """Whether the test said that this would be logged."""
        return any(part in record.getMessage() for part in self.parts)


def _is_slowness(record: logging.LogRecord) -> bool:
    """Whether a loop only says that a step took 0.1 s: on a busy machine that means nothing."""
    is_loop = record.name == "asyncio" or record.name.startswith("qasync")
    return is_loop and record.getMessage().startswith("Executing ")


@pytest.fixture(autouse=True)
def _no_warning_is_logged(
    expected_log: _ExpectedLog, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    yield
    loud = [
        f"{record.name}: {record.getMessage()}"
        for record in (*caplog.get_records("setup"), *caplog.get_records("call"))
        if record.levelno >= logging.WARNING
        and not expected_log.covers(record)
        and not _is_slowness(record)
    ]
    assert not loud, "logged, and not expected (see expected_log)"


@pytest.fixture(autouse=True)
def _garbage_is_collected_here() -> Iterator[None]:
    yield
    garbage.collect()


def _own_threads() -> set[threading.Thread]:
    """Return the running threads that a test answers for: no Qt thread, none that is abandoned."""
    foreign = ("Dummy-", "hypervisor-")
    return {thread for thread in threading.enumerate() if not thread.name.startswith(foreign)}


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    before = _own_threads()
    yield
    deadline = time.monotonic() + THREAD_DEADLINE_S
    for thread in _own_threads() - before:
        thread.join(max(0.0, deadline - time.monotonic()))
    left = sorted(thread.name for thread in _own_threads() - before)
    assert not left, "still running after the test"
