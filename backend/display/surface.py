"""Pixels that two threads share: a channel writes them, a viewer reads them.

A pixel is four bytes, blue, green, red and one that means nothing (Qt's Format_RGB32). A surface
never changes its size: another size is another surface.
"""

import contextlib
import mmap
import os
import weakref
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from backend.errors import DisplayBroken

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Pixels: TypeAlias = "npt.NDArray[np.uint32]"
BYTES_PER_PIXEL = 4
SIDE_MAXIMUM = 16_384
PIXELS_MAXIMUM = 1 << 25
"""A screen of 8K just fits: whoever claims more has us keep it, and what it is inflated from."""
_RECTS_KEPT = 16
_LENT_LEAST = 1 << 20


class Rect(NamedTuple):
    """A part of a surface, in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column beyond it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row beyond it."""
        return self.y + self.height

    def holds(self, other: "Rect") -> bool:
        """Whether `other` lies in it."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def union(self, other: "Rect") -> "Rect":
        """Return the smallest rectangle around both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        right, bottom = max(self.right, other.right), max(self.bottom, other.bottom)
        return Rect(x, y, right - x, bottom - y)


@dataclass(frozen=True, slots=True)
class Cursor:
    """A pointer's picture: `pixels` are BGRA, not premultiplied; the hot spot is in pixels."""

    width: int
    height: int
    hot_x: int
    hot_y: int
    pixels: bytes


class Surface:
    """Pixels in one block of memory, of `stride` bytes a row; black at first.

    With a `descriptor` they are in memory that somebody else writes; it can be closed then. The
    surface's own leads there for as long as it is held: None where its memory is this process'.
    Raises DisplayBroken for a size that no screen has, before anything is allocated.
    """

    def __init__(self, width: int, height: int, descriptor: int | None = None) -> None:
        is_screen = 0 < width <= SIDE_MAXIMUM and 0 < height <= SIDE_MAXIMUM
        if not is_screen or width * height > PIXELS_MAXIMUM:
            raise DisplayBroken(detail=(f"a screen of {width} x {height} pixels",))
        self.width, self.height = width, height
        self.stride = width * BYTES_PER_PIXEL
        length = self.stride * height
        if descriptor is None:
            memory, self.descriptor = _made(length)
        else:
            memory, self.descriptor = mmap.mmap(descriptor, length), _kept(descriptor)
        if self.descriptor is not None:
            weakref.finalize(self, os.close, self.descriptor)
        self.memory = memoryview(memory)[:length]

    @cached_property
    def pixels(self) -> Pixels:
        """The same memory as numbers, `height` rows of `width`."""
        import numpy as np  # noqa: PLC0415  # 13 MB that only those need who reckon with pixels

        return np.frombuffer(self.memory, np.uint32).reshape(self.height, self.width)

    @property
    def whole(self) -> Rect:
        """All of it."""
        return Rect(0, 0, self.width, self.height)

    def copy_from(self, other: "Surface") -> None:
        """Take over what both have room for."""
        height, width = min(self.height, other.height), min(self.width, other.width)
        self.pixels[:height, :width] = other.pixels[:height, :width]


def _made(length: int) -> tuple[mmap.mmap, int | None]:
    """Return memory, and its descriptor where it is worth one and as many as it takes are free."""
    if length >= _LENT_LEAST:
        with contextlib.suppress(OSError), contextlib.ExitStack() as undone:
            made = os.memfd_create("celadon-screen", os.MFD_CLOEXEC)
            undone.callback(os.close, made)
            os.ftruncate(made, length)
            memory = mmap.mmap(made, length)  # Python keeps one more
            undone.pop_all()
            return memory, made
    return mmap.mmap(-1, length), None


def _kept(descriptor: int) -> int | None:
    try:
        return os.dup(descriptor)
    except OSError:
        return None


class Damage:
    """What has changed since somebody looked: a few rectangles, or one around too many."""

    def __init__(self) -> None:
        self._rects: list[Rect] = []

    def __bool__(self) -> bool:
        return bool(self._rects)

    def add(self, rect: Rect) -> None:
        """Count this in."""
        rects = self._rects
        if rects and rects[-1].holds(rect):
            return
        rects.append(rect)
        if len(rects) > _RECTS_KEPT:
            around = rects[0]
            for one in rects:
                around = around.union(one)
            self._rects = [around]

    def take(self) -> tuple[Rect, ...]:
        """Return it, and begin anew."""
        rects, self._rects = self._rects, []
        return tuple(rects)
