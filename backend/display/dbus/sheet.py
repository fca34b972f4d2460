"""Pixels as the reader has them: rows in one block of memory, and which of them are new."""

import os
import weakref
from collections.abc import Iterator
from typing import Final

BYTES_PER_PIXEL: Final = 4
_AREAS_KEPT: Final = 16

Area = tuple[int, int, int, int]
"""Left, top, width and height, in pixels."""


class Sheet:
    """Rows of pixels of `stride` bytes each; `descriptor` is their memory's, -1 if it has none.

    The descriptor is closed with the sheet.
    """

    def __init__(
        self, size: tuple[int, int], stride: int, memory: memoryview, descriptor: int = -1
    ) -> None:
        self.width, self.height = size
        self.stride, self.memory, self.descriptor = stride, memory, descriptor
        if descriptor >= 0:
            weakref.finalize(self, os.close, descriptor)

    @property
    def whole(self) -> Area:
        """All of it."""
        return (0, 0, self.width, self.height)

    def holds(self, area: Area) -> bool:
        """Whether that lies in it."""
        x, y, width, height = area
        return (
            min(x, y) >= 0
            and min(width, height) > 0
            and x + width <= self.width
            and y + height <= self.height
        )

    def rooms(self, area: Area, stride: int) -> Iterator[memoryview]:
        """Yield where to put rows that come `stride` bytes apart, and what lies between them."""
        x, y, width, height = area
        row = width * BYTES_PER_PIXEL
        if row == stride == self.stride:
            yield self.memory[y * stride : (y + height) * stride]
            return
        between = memoryview(bytearray(stride - row))
        for n in range(height):
            start = (y + n) * self.stride + x * BYTES_PER_PIXEL
            yield self.memory[start : start + row]
            if between and n < height - 1:
                yield between

    def copy_from(self, other: "Sheet", area: Area) -> None:
        """Take over that part of another that has it too."""
        x, y, _, height = area
        start = y * other.stride + x * BYTES_PER_PIXEL
        self.write(area, other.memory[start : (y + height) * other.stride], other.stride)

    def write(self, area: Area, data: memoryview, stride: int) -> None:
        """Put rows there that lie `stride` bytes apart, the last of which need not be filled."""
        x, y, width, height = area
        row = width * BYTES_PER_PIXEL
        memory, ours = self.memory, self.stride
        start = y * ours + x * BYTES_PER_PIXEL
        if row == ours == stride:
            memory[start : start + row * height] = data[: row * height]
            return
        for at in range(0, height * stride, stride):
            memory[start : start + row] = data[at : at + row]
            start += ours


class Areas:
    """What is new: a few areas, or one around too many."""

    def __init__(self) -> None:
        self._areas: list[Area] = []

    def __bool__(self) -> bool:
        return bool(self._areas)

    def add(self, area: Area) -> None:
        """Count this in."""
        areas = self._areas
        if areas and _holds(areas[-1], area):
            return
        areas.append(area)
        if len(areas) > _AREAS_KEPT:
            left, top = (min(one[n] for one in areas) for n in (0, 1))
            right, bottom = (max(one[n] + one[n + 2] for one in areas) for n in (0, 1))
            self._areas = [(left, top, right - left, bottom - top)]

    def take(self) -> list[Area]:
        """Return it, and begin anew."""
        areas, self._areas = self._areas, []
        return areas


def _holds(outer: Area, inner: Area) -> bool:
    return all(
        outer[n] <= inner[n] and outer[n] + outer[n + 2] >= inner[n] + inner[n + 2] for n in (0, 1)
    )
