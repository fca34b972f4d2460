"""Both programs run in turn on one host, and what the stop-watch said of each."""

import contextlib
import functools
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, Final

import libvirt

from backend.errors import BackendError
from celadon_bench import usage
from celadon_bench.beside.crowds import Crowd, gathered, guest
from celadon_bench.beside.programs import OURS, SIZE, VIRT_MANAGER, Program
from celadon_bench.rows import say
from celadon_bench.screen import Screen

ROUNDS, CLICKS, CHANGES = 5, 16, 12
"""The first round fills the caches of a new home, and counts for nothing.

The last has clicks and changes; the others the first look at details.
"""
IDLE_S: Final = 15.0
_PATIENCE_S: Final = 60.0
_ASIDE: Final = (1270, 790)
"""Where the pointer is over no row, which would have a tip shown."""
_ANSWER_S: Final = 15.0
_END_S: Final = 10.0
_SETTLED_SHARE: Final = 0.003
_DETAILS_SHARE: Final = 0.01
_NEEDED: Final = ("Xvfb", "openbox", "xdotool", "dbus-run-session")


class Part(Enum):
    """What of a visit takes its time, and is left out where no benchmark wants it."""

    IDLE = "idle"
    MEMORY = "memory"
    ANSWERS = "answers"


_wanted: set[Part] = set()


def want(part: Part) -> None:
    """Have this measured too at the visits from now on; how long a start takes always is."""
    _wanted.add(part)


@dataclass(slots=True)
class Told:
    """What was seen of a program on a host."""

    filled_ms: list[float] = field(default_factory=list)
    """From its start until the list stood there."""
    details_ms: list[float] = field(default_factory=list)
    """From a click on a row until its details stood there; the patience if they never did."""
    click_ms: list[float] = field(default_factory=list)
    """From a click on a row until that was seen."""
    change_ms: list[float] = field(default_factory=list)
    """From a change of state that somebody else made until that was seen; of real guests."""
    memory_bytes: float = 0.0
    """With the list shown, before anything was done."""
    idle_share: float = 0.0
    """Of one processor, while nobody does anything."""
    idle_wakings_s: float = 0.0
    own_bytes: float = 0.0
    """Of the memory with the list shown, what no file holds."""
    idled_bytes: float = 0.0
    """The memory after that time of doing nothing."""


@functools.cache
def visits(crowd: Crowd) -> dict[str, Told]:
    """Return what was seen of each program that is here; of none where there is no screen."""
    programs = _present()
    if not programs or (crowd.is_real and not _wanted):
        return {}  # guests take a minute to be there, and no start is compared on them
    say(f"{', '.join(program.name for program in programs)} on {crowd.name} ...")
    try:
        return _seen(crowd, programs)
    except (BackendError, TimeoutError, OSError) as error:
        # The others are measured all the same.
        say(f"not measured on {crowd.name}: {error!r}")
        return {}


def _seen(crowd: Crowd, programs: tuple[Program, ...]) -> dict[str, Told]:
    told = {program.name: Told() for program in programs}
    with gathered(crowd) as uri, contextlib.ExitStack() as homes:
        stages = [homes.enter_context(_stage()) for _ in programs]
        for number in range(ROUNDS):
            for program, stage in zip(programs, stages, strict=True):
                kept = told[program.name] if number else Told()
                with _opened(program, uri, *stage) as visit:
                    visit.see(crowd, kept, is_last=number == ROUNDS - 1)
    return told


def _present() -> tuple[Program, ...]:
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    if missing:
        say(f"not measured from outside: {', '.join(missing)} is not installed")
        return ()
    if shutil.which(VIRT_MANAGER.name):
        return (OURS, VIRT_MANAGER)
    say("virt-manager is not installed, so there is nothing to compare with")
    return (OURS,)


@contextlib.contextmanager
def _stage() -> Iterator[tuple[Screen, Path]]:
    screen = Screen()
    try:
        with tempfile.TemporaryDirectory(prefix="celadon-bench-") as home:
            yield screen, Path(home)
    finally:
        screen.close()


@contextlib.contextmanager
def _opened(program: Program, uri: str, screen: Screen, home: Path) -> Iterator["_Visit"]:
    # Where it was left it would be over the new window: a tip would be one more, shown at once.
    screen.hand("mousemove", *map(str, _ASIDE))
    began = time.perf_counter()
    process = screen.start(program.command(uri, home))
    try:
        yield _Visit(program, uri, screen, process.pid, began)
    finally:
        all_of_it = usage.family(process.pid)
        usage.end(all_of_it, signal.SIGTERM)
        # Not only the first of them: who is killed while he saves comes back with two windows.
        usage.until_ended(all_of_it, _END_S)
        usage.end(all_of_it, signal.SIGKILL)
        process.wait()
        time.sleep(0.5)


class _Visit:
    """One program, open on one host."""

    def __init__(
        self, program: Program, uri: str, screen: Screen, process: int, began: float
    ) -> None:
        self._program, self._uri, self._screen = program, uri, screen
        self._process, self._began = process, began

    def see(self, crowd: Crowd, told: Told, *, is_last: bool) -> None:
        """Take the times; all of them the last time."""
        screen, program = self._screen, self._program
        window = screen.window(program.title, _PATIENCE_S)
        screen.place(window, *SIZE)
        busy = usage.Busy(self._process)
        filled = screen.as_it_stays(
            program.names, self._began, busy.now, _PATIENCE_S, _SETTLED_SHARE
        )
        told.filled_ms.append(filled * 1000)
        if is_last and _wanted:
            time.sleep(1.0)
            told.memory_bytes = usage.memory_bytes(self._process)
            told.own_bytes = usage.own_bytes(self._process)
        if is_last and Part.IDLE in _wanted:
            self._idle(told)
        if Part.ANSWERS in _wanted:
            # A move of the first moment may be lost, and what is clicked would be the header.
            screen.place(window, *SIZE)
            self._answer(crowd, told, is_last=is_last)

    def _answer(self, crowd: Crowd, told: Told, *, is_last: bool) -> None:
        if is_last and crowd.is_real:
            told.change_ms += self._changes()
        if is_last and crowd.count > 1:
            told.click_ms += self._clicks()
        if not is_last:  # of a row that was clicked before, nothing new would be seen
            # A lone machine's row is the first.
            told.details_ms.append(self._details(self._program.rows[crowd.count > 1]))

    def _idle(self, told: Told) -> None:
        used, woke = usage.used_s(self._process), usage.wakings(self._process)
        began = time.perf_counter()
        time.sleep(IDLE_S)
        took = time.perf_counter() - began
        told.idle_share = max(0.0, usage.used_s(self._process) - used) / took
        told.idle_wakings_s = max(0, usage.wakings(self._process) - woke) / took
        told.idled_bytes = usage.memory_bytes(self._process)

    def _clicks(self) -> Iterator[float]:
        for number in range(CLICKS):
            top = self._program.rows[number % 2]
            self._screen.hand("mousemove", str(self._program.column), str(top))
            time.sleep(0.3)
            place = (self._program.column - 40, top - 8, 80, 16)
            yield self._screen.change_after_ms(place, ["click", "1"])

    def _changes(self) -> Iterator[float]:
        connect: Any = libvirt.open(self._uri)
        machine = connect.lookupByName(guest(1))
        try:
            for number in range(CHANGES):
                time.sleep(1.3 + 0.137 * (number % 7))  # whoever asks each second is met anywhere
                before = self._screen.look(self._program.states)
                (machine.resume if number % 2 else machine.suspend)()
                yield self._screen.other_after_ms(self._program.states, before, _ANSWER_S)
        finally:
            if machine.state()[0] == libvirt.VIR_DOMAIN_PAUSED:
                machine.resume()
            connect.close()

    def _details(self, row: int) -> float:
        screen, program = self._screen, self._program
        screen.hand("mousemove", str(program.column), str(row))
        time.sleep(0.5)
        before, busy = screen.look(program.details), usage.Busy(self._process)
        began = time.perf_counter()
        with screen.acting("click", "--repeat", str(program.clicks), "--delay", "30", "1"):
            return 1000 * screen.as_it_stays(
                program.details, began, busy.now, _PATIENCE_S, _DETAILS_SHARE, before
            )
