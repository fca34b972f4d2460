"""What programs use of the machine: a process with all that come from it."""

import contextlib
import os
import time
from pathlib import Path
from typing import Final

from backend.processes import began

_PROCESSOR_CLOCK: Final = 2
_KIB: Final = 1024


def family(pid: int) -> tuple[int, ...]:
    """Return a process and all that come from it."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = [pid]
    for one in found:
        found += parents.get(one, ())
    return tuple(found)


def used_s(pid: int) -> float:
    """Return the processor time that a process and all that come from it used so far."""
    return sum(clock_s(one) for one in family(pid))


def clock_s(pid: int) -> float:
    """Return the processor time that one process used so far; 0 if there is none."""
    # Linux' own number for the clock of another process: finer than the ticks in /proc.
    try:
        return time.clock_gettime(~pid << 3 | _PROCESSOR_CLOCK)
    except OSError:
        return 0.0


def memory_bytes(pid: int) -> int:
    """Return the memory of a process and all that come from it.

    Of what several processes share, each is counted its part (Linux' PSS): another program of Qt's
    that happens to run takes 20 MiB off ours.
    """
    return _told_bytes(pid, "Pss")


def own_bytes(pid: int) -> int:
    """Return the part of that memory which no file holds: whatever else runs, it is the same."""
    return _told_bytes(pid, "Anonymous")


def _told_bytes(pid: int, name: str) -> int:
    total = 0
    for one in family(pid):
        with contextlib.suppress(OSError):
            told = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii")
            total += int(told.partition(f"\n{name}:")[2].split()[0]) * _KIB
    return total


def wakings(pid: int) -> int:
    """Return how often it and all that come from it went to sleep so far, each thread counted."""
    return sum(_slept(one) for one in family(pid))


def _slept(pid: int) -> int:
    total = 0
    for status in Path(f"/proc/{pid}/task").glob("*/status"):
        with contextlib.suppress(OSError):
            text = status.read_text(encoding="ascii", errors="replace")
            total += int(text.partition("\nvoluntary_ctxt_switches:")[2].split()[0])
    return total


class Busy:
    """Whether a process and all that come from it use more than a quarter of a processor."""

    _LOOK_S: Final = 0.5
    _SHARE: Final = 0.25

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._at, self._used = time.perf_counter(), used_s(pid)
        self._is = True

    def now(self) -> bool:
        """Return it, as of the last half second."""
        since = time.perf_counter() - self._at
        if since > self._LOOK_S:
            used = used_s(self._pid)
            self._is = used - self._used > self._SHARE * since
            self._at, self._used = time.perf_counter(), used
        return self._is


def until_ended(pids: tuple[int, ...], patience_s: float) -> None:
    """Return once all of these have ended, or when that time is over."""
    until = time.perf_counter() + patience_s
    while any(map(began, pids)) and time.perf_counter() < until:
        time.sleep(0.02)


def end(pids: tuple[int, ...], number: int) -> None:
    """Send these a signal, the youngest first; those that have gone are passed over."""
    for one in reversed(pids):
        with contextlib.suppress(ProcessLookupError):
            os.kill(one, number)
