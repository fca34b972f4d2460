"""A display of its own and the viewers in it: runs one at a time and measures what it does."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from celadon_bench.display.encoders import Coding, encode
from celadon_bench.display.figures import Painted
from celadon_bench.display.meter import Sent
from celadon_bench.display.pictures import Picture
from celadon_bench.display.stage import Frame, Play, Script, Stage
from celadon_bench.display.viewers import OURS, Running, Scene, Viewer, running
from celadon_bench.display.window import Counts
from celadon_bench.screen import Screen

ROOM: Final = (2048, 1200)
"""Enough for a guest of 1920 x 1080 and a title bar."""
_BEGUN_S, _PATIENCE_S = 1.0, 30.0
_LOOK_S: Final = 0.0002
_MARK: Final = 0x1D9A53
"""A colour that stands nowhere else: whoever shows it shows a picture of ours."""


class Source(Protocol):
    """Where a viewer gets its pictures."""

    place: Path
    size: tuple[int, int]

    @property
    def sent(self) -> Sent:
        """What was sent so far."""


class Theatre:
    """One Xvfb for all runs; close it."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="celadon-bench-")
        self.folder = Path(self._folder.name)
        self.screen = Screen(*ROOM)

    def close(self) -> None:
        """End it."""
        self.screen.close()
        self._folder.cleanup()

    def painted(self, viewer: Viewer, source: Source, coding: Coding, seconds: float) -> Painted:
        """Return what a viewer paints of a source. Raises TimeoutError if it shows nothing."""
        before = source.sent.updates  # of whoever looked before
        with running(viewer, self.screen, self._scene(source, coding)) as one:
            _until(lambda: source.sent.updates > before + 1, viewer.name)
            time.sleep(viewer.settled_s)
            return _measured(one, lambda: _sent(source.sent), seconds)

    def painted_by_dbus(self, way: int, size: tuple[int, int], seconds: float) -> Painted:
        """Return what ours paints of QEMU's D-Bus display, to which a descriptor leads."""
        scene = Scene(Path(str(way)), size, Coding.RAW, self.folder / "counts")
        with running(OURS, self.screen, scene, (way,)) as one:
            os.close(way)
            _until(lambda: one.has_counted and one.counts.updates > 1, OURS.name)
            time.sleep(OURS.settled_s)
            return _measured(one, lambda: _painted(one.counts), seconds)

    def idle(self, viewer: Viewer, source: Source, seconds: float) -> float:
        """Return how often a second a viewer of a source that stands still wakes up."""
        with running(viewer, self.screen, self._scene(source, Coding.RAW)) as one:
            _until(lambda: source.sent.updates > 0, viewer.name)
            time.sleep(viewer.settled_s + _BEGUN_S)
            before = one.wakings()
            time.sleep(seconds)
            return (one.wakings() - before) / seconds

    def kept_up(self, frames: Sequence[Frame], size: tuple[int, int], rate: float,
                seconds: float) -> tuple[float, float]:  # fmt: skip
        """Return how many pictures a second ours painted of `rate`, and its processor's share."""
        stage = Stage(self.folder / "stage", size, Play(frames, rate))
        with running(OURS, self.screen, self._scene(stage, Coding.RAW)) as one:
            _until(lambda: stage.sent.updates > rate, OURS.name)
            before, used, began = one.counts.paints, one.used_s(), time.perf_counter()
            time.sleep(seconds)
            took = time.perf_counter() - began
            paints, used = one.counts.paints - before, one.used_s() - used
        stage.close()
        return paints / took, used / took

    @contextmanager
    def shown(self, viewer: Viewer, size: tuple[int, int]) -> Iterator["Shown"]:
        """Have a viewer show a picture of one colour, and what it is told to show after that."""
        script = Script(_filled(size, 0, 0, _MARK))
        stage = Stage(self.folder / "stage", size, script)
        with running(viewer, self.screen, self._scene(stage, Coding.RAW)):
            yield Shown(self.screen, stage, script, size)
        stage.close()

    def _scene(self, source: Source, coding: Coding) -> Scene:
        return Scene(source.place, source.size, coding, self.folder / "counts")


class Shown:
    """A viewer's picture on the screen, looked at from outside."""

    def __init__(self, screen: Screen, stage: Stage, script: Script, size: tuple[int, int]) -> None:
        self._screen, self._stage, self._script, self._size = screen, stage, script, size
        self._corner: tuple[int, int] | None = None
        self.first_ms = self._first_ms()

    def after_ms(self, colour: int, width: int, height: int) -> float | None:
        """Show so large a rectangle; return when it was seen, after it was sent."""
        if self._corner is None or not self._script.is_waited_for.wait(_PATIENCE_S):
            return None
        time.sleep(0.03)  # whoever paints once in a frame is done with the last
        x, y = self._size[0] - width, self._size[1] - height
        frame = _filled((width, height), x, y, colour)
        # The last pixel of it: a picture is there when its end is.
        at = (self._corner[0] + x + width - 2, self._corner[1] + y + height - 2)
        began = time.perf_counter()
        self._script.show(frame)
        while self._screen.pixel(*at) != colour:
            time.sleep(_LOOK_S)
            if time.perf_counter() - began > _PATIENCE_S:
                return None
        return (time.perf_counter() - began) * 1000

    def _first_ms(self) -> float | None:
        began = time.perf_counter()
        while time.perf_counter() - began < _PATIENCE_S:
            if self._screen.shows(_MARK):
                took = (time.perf_counter() - self._stage.came) * 1000
                self._corner = self._found()
                return took
            time.sleep(_LOOK_S)
        return None

    def _found(self) -> tuple[int, int] | None:
        """Return where the picture lies, once all of it is there and stays there."""
        last, end = None, time.perf_counter() + _PATIENCE_S
        while time.perf_counter() < end:
            rows, columns = np.nonzero(self._screen.look() & 0xFFFFFF == _MARK)
            if len(rows):
                corner = (int(columns.min()), int(rows.min()))
                # TigerVNC lays words over a part of it.
                extent = (int(columns.max()) + 1 - corner[0], int(rows.max()) + 1 - corner[1])
                if extent == self._size and corner == last:
                    return corner
                last = corner
            time.sleep(0.1)
        return None


def full_frames(picture: Picture, size: tuple[int, int], coding: Coding) -> list[Frame]:
    """Return pictures of the whole screen, each scrolled on a bit."""
    width, height = size
    return [encode(coding, picture[top : top + height, :width], 0, 0) for top in range(0, 48, 8)]


def small_frames(picture: Picture, size: tuple[int, int], coding: Coding) -> list[Frame]:
    """Return updates of sixteen small rectangles each, here and there."""
    side, random = 64, np.random.default_rng(1)
    frames = []
    for _ in range(24):
        frame: Frame = ()
        for _rect in range(16):
            x = int(random.integers(0, size[0] - side))
            y = int(random.integers(0, size[1] - side))
            frame += encode(coding, picture[y + 8 : y + 8 + side, x : x + side], x, y)
        frames.append(frame)
    return frames


def _filled(size: tuple[int, int], x: int, y: int, colour: int) -> Frame:
    return encode(Coding.RAW, np.full((size[1], size[0]), colour, np.uint32), x, y)


def _sent(sent: Sent) -> tuple[int, int, int]:
    return sent.updates, sent.pixels, sent.received_bytes


def _painted(counts: Counts) -> tuple[int, int, int]:
    return counts.updates, counts.damaged_pixels, counts.received_bytes


def _measured(one: Running, counted: Callable[[], tuple[int, int, int]], seconds: float) -> Painted:
    before, used, began = counted(), one.used_s(), time.perf_counter()
    time.sleep(seconds)
    took = time.perf_counter() - began
    used = one.used_s() - used
    updates, pixels, received = (now - then for now, then in zip(counted(), before, strict=True))
    return Painted(took, used, updates, pixels, received)


def _until(holds: Callable[[], bool], name: str) -> None:
    end = time.perf_counter() + _PATIENCE_S
    while not holds():
        if time.perf_counter() > end:
            raise TimeoutError(f"{name} showed nothing in {_PATIENCE_S:.0f} s")
        time.sleep(0.01)
