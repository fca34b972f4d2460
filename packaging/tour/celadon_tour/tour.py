"""Goes from step to step, and believes none of them: a step is so if its evidence is.

A step that fails ends its chapter, as what follows builds upon it; what was not reached is reported
as not shown. The next chapter knows nothing of it: each begins on an empty host, with the program
as on its first day, whatever the one before left open, made or had remembered.
"""

import logging
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from celadon_tour.evidence import NotSo, Virsh
from celadon_tour.person import Person
from celadon_tour.pictures import Album
from celadon_tour.report import Outcome, Report
from celadon_tour.waiting import Interrupted

SETTLE_MS = 200
NOT_REACHED = "not shown: the tour ended before"
AFTERWARDS = "Afterwards all is as at first"


@dataclass
class Scene:
    """What a chapter has at hand. `settings` is the folder of the program's files."""

    person: Person
    virsh: Virsh
    album: Album
    report: Report
    settings: Path = Path()
    run: int = 1
    taken: str = ""
    again: Callable[[], QWidget] | None = None
    first_day: Callable[[], QWidget] | None = None

    def reopen(self) -> None:
        """End the program and start it anew, as after a night. Raises NotSo where it cannot be."""
        if self.again is None:
            raise NotSo("this program cannot be started again")
        self.album.window = self.again()

    def begin_anew(self) -> None:
        """Have an empty host, and a program that remembers nothing. Raises NotSo."""
        if self.first_day is None:
            return
        self.person.waiting.meanwhile(self.virsh.clear)
        self.album.window = self.first_day()
        is_ready = lambda: self.person.find("Quick Create").isEnabled() or None  # noqa: E731
        self.person.see("a host to make machines on", is_ready)

    def show(self, title: str) -> None:
        """Take a picture now, of what will be gone when the step ends; it is the step's own."""
        self.taken = self.look(title)

    def look(self, title: str) -> str:
        """Take a picture once the window has drawn what it is about to draw."""
        self.person.waiting.turn(SETTLE_MS)
        return self.album.take(title)

    def called(self, name: str) -> str:
        """Return a name for a machine that no other run of this tour has."""
        return name if self.run == 1 else f"{name} {self.run}"


@dataclass(frozen=True, slots=True)
class Step:
    """`show` does it as a person does, and returns the evidence that it was so. Raises NotSo."""

    name: str
    show: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Chapter:
    """`begin` returns the steps; what they share is theirs, and `end` lets go of it."""

    title: str
    begin: Callable[[Scene], tuple[Sequence[Step], Callable[[], None]]]


class Complaints(logging.Handler):
    """What the program logs as an error while it is shown."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._heard: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        told = str(record.exc_info[1]) if record.exc_info and record.exc_info[1] else ""
        self._heard.append(f"{record.name}: {record.getMessage()} {told}".strip())

    def take(self) -> str:
        """Return what was logged since the last time."""
        heard, self._heard = self._heard, []
        return "; ".join(heard)


@dataclass
class Tour:
    """One walk through some chapters."""

    scene: Scene
    say: Callable[[str], object] = lambda line: sys.stderr.write(f"{line}\n")
    _complaints: Complaints = field(default_factory=Complaints)

    def walk(self, chapters: Sequence[Chapter], *, repeat: int = 1) -> None:
        """Show the chapters so many times. The report knows the rest; raises Interrupted."""
        logging.getLogger().addHandler(self._complaints)
        report = self.scene.report
        report.repeat = repeat
        try:
            for run in range(1, repeat + 1):
                self.scene.run, before = run, len(report.steps)
                mark = f" ({run})" if repeat > 1 else ""
                for chapter in chapters:
                    self._show(chapter, mark)
                    if run < repeat or chapter is not chapters[-1]:
                        self._put_away(chapter, mark)
                report.runs.append(all(step.ok for step in report.steps[before:]))
        finally:
            logging.getLogger().removeHandler(self._complaints)
        report.is_complete = True
        report.write()

    def _show(self, chapter: Chapter, mark: str) -> None:
        steps, end = chapter.begin(self.scene)
        try:
            is_so = True
            for step in steps:
                name = f"{step.name}{mark}"
                if is_so:
                    is_so = self._take(chapter, step, name)
                else:
                    self._tell(Outcome(chapter.title, name, False, 0.0, NOT_REACHED, ""))  # noqa: FBT003
        finally:
            end()

    def _put_away(self, chapter: Chapter, mark: str) -> None:
        """Have nothing left of a chapter; what goes wrong there is told as its own."""
        wrong = ""
        try:
            self.scene.begin_anew()
        except NotSo as error:
            wrong = str(error)
        if complaint := self._complaints.take():
            wrong = f"{wrong}; the program logged: {complaint}".removeprefix("; ")
        if wrong:
            name = f"{AFTERWARDS}{mark}"
            self._tell(Outcome(chapter.title, name, False, 0.0, wrong, ""))  # noqa: FBT003

    def _take(self, chapter: Chapter, step: Step, name: str) -> bool:
        began = time.monotonic()
        self.scene.taken = ""
        is_so, interruption, taken = True, None, ""
        try:
            evidence = step.show()
            taken = self.scene.taken or self.scene.look(name)
        except Interrupted as error:
            is_so, evidence, interruption = False, "interrupted", error
        except NotSo as error:
            is_so, evidence = False, str(error)
        except Exception as error:  # noqa: BLE001  # whatever it is, this step was not shown
            is_so, evidence = False, f"{type(error).__name__}: {error}"
        if complaint := self._complaints.take():
            is_so, evidence = False, f"{evidence}; but the program logged: {complaint}"
        if not is_so:
            taken = self.scene.album.take(name)
        seconds = round(time.monotonic() - began, 1)
        self._tell(Outcome(chapter.title, name, is_so, seconds, evidence, taken))
        if interruption:
            raise interruption
        return is_so

    def _tell(self, outcome: Outcome) -> None:
        word = "ok  " if outcome.ok else "FAIL"
        self.say(f"{word} {outcome.seconds:5.1f} s  {outcome.name}: {outcome.evidence}")
        self.scene.report.add(outcome)
