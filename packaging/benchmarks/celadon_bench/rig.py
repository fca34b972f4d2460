"""The real window over a real host, in this process: what happens between a key and its paint.

libvirt's test driver tells no figures, so they are put in at the engine's door, as if it did.
"""

import contextlib
import gc
import math
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from celadon_tour import room
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from backend.engine import Engine
from backend.measures import Measure
from backend.model import Change, Domain, DomainState, Record, Ref
from backend.series import Sample
from backend.specs import HostSpec
from console.bridge.door import EngineDoor
from console.bridge.loop import gui_loop
from console.program import build, keep_what_is, make_application, snapins
from console.shell.list_area import ListArea
from console.shell.scope_model import ROOT
from console.shell.settings import Settings
from console.shell.window import MainWindow

PATIENCE_S = 120.0
_RATES = (Measure.DISK_READ, Measure.DISK_WRITE, Measure.NETWORK_IN, Measure.NETWORK_OUT)
CHANGING = 100
"""So many machines change each second while it is measured."""


class Door:
    """An engine, and somebody else who tells of it: `tell` and `tell_samples`."""

    def __init__(self, engine: Engine, known: Sequence[Record] = ()) -> None:
        self._engine = engine
        self._known = known
        self.submit = engine.submit
        self.query = engine.query
        self.cancel = engine.cancel
        self.watch = engine.watch
        self._on_change: Callable[[Change], None] = lambda _change: None
        self._on_samples: Callable[[tuple[Sample, ...]], None] = lambda _samples: None

    def __getattr__(self, name: str) -> object:
        return getattr(self._engine, name)

    def listen(self, **listeners: Any) -> Callable[[], None]:
        """Hear the engine, whatever it tells of, and what is known and put in here."""
        self._on_change = listeners["on_change"]
        self._on_samples = listeners["on_samples"]
        self.tell([Change(record.ref, None, record) for record in self._known])
        return self._engine.listen(**listeners)

    def tell(self, changes: Sequence[Change]) -> None:
        """Tell of changes as the engine would."""
        for change in changes:
            self._on_change(change)

    def tell_samples(self, samples: tuple[Sample, ...]) -> None:
        """Tell of readings as the engine would."""
        self._on_samples(samples)


class Paints(QObject):
    """Counts what is painted of a widget and of all that is in it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._widget = widget
        self.count = 0
        cast("QApplication", QApplication.instance()).installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
            self.count += watched is self._widget or self._widget.isAncestorOf(watched)
        return False


class News:
    """What somebody else's hypervisor does: told in a thread of its own, as the engine tells."""

    def __init__(self, door: Door, machines: Sequence[Domain]) -> None:
        self._door = door
        self._machines = list(machines)
        self._turn = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="news", daemon=True)

    def start(self) -> None:
        """Have a hundred machines change each second, and figures come of all that run."""
        self._thread.start()

    def stop(self) -> None:
        """Tell nothing more."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def tell(self) -> None:
        """Tell of the next hundred machines, and of a reading of all that run."""
        self.tell_changes()
        self.tell_figures()

    def tell_changes(self) -> None:
        """Tell of the next hundred machines."""
        self._turn += 1
        first = self._turn * CHANGING % len(self._machines)
        changes = []
        for number in range(first, min(first + CHANGING, len(self._machines))):
            before = self._machines[number]
            after = replace(before, notes=f"{before.name} {self._turn}")
            self._machines[number] = after
            changes.append(Change(before.ref, before, after))
        self._door.tell(changes)

    def tell_figures(self) -> None:
        """Tell of a reading of all that run."""
        running = [m.ref for m in self._machines if m.state is DomainState.RUNNING]
        self._door.tell_samples(tuple(self._sample(ref, n) for n, ref in enumerate(running)))

    def _run(self) -> None:
        while not self._stop.wait(1.0):
            self.tell()

    def _sample(self, ref: Ref, number: int) -> Sample:
        share = 0.5 + 0.5 * math.sin(self._turn / 3 + number)
        rate = 1e6 * share
        figures = {(measure, ""): rate for measure in _RATES} | {(Measure.CPU, ""): share}
        return Sample(ref, time.monotonic(), figures, when=time.time())


@dataclass(frozen=True, slots=True)
class Took:
    """How long something took: by the clock, and of that in this thread's own processor time."""

    wall_ms: float
    own_ms: float


class Rig:
    """A window with a list in it, and the time that things take there."""

    def __init__(self, window: MainWindow, door: Door) -> None:
        self.window = window
        self.news = News(door, list(window.bridge.mirror.records(Domain)))

    @property
    def area(self) -> ListArea:
        """The list."""
        page = self.window.panes.result.list
        if page is None:
            raise RuntimeError("there is no list")
        return page.area

    def turn(self, seconds: float) -> None:
        """Let the window live for a while."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            QApplication.processEvents()
            time.sleep(0.001)

    def to_paint(self, act: Callable[[], object]) -> Took:
        """Return how long it takes from an act until the list has been painted."""
        paints = Paints(self.area)
        wall, own = time.perf_counter(), time.thread_time()
        act()
        until(lambda: paints.count > 0)
        took = Took((time.perf_counter() - wall) * 1000, (time.thread_time() - own) * 1000)
        cast("QApplication", QApplication.instance()).removeEventFilter(paints)
        return took


def until(holds: Callable[[], bool]) -> None:
    """Let the window live until that holds. Raises TimeoutError."""
    end = time.perf_counter() + PATIENCE_S
    while not holds():
        if time.perf_counter() > end:
            raise TimeoutError(f"not so after {PATIENCE_S:.0f} s")
        QApplication.processEvents()


@contextlib.contextmanager
def opened(count: int) -> Iterator[tuple[Rig, float]]:
    """Open the window on a host with so many machines; give it, and how long in ms that took."""
    with tempfile.TemporaryDirectory(prefix="celadon-bench-") as folder:
        uri = room.write(Path(folder) / "room.xml", count)
        with _window([HostSpec("room", "room", uri=uri)], (), count) as rig_and_ms:
            yield rig_and_ms


@contextlib.contextmanager
def told_of(known: Sequence[Record]) -> Iterator[tuple[Rig, float]]:
    """Open the window on all machines of these, which no host has; as `opened`."""
    with _window([], known, sum(isinstance(record, Domain) for record in known)) as rig_and_ms:
        yield rig_and_ms


@contextlib.contextmanager
def _window(
    specs: Sequence[HostSpec], known: Sequence[Record], count: int
) -> Iterator[tuple[Rig, float]]:
    application = QApplication.instance() or make_application()  # held: Qt does not
    with tempfile.TemporaryDirectory(prefix="celadon-bench-") as folder:
        began = time.perf_counter()
        engine = Engine(specs)
        engine.start()
        door = Door(engine, known)
        try:
            with gui_loop():
                settings = Settings(Path(folder) / "console.json")
                window = build(cast("EngineDoor", door), snapins(), settings)
                window.resize(1440, 900)
                window.show()
                if known:
                    window.context.navigate(ROOT)
                until(lambda: _is_filled(window, count))
                took = (time.perf_counter() - began) * 1000
                rig = Rig(window, door)
                keep_what_is()
                try:
                    yield rig, took
                finally:
                    gc.unfreeze()
                    rig.news.stop()
                    window.session.close()
        finally:
            engine.close()
            application.processEvents()


def _is_filled(window: MainWindow, count: int) -> bool:
    page = window.panes.result.list
    return page is not None and len(page.area.model.lines) == count
