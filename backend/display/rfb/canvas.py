"""What a server draws: the rectangles of its updates, and its remarks among them."""

import struct
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from backend.display.input import Leds
from backend.display.rfb.decoders.cursors import read_cursor, read_cursor_with_alpha
from backend.display.rfb.decoders.plain import Zlib, read_hextile, read_raw
from backend.display.rfb.decoders.tight import Tight
from backend.display.rfb.decoders.zrle import Zrle
from backend.display.rfb.inbox import Inbox, Steps, wait
from backend.display.rfb.messages import Encoding
from backend.display.surface import BYTES_PER_PIXEL, Cursor, Pixels, Rect, Surface
from backend.errors import DisplayBroken

_HEADER = struct.Struct(">HHHHi")
_FLAT = frozenset({Encoding.RAW.value, Encoding.ZLIB.value})
# One update draws a screen perhaps twice; one that goes on and on means harm.
_SCREENS_MOST = 8
# QEMU says each thing once; a remark may be of megabytes, and there is room for 65535.
_REMARKS_MOST = 64
_DAMAGE_MOST = 16
"""Rectangles that are told one by one; of more, one around them all."""


@dataclass(slots=True)
class Remarks:
    """What is known of the screen besides its pixels."""

    is_absolute: bool = True
    takes_scan_codes: bool = False
    cursor: Cursor | None = None
    leds: Leds | None = None
    can_resize: bool = False
    screen_id: int = 0


class Canvas:
    """A surface, what was drawn on it, and what draws. A new size is a new surface.

    `drawn` counts pixels from the beginning, `raw_rects` rectangles that were raw.
    """

    def __init__(self, inbox: Inbox) -> None:
        self.surface = Surface(1, 1)
        self.remarks = Remarks()
        self.drawn = self.raw_rects = 0
        self._inbox = inbox
        self._damage: list[tuple[int, int, int, int]] = []
        self._zlib = Zlib()
        self._readers: dict[int, Callable[[Inbox, Pixels], Steps]] = {
            Encoding.RAW: read_raw,
            Encoding.HEXTILE: read_hextile,
            Encoding.ZLIB: self._zlib.read,
            Encoding.TIGHT: Tight().read,
            Encoding.ZRLE: Zrle().read,
        }
        self._remarks: dict[int, Callable[[Rect], Steps]] = {
            Encoding.DESKTOP_SIZE: self._read_size,
            Encoding.EXTENDED_DESKTOP_SIZE: self._read_extended_size,
            Encoding.CURSOR: self._read_cursor,
            Encoding.CURSOR_WITH_ALPHA: self._read_cursor_with_alpha,
            Encoding.POINTER_CHANGE: self._read_pointer_mode,
            Encoding.EXTENDED_KEY: self._read_key_mode,
            Encoding.LED_STATE: self._read_leds,
        }

    def show(self, width: int, height: int) -> None:
        """Have a surface of this size; what was on the one before stays where it was."""
        if (width, height) == (self.surface.width, self.surface.height):
            return
        before, self.surface = self.surface, Surface(width, height)
        self.surface.copy_from(before)
        self._damage.clear()

    def take_damage(self) -> tuple[Rect, ...]:
        """Return what was drawn since the last time."""
        damage, self._damage = self._damage, []
        if len(damage) <= _DAMAGE_MOST:
            return tuple(Rect(*one) for one in damage)
        around = np.array(damage)
        x, y = around[:, :2].min(axis=0).tolist()
        right, bottom = (around[:, :2] + around[:, 2:]).max(axis=0).tolist()
        return (Rect(x, y, right - x, bottom - y),)

    def read_update(self, count: int) -> Steps:
        """Draw so many rectangles, or as many as there are before the last."""
        inbox, most = self._inbox, self.drawn + _SCREENS_MOST * self.surface.pixels.size
        remarks = 0
        while count := count - self._draw_here(count, most):
            if self.drawn > most or remarks > _REMARKS_MOST:
                break
            while inbox.end - inbox.at < _HEADER.size:
                yield _HEADER.size
            x, y, width, height, encoding = _HEADER.unpack_from(inbox.block, inbox.at)
            inbox.at += _HEADER.size
            count -= 1
            if encoding >= 0:
                self.drawn += width * height
                yield from self._read_picture(Rect(x, y, width, height), encoding)
            elif encoding == Encoding.LAST_RECT:
                break
            else:
                remarks += 1
                yield from self._read_remark(Rect(x, y, width, height), encoding)
        if self.drawn > most or remarks > _REMARKS_MOST:
            raise DisplayBroken(detail=("an update without an end",))

    def _draw_here(self, count: int, most: int) -> int:
        """Draw raw and ZLIB rectangles while they follow each other and are here; say how many.

        QEMU sends a thousand small ones for a picture: they go without detours, and without names.
        There are at most `count`, and none is begun after `most` pixels were drawn.
        """
        inbox, surface, damage = self._inbox, self.surface, self._damage
        block, at, end = inbox.block, inbox.at, inbox.end
        pixels, width_most, height_most = surface.pixels, surface.width, surface.height
        head, kind, new, inflate = _HEADER.unpack_from, pixels.dtype, np.ndarray, self._zlib.here
        done, left = 0, (most - self.drawn) * BYTES_PER_PIXEL
        while done < count and left >= 0 and end - at >= 12:
            x, y, width, height, encoding = head(block, at)
            if encoding not in _FLAT:
                break
            right, bottom, size = x + width, y + height, width * height * 4
            if right > width_most or bottom > height_most:
                raise _outside(Rect(x, y, width, height), surface)
            data: bytes | bytearray
            if encoding:
                data, start, after = inflate(block, at + 12, end, size)
            else:
                data, start, after = block, at + 12, at + 12 + size
            if after > end:
                break
            pixels[y:bottom, x:right] = new((height, width), kind, data, start)
            damage.append((x, y, width, height))
            at, left = after, left - size
            done += 1
            self.raw_rects += not encoding
        self.drawn = most - left // BYTES_PER_PIXEL
        inbox.at = at
        return done

    def _read_picture(self, rect: Rect, encoding: int) -> Steps:
        surface = self.surface
        if not surface.whole.holds(rect):
            raise _outside(rect, surface)
        target = surface.pixels[rect.y : rect.bottom, rect.x : rect.right]
        if encoding == Encoding.COPY_RECT:
            yield from self._copy(rect, target)
        elif encoding not in self._readers:
            raise DisplayBroken(detail=(f"an encoding of {encoding}",))
        elif target.size:
            self.raw_rects += encoding == Encoding.RAW
            yield from self._readers[encoding](self._inbox, target)
        self._damage.append((rect.x, rect.y, rect.width, rect.height))

    def _copy(self, rect: Rect, target: Pixels) -> Steps:
        yield from wait(self._inbox, 4)
        data = self._inbox.take(4)
        x, y = int.from_bytes(data[:2]), int.from_bytes(data[2:])
        source = Rect(x, y, rect.width, rect.height)
        if not self.surface.whole.holds(source):
            raise _outside(source, self.surface)
        target[:] = self.surface.pixels[y : source.bottom, x : source.right].copy()

    # Remarks: rectangles that stand for something else

    def _read_remark(self, rect: Rect, encoding: int) -> Steps:
        if encoding not in self._remarks:
            raise DisplayBroken(detail=(f"an encoding of {encoding}",))
        yield from self._remarks[encoding](rect)

    def _read_size(self, rect: Rect) -> Steps:
        yield from ()
        self.show(rect.width, rect.height)

    def _read_extended_size(self, rect: Rect) -> Steps:
        yield from wait(self._inbox, 4)
        screens = self._inbox.take(4)[0]
        for number in range(screens):
            yield from wait(self._inbox, 16)
            screen = self._inbox.take(16)
            if number == 0:
                self.remarks.screen_id = int.from_bytes(screen[:4])
        self.remarks.can_resize = True
        was_refused = rect.y != 0
        if not was_refused:
            self.show(rect.width, rect.height)

    def _read_cursor(self, rect: Rect) -> Steps:
        self.remarks.cursor = yield from read_cursor(self._inbox, rect)

    def _read_cursor_with_alpha(self, rect: Rect) -> Steps:
        self.remarks.cursor = yield from read_cursor_with_alpha(self._inbox, rect)

    def _read_pointer_mode(self, rect: Rect) -> Steps:
        yield from ()
        self.remarks.is_absolute = bool(rect.x)

    def _read_key_mode(self, _rect: Rect) -> Steps:
        yield from ()
        self.remarks.takes_scan_codes = True

    def _read_leds(self, _rect: Rect) -> Steps:
        yield from wait(self._inbox, 1)
        self.remarks.leds = Leds(self._inbox.take(1)[0] & 7)


def _outside(rect: Rect, surface: Surface) -> DisplayBroken:
    return DisplayBroken(detail=(f"{rect} on a screen of {surface.width} x {surface.height}",))
