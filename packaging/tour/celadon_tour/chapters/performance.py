"""Performance: load made in a guest rises in its chart, and its screen of that moment is there."""

import time
from collections.abc import Callable, Sequence

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from celadon_tour import pictures, sight
from celadon_tour.charts import RISE_PER_CENT, ShownCharts
from celadon_tour.evidence import NotSo
from celadon_tour.machine import ShownMachine
from celadon_tour.tour import Chapter, Scene, Step

LOAD_S = 22
"""Longer than from one picture that is kept to the next: up to 15 s, as it is looked each five."""
ENDS_S = 60.0
SHARE = 0.15
"""What a guest that computes has of a processor at least, whatever else runs."""
ALIKE = 12.0
"""Two pictures of the same screen, of different size, are nearer than this."""
CHARTS = "Charts of the machine"
FILM, NO_PICTURE = "The screen in that time", "No picture of this moment"
# The guest's second screen is another one as long as it computes.
SCRIPT = f"chvt 2; timeout {LOAD_S} sh -c 'while :; do :; done'; chvt 1; : >/run/redraw"


def begin(scene: Scene) -> tuple[Sequence[Step], Callable[[], None]]:
    """Return the steps, and what lets go of the guest's log."""
    chapter = Performance(scene)
    return chapter.steps(), chapter.machine.forget


class Performance:
    """The steps, each by its name in the report."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.person = scene.person
        self.virsh = scene.virsh
        # Not "Performance": the row would be clicked instead of the tab.
        self.machine = ShownMachine(scene, scene.called("Workshop"))
        self.charts = ShownCharts(scene.person)
        self.idle = 0.0
        self.then = QImage()

    def steps(self) -> tuple[Step, ...]:
        """Return what is shown, in order."""
        return (
            Step("A machine that rests", self.rest),
            Step("Load rises in its chart", self.load),
            Step("The load is over", self.end),
            Step("Back to the load, by keys", self.look_back),
            Step("Its screen of that moment", self.screen_of_then),
            Step("Kept for another day", self.reopen),
            Step("The machine is left", self.machine.leave),
        )

    def rest(self) -> str:
        """A sample guest boots, and its processor has little to do."""
        ready = self.machine.boot()
        self.machine.reads("Running")
        self.person.click_row(self.machine.name)
        self.person.press("Return")
        self.person.find("Details of the machine")
        self.person.click("Performance")
        self.idle = self.charts.rest()
        self.person.find(FILM)
        return f"{ready}; its chart says {self.charts.tells('CPU')!r}"

    def load(self) -> str:
        """The guest computes, and shows another screen meanwhile: chart and scheduler agree."""
        before, since = self._cpu_s(), time.monotonic()
        self.machine.ask(lambda: self.machine.inside.begin(SCRIPT))
        busy = self.charts.rise(self.idle)
        self.then = self.machine.screen()
        share = (self._cpu_s() - before) / (time.monotonic() - since)
        if share < SHARE:
            raise NotSo(f"virsh domstats tells of {share:.2f} processors")
        return (
            f"used and waited for: {self.idle:.0f} %, then {busy:.0f} %; "
            f"virsh domstats: {share:.2f} processors used"
        )

    def end(self) -> str:
        """The curve comes down again, and the guest's screen is the first one."""
        self.person.see(
            "a processor at rest",
            lambda: self.charts.wants(most=self.idle + RISE_PER_CENT / 2),
            patience_s=ENDS_S,
        )
        apart = pictures.distance(self.machine.screen(), self.then)
        if apart < ALIKE:
            raise NotSo(f"the guest's screen is only {apart:.1f} of 255 apart from that under load")
        return f"{self.charts.tells('CPU')}; virsh screenshot is {apart:.0f} of 255 apart from then"

    def look_back(self) -> str:
        """The cross-hair goes left until the chart tells of the load, and is pinned there."""
        self._go_to_load("Ctrl+Left")
        self.scene.show("Back to the load")
        return f"at the cross-hair: {self.charts.tells('CPU')}"

    def screen_of_then(self) -> str:
        """The picture at the cross-hair is what the guest showed while it computed."""
        return self._compare()

    def reopen(self) -> str:
        """Ended and started anew, the program has both: the curve and the picture."""
        self.scene.reopen()
        self.person.find("Details of the machine")
        self.person.click("Performance")
        self.person.click("Show 10 minutes")
        self._go_to_load("Left")
        self.scene.show("Kept for another day")
        there = self.charts.tells("CPU")
        return f"after a new start, at the cross-hair: {there}; {self._compare()}"

    def _go_to_load(self, keys: str) -> None:
        self.person.click(CHARTS)
        self.person.press("End")
        self.person.press_until(keys, "the load in the chart", self._is_load)
        self.person.press("Space")

    def _compare(self) -> str:
        """Say that the picture at the cross-hair is the screen of then, by virsh. Raises NotSo."""
        self.person.press_until("Tab", "the pictures", lambda: FILM in self.person.keyboard_is_at())
        film = self.person.find(FILM)
        apart = 255.0

        def look() -> bool:
            nonlocal apart
            if film.accessibleDescription() not in ("", NO_PICTURE):
                self.person.press("Return")
                large = self.person.see("the picture, large", self._large)
                apart = pictures.distance(pictures.shown(large), self.then)
                if apart < ALIKE:
                    self.scene.look("The screen of that moment")
                self.person.press("Escape")
                self.person.see("no picture, large", lambda: self._large() is None or None)
            return apart < ALIKE

        if not self.person.waiting.until(look):
            raise NotSo(
                f"the picture of {film.accessibleDescription()!r} is {apart:.1f} of 255 apart "
                "from virsh's screenshot under load"
            )
        return (
            f"the picture of {film.accessibleDescription()} and virsh's screenshot under load are "
            f"{apart:.1f} of 255 apart"
        )

    def _large(self) -> QWidget | None:
        beginning = f"{self.machine.name}, "
        found = (w for w in sight.windows() if w.windowTitle().startswith(beginning))
        return next(found, None)

    def _is_load(self) -> bool:
        return self.charts.wants(least=self.idle + RISE_PER_CENT) is not None

    def _cpu_s(self) -> float:
        """Return how long its processors have run, as virsh tells."""
        name = self.machine.name
        told = self.machine.ask(lambda: self.virsh("domstats", name, "--cpu-total"))
        found = dict(line.strip().split("=", 1) for line in told.splitlines() if "=" in line)
        return int(found["cpu.time"]) / 1e9


CHAPTER = Chapter("Performance", begin)
