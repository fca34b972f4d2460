"""Why Is It Slow?: what holds a machine up is named, as the scheduler has it, and when it was."""

from collections.abc import Callable, Sequence

from celadon_tour import sight
from celadon_tour.evidence import NotSo
from celadon_tour.machine import ShownMachine
from celadon_tour.scheduler import Scheduler, Share
from celadon_tour.tour import Chapter, Scene, Step

TAB = "Why Is It Slow?"
PATIENCE_S = 150.0
"""It is judged every ten seconds, and what is shorter than half a minute is nothing."""
NOTHING = ("Nothing holds this machine up", "No bottleneck was found")
FULL, CONTENDED = "The guest's own work fills", "The server has no processor free"
OVER = " until "
MUCH, LITTLE = 0.2, 0.1
"""Waited for so much of a processor's time, that is it; for so little, it is not."""
SCRIPT = "for n in $(seq $(nproc)); do while :; do :; done & echo $!; done >/run/load; wait"
END = "kill $(cat /run/load)"


def begin(scene: Scene) -> tuple[Sequence[Step], Callable[[], None]]:
    """Return the steps, and what lets go of the guest's log."""
    chapter = Why(scene)
    return chapter.steps(), chapter.machine.forget


class Why:
    """The steps, each by its name in the report."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.person = scene.person
        self.machine = ShownMachine(scene, scene.called("Slow one"))
        self.scheduler = Scheduler(scene.virsh, self.machine.name)

    def steps(self) -> tuple[Step, ...]:
        """Return what is shown, in order."""
        return (
            Step("A machine that rests", self.rest),
            Step("What holds it up is named", self.load),
            Step("The verdict in the dark", self.dark),
            Step("It is over, and told as that", self.end),
            Step("The slow machine is left", self.machine.leave),
        )

    def rest(self) -> str:
        """Of a sample guest that waits for work nothing is said to hold it up now."""
        ready = self.machine.boot()
        self.person.click_row(self.machine.name)
        self.person.press("Return")
        self.person.find("Details of the machine")
        self.person.click(TAB)
        told = self._verdict(lambda words: words.startswith(NOTHING) or OVER in words)
        return f"{ready}; {self._share(3)}; the page: {told!r}"

    def load(self) -> str:
        """The guest computes: its own work is named, or that the server has no processor for it."""
        self.machine.ask(lambda: self.machine.inside.begin(SCRIPT))
        self.machine.ask(self.scheduler.begin)
        told = self._verdict(
            lambda words: words.startswith((FULL, CONTENDED)) and OVER not in words
        )
        share = self.machine.ask(self.scheduler.share)
        wanted = fitting(share)
        if not told.startswith(wanted):
            raise NotSo(f"the page says {told!r}, and {share}")
        self.scene.show("What holds it up is named")
        return f"{share}; the page: {told!r}"

    def dark(self) -> str:
        """The same in the dark; and back."""
        self.person.click_menu("View", "Appearance", "Dark")
        self.scene.show("The verdict in the dark")
        self.person.click_menu("View", "Appearance", "Light")
        return f"the page: {self._verdict(lambda words: words.startswith((FULL, CONTENDED)))!r}"

    def end(self) -> str:
        """The load is taken away: it says from when until when it was so."""
        self.machine.ask(lambda: self.machine.inside.run(END))
        told = self._verdict(lambda words: words.startswith((FULL, CONTENDED)) and OVER in words)
        return f"{self._share(3)}; the page: {told!r}"

    def _share(self, seconds: float) -> Share:
        return self.machine.ask(lambda: self.scheduler.over(seconds))

    def _verdict(self, fits: Callable[[str], bool]) -> str:
        def look() -> str | None:
            told = (words for widget in sight.visible() for words in sight.words(widget))
            return next((words for words in told if _is_verdict(words) and fits(words)), None)

        return self.person.see("a verdict that fits", look, patience_s=PATIENCE_S)


def fitting(share: Share) -> tuple[str, ...]:
    """Return how a verdict may begin where the scheduler says that."""
    if share.waited >= MUCH:
        return (CONTENDED,)
    return (FULL,) if share.waited <= LITTLE else (FULL, CONTENDED)


def _is_verdict(words: str) -> bool:
    return words.startswith((*NOTHING, FULL, CONTENDED)) and words.endswith(".")


CHAPTER = Chapter("Why is it slow", begin)
