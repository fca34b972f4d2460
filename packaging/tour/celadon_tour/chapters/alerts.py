"""Alerts: a threshold is set by keys alone, load crosses it, and the end of the load ends it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QTreeView

from celadon_tour import sight
from celadon_tour.evidence import NotSo
from celadon_tour.machine import ShownMachine
from celadon_tour.scheduler import Scheduler
from celadon_tour.tour import Chapter, Scene, Step

LIST = "Virtual Machines"
DIALOG, THRESHOLDS = "Alerts", "Thresholds"
BOUND, DURATION_S = "25 %", "4 s"
ALERT = f"CPU usage above {BOUND}"
RULE = f"{ALERT} for {DURATION_S}"
USED = 0.25
PATIENCE_S = 90.0
SCRIPT = "for n in $(seq $(nproc)); do while :; do :; done & echo $!; done >/run/load; wait"
END = "kill $(cat /run/load)"


def begin(scene: Scene) -> tuple[Sequence[Step], Callable[[], None]]:
    """Return the steps, and what lets go of the guest's log."""
    chapter = Alerts(scene)
    return chapter.steps(), chapter.machine.forget


class Alerts:
    """The steps, each by its name in the report."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.person = scene.person
        self.machine = ShownMachine(scene, scene.called("Watched one"))
        self.scheduler = Scheduler(scene.virsh, self.machine.name)

    def steps(self) -> tuple[Step, ...]:
        """Return what is shown, in order."""
        return (
            Step("A machine to watch", self.boot),
            Step("A threshold, by keys alone", self.set),
            Step("Load raises the alert", self.load),
            Step("What to do about it", self.banner),
            Step("Calm ends it", self.end),
            Step("Both are events", self.events),
            Step("The threshold is deleted, by keys", self.delete),
            Step("The watched machine is left", self.machine.leave),
        )

    def boot(self) -> str:
        """A sample guest boots."""
        ready = self.machine.boot()
        self.machine.reads("Running")
        self.person.click_row(self.machine.name)
        return ready

    def set(self) -> str:
        """Alt+A leads to the thresholds, Insert makes one for the machine that one stands on."""
        self._open()
        self.person.press("Insert")
        self.person.find("New Threshold")
        self._type("Bound", BOUND)
        self._type("For at least", DURATION_S)
        said = self.person.read(RULE)
        if self.machine.name not in said:
            raise NotSo(f"it is not for {self.machine.name}: {said!r}")
        self.scene.show("A threshold, by keys alone")
        self.person.press("Return")
        self.person.read_row(RULE)
        self._close()
        return f"by keys: {said}"

    def load(self) -> str:
        """The guest computes: its row in the list and its node in the tree say so."""
        self.machine.ask(lambda: self.machine.inside.begin(SCRIPT))
        share = self.machine.ask(lambda: self.scheduler.over(4))
        if share.used < USED:
            raise NotSo(f"{share}: that is too little for an alert")
        row = self.person.see("the alert in the list", self._row, patience_s=PATIENCE_S)
        node = self.person.see("the alert in the tree", self._node)
        self.scene.show("Load raises the alert")
        return f"{share}; list: {row!r}; tree: {node!r}"

    def banner(self) -> str:
        """Across its page stand the alert, since when, and what to do about it."""
        self.person.press("Return")
        self.person.find("Details of the machine")
        self.person.click("Summary")
        told = self.person.read(f"{ALERT} since ")
        return f"the page: {told!r}"

    def end(self) -> str:
        """The load is taken away: after a while of calm nothing says so any more."""
        self.machine.ask(lambda: self.machine.inside.run(END))
        self.person.see("no alert in the tree", lambda: self._node() is None, patience_s=PATIENCE_S)
        share = self.machine.ask(lambda: self.scheduler.over(2))
        return f"{share}; no mark in the tree"

    def events(self) -> str:
        """Its events tell of begin and end."""
        self.person.click("Events")
        over = self.person.read_row(f"Alert over: {ALERT}")
        raised = self.person.read_row(f"Alert: {RULE}")
        self.scene.show("Both are events")
        return f"{' | '.join(filter(None, raised))}; {' | '.join(filter(None, over))}"

    def delete(self) -> str:
        """The last line of the thresholds, and Del."""
        self.person.click_row(LIST)
        self.person.click_row(self.machine.name)
        self._open()
        self.person.press("End")
        self.person.press("Delete")
        self.person.miss_row(RULE)
        self._close()
        return f"{RULE!r} is no more among the thresholds"

    # By keys

    def _open(self) -> None:
        self.person.choose_by_keys("Alt+A", DIALOG)
        self.person.find(THRESHOLDS)
        at_list = lambda: self.person.keyboard_is_at() == THRESHOLDS  # noqa: E731
        self.person.press_until("Tab", "the thresholds", at_list)

    def _close(self) -> None:
        self.person.press("Escape")
        self.person.see("no dialog", lambda: not _is_shown(THRESHOLDS) or None)

    def _type(self, field: str, text: str) -> None:
        is_there = lambda: self.person.keyboard_is_at() == field  # noqa: E731
        self.person.press_until("Tab", f"the field {field!r}", is_there)
        self.person.press("Ctrl+A")
        self.person.write(text)

    # By eye

    def _row(self) -> str | None:
        for view, _index, texts in _rows():
            is_its = self.machine.name in texts and len(texts) > 1 and view.isVisible()
            told = next((text for text in texts if text.startswith(ALERT[:9])), "")
            if is_its and told:
                return told
        return None

    def _node(self) -> str | None:
        """Return what the tree says of the machine beyond its state, to whoever cannot see it."""
        for _view, index, texts in _rows():
            told = str(index.data(Qt.ItemDataRole.AccessibleTextRole) or "")
            if texts == [self.machine.name] and ALERT in told:
                return told
        return None


def _rows() -> list[tuple[QTreeView, QModelIndex, list[str]]]:
    views = [view for view in sight.visible(QTreeView) if isinstance(view, QTreeView)]
    return [(view, index, texts) for view in views for index, texts in sight.rows(view)]


def _is_shown(name: str) -> bool:
    return any(name in sight.words(widget) for widget in sight.visible())


CHAPTER = Chapter("Alerts", begin)
