"""Lists with a thousand machines, while a hundred of them change each second."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView

from celadon_bench.rig import Rig, Took, opened
from celadon_bench.rows import Row, percentile, say
from console.shell.arrangement import Mode

MACHINES = 1000
KEYS = ("vm-0012", "state:running", "cpu>50 state:run", "data base 9")
CLICKS, SORTS, FRAMES = 60, 30, 200
KEY_MS, SORT_MS, FRAME_MS = 100.0, 50.0, 16.0
_NO_KEYS = Qt.KeyboardModifier.NoModifier
_LEFT = Qt.MouseButton.LeftButton


def measure() -> tuple[Row, ...]:
    """Return what was measured, in this process."""
    say(f"lists: {MACHINES} machines, in this process ...")
    with opened(MACHINES) as (rig, start_ms):
        rig.turn(1.0)
        rig.news.start()
        rig.turn(3.0)
        inside = (Row("start to list filled, in process", "ms", start_ms), *_inside(rig))
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    say(f"lists: the machine's load was {load:.1f} a processor; above 0.5 others were at work, too")
    return inside


def _inside(rig: Rig) -> Iterator[Row]:
    yield from _told("keystroke in the filter to paint", list(_keystrokes(rig)), KEY_MS)
    yield from _told("click on a row to paint", list(_clicks(rig)), KEY_MS)
    yield from _told("sort by live CPU", list(_sorts(rig)), SORT_MS)
    yield from _scrolled("scroll", list(_frames(rig, rig.area.pane)))
    rig.area.arranger.group_by("state")
    rig.turn(0.5)
    yield from _scrolled("scroll under headings", list(_frames(rig, rig.area.pane)))
    rig.area.arranger.group_by("")
    rig.area.arranger.draw_as(Mode.LARGE_ICONS)
    rig.turn(1.0)
    yield from _scrolled("scroll large icons", list(_frames(rig, rig.area.tiles)))
    rig.area.arranger.draw_as(Mode.DETAILS)


def _told(name: str, took: Sequence[Took], goal: float) -> Iterator[Row]:
    """Yield the 95th percentile by the clock; of our own work, whoever else uses the machine."""
    yield Row(f"{name}, p95", "ms", percentile([t.wall_ms for t in took], 0.95), goal=goal)
    own = percentile([t.own_ms for t in took], 0.95)
    yield Row(f"{name}, p95, own processor time", "ms", own, goal=goal)


def _scrolled(name: str, took: Sequence[Took]) -> Iterator[Row]:
    dropped = sum(t.wall_ms > FRAME_MS for t in took)
    yield Row(f"{name}, frames dropped of {len(took)}", "", dropped, goal=0)
    yield Row(f"{name}, longest frame", "ms", max(t.wall_ms for t in took), goal=FRAME_MS)
    own = max(t.own_ms for t in took)
    yield Row(f"{name}, longest frame, own processor time", "ms", own, goal=FRAME_MS)


def _keystrokes(rig: Rig) -> Iterator[Took]:
    box = rig.window.filter_box
    box.setFocus()
    for words in KEYS:
        for letter in words:
            yield rig.to_paint(_pressing(rig, letter))
            rig.turn(0.03)
        for _ in words:
            yield rig.to_paint(_pressing(rig, ""))
            rig.turn(0.03)


def _pressing(rig: Rig, letter: str) -> Callable[[], None]:
    box = rig.window.filter_box

    def press() -> None:
        if letter:
            QTest.keyClicks(box, letter)
        else:
            QTest.keyClick(box, Qt.Key.Key_Backspace)
        # What stays the same is painted as well, or there would be nothing to wait for.
        rig.area.update()

    return press


def _clicks(rig: Rig) -> Iterator[Took]:
    pane = rig.area.pane
    for number in range(CLICKS):
        spot = pane.visualRect(pane.model().index(2 + number % 9, 0)).center()
        click = partial(QTest.mouseClick, pane.viewport(), _LEFT, _NO_KEYS, spot)
        yield rig.to_paint(click)
        rig.turn(0.05)


def _sorts(rig: Rig) -> Iterator[Took]:
    rig.area.arranger.sort_by("cpu")
    rig.area.arranger.descend()
    for _ in range(SORTS):
        rig.turn(0.3)
        wall, own = time.perf_counter(), time.thread_time()
        rig.area.model.look_again()
        yield Took((time.perf_counter() - wall) * 1000, (time.thread_time() - own) * 1000)
    rig.area.arranger.sort_by("name")
    rig.area.arranger.ascend()


def _frames(rig: Rig, view: QAbstractItemView) -> Iterator[Took]:
    """Scroll as a finger does, a bit in each frame; what else goes on meanwhile is in it."""
    bar = view.verticalScrollBar()
    bar.setValue(0)
    rig.turn(0.2)
    for _ in range(FRAMES):
        began = time.perf_counter()
        took = rig.to_paint(lambda: bar.setValue(bar.value() + 37))
        yield took
        rig.turn(max(0.0, FRAME_MS / 1000 - (time.perf_counter() - began)))
