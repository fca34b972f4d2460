"""What QEMU calls to show a console's screen (org.qemu.Display1.Listener): pixels go in place."""

import os
import struct
from collections.abc import Callable
from typing import Final, NamedTuple, Protocol

from backend.display.dbus.message import Header
from backend.display.dbus.sheet import BYTES_PER_PIXEL, Area, Areas, Sheet
from backend.display.dbus.stream import AHEAD_SMALL, Call, Steps, Stream
from backend.display.dbus.wire import Broken

LISTENER: Final = "org.qemu.Display1.Listener"
UNIX_MAP: Final = f"{LISTENER}.Unix.Map"
PROPERTIES: Final = "org.freedesktop.DBus.Properties"
SIDE_MOST: Final = 16_384
PIXELS_MOST: Final = 1 << 25
"""Of what one message of D-Bus has room for."""
CURSOR_SIDE_MOST: Final = 512
_FORMATS: Final = (0x20020888, 0x20028888)
"""pixman's x8r8g8b8 and a8r8g8b8: ours."""
_SCANOUT: Final = struct.Struct("<IIIII")
_UPDATE: Final = struct.Struct("<iiiiIII")
_LARGE: Final = 1 << 16
_EMPTY: Final = (640, 480)


class Unshown(Exception):
    """The guest's picture is of a kind that does not come this way."""


class CursorShape(NamedTuple):
    """A pointer's picture: BGRA, not premultiplied."""

    width: int
    height: int
    hot_x: int
    hot_y: int
    pixels: bytes


class Memory(Protocol):
    """Where pixels lie."""

    def make(self, width: int, height: int) -> Sheet:
        """Return a sheet of that size, black."""

    def share(self, descriptor: int, offset: int, stride: int, size: tuple[int, int]) -> Sheet:
        """Return the sheet that lies there in somebody's memory; Broken if it is not so large."""


class Screen(Stream):
    """A console's screen, as QEMU shows it: `sheet` is None before there is a picture."""

    def __init__(self, user: int, memory: Memory) -> None:
        super().__init__(user)
        self.sheet: Sheet | None = None
        self.cursor: CursorShape | None = None
        self.is_shared = False
        self.areas = Areas()
        self._memory = memory
        self._shared: Sheet | None = None
        self._is_stale = False
        self._methods: dict[tuple[str, str, str], Callable[[Call], None]] = {
            (PROPERTIES, "GetAll", "s"): self._on_get_all,
            (PROPERTIES, "Get", "ss"): self._on_get,
            (LISTENER, "MouseSet", "iii"): self._on_mouse,
            (LISTENER, "CursorDefine", "iiiiay"): self._on_cursor,
            (LISTENER, "Disable", ""): self._on_disable,
            (UNIX_MAP, "ScanoutMap", "huuuuu"): self._on_map,
            (UNIX_MAP, "UpdateMap", "iiii"): self._on_map_update,
        }

    def lacks(self, size: tuple[int, int] | None) -> bool:
        """Whether the console is of that size, and another was shown; parts are left out then."""
        sheet = self.sheet
        is_other = bool(size and sheet and size != (sheet.width, sheet.height))
        self._is_stale = is_other and not self.is_shared
        return self._is_stale

    def take(self) -> list[Area]:
        """Return what is new since the last time, of which the sheet has the pixels now."""
        areas = self.areas.take()
        if self._shared is not None and self.sheet is not None:
            for area in areas:
                self.sheet.copy_from(self._shared, area)
        return areas

    # Pixels that come with the message

    def _read_body(self, header: Header, serial: int, length: int) -> Steps:
        match header.interface, header.member, header.signature:
            case "org.qemu.Display1.Listener", "Scanout", "uuuuay":
                steps = self._read_scanout(length)
            case "org.qemu.Display1.Listener", "Update", "iiiiuuay":
                steps = self._read_update(length)
            case _:
                yield from super()._read_body(header, serial, length)
                return
        # Who sends large pictures is asked for little beyond one, so that the next is not copied.
        self._ahead = AHEAD_SMALL if length >= _LARGE else self._ahead
        yield from steps
        if header.descriptors:
            for descriptor in self._claim(header.descriptors):
                os.close(descriptor)
        if header.wants_reply:
            self.answer(Call(header, serial, (), []))

    def _read_scanout(self, length: int) -> Steps:
        if self._end - self._at < _SCANOUT.size:
            yield from self._wait(_SCANOUT.size)
        width, height, stride, form, count = _SCANOUT.unpack(self._take(_SCANOUT.size))
        sheet = self._fitting(width, height, form)
        yield from self._read_pixels(sheet, sheet.whole, stride, (length - _SCANOUT.size, count))
        self._shared = None
        self._show(sheet)

    def _read_update(self, length: int) -> Steps:
        if self._end - self._at < _UPDATE.size:
            yield from self._wait(_UPDATE.size)
        x, y, width, height, stride, form, count = _UPDATE.unpack(self._take(_UPDATE.size))
        area, sheet = (x, y, width, height), self.sheet
        if sheet is None or self._is_stale or not sheet.holds(area):
            yield from self._skip(length - _UPDATE.size)  # of the size that was before
            return
        _require_format(form)
        yield from self._read_pixels(sheet, area, stride, (length - _UPDATE.size, count))
        self.areas.add(area)

    def _read_pixels(
        self, sheet: Sheet, area: Area, stride: int, lengths: tuple[int, int]
    ) -> Steps:
        left, count = lengths
        row = area[2] * BYTES_PER_PIXEL
        used = stride * (area[3] - 1) + row
        if stride < row or stride > SIDE_MOST * BYTES_PER_PIXEL or count != left or used > count:
            raise Broken(f"{count} of {left} bytes for {area} in rows of {stride}")
        if self._end - self._at >= count:
            sheet.write(area, memoryview(self._block)[self._at : self._at + count], stride)
            self._at += count
            return
        yield from self._pour(sheet.rooms(area, stride))
        yield from self._skip(count - used)

    # What is said besides

    def _handle(self, call: Call) -> None:
        header = call.header
        try:
            act = self._methods.get((header.interface, header.member, header.signature))
            if header.kind != 1:
                return
            if header.member.startswith("ScanoutDMABUF"):
                self.answer(call)
                raise Unshown("a picture in the memory of a graphics card")
            if act is None:
                self.refuse(call, "org.freedesktop.DBus.Error.UnknownMethod")
            else:
                act(call)
        finally:
            for descriptor in call.descriptors:
                os.close(descriptor)

    def _on_get_all(self, call: Call) -> None:
        told = {"Interfaces": ("as", [UNIX_MAP])} if call.values[0] == LISTENER else {}
        self.answer(call, "a{sv}", (told,))

    def _on_get(self, call: Call) -> None:
        self.answer(call, "v", (("as", [UNIX_MAP]),))

    def _on_mouse(self, call: Call) -> None:
        if not call.values[2]:
            self.cursor = None
        self.answer(call)

    def _on_cursor(self, call: Call) -> None:
        width, height, hot_x, hot_y, pixels = call.values
        if not 0 <= min(width, height) <= max(width, height) <= CURSOR_SIDE_MOST:
            raise Broken(f"a pointer of {width} x {height}")
        if len(pixels) != width * height * BYTES_PER_PIXEL:
            raise Broken(f"a pointer of {width} x {height} in {len(pixels)} bytes")
        hot_x, hot_y = (
            min(max(hot, 0), max(side - 1, 0)) for hot, side in ((hot_x, width), (hot_y, height))
        )
        self.cursor = CursorShape(width, height, hot_x, hot_y, pixels)
        self.answer(call)

    def _on_disable(self, call: Call) -> None:
        """Show black: the guest has turned its screen off."""
        before = self.sheet
        size = (before.width, before.height) if before else _EMPTY
        self._shared = None
        self._show(self._memory.make(*size))
        self.answer(call)

    def _on_map(self, call: Call) -> None:
        index, offset, width, height, stride, form = call.values
        if index >= len(call.descriptors):
            raise Broken(f"memory {index} of {len(call.descriptors)}")
        sheet = self._fitting(width, height, form)
        if not width * BYTES_PER_PIXEL <= stride <= SIDE_MOST * BYTES_PER_PIXEL:
            raise Broken(f"{width} pixels in rows of {stride}")
        self._shared = self._memory.share(call.descriptors[index], offset, stride, (width, height))
        self._show(sheet)
        self.answer(call)

    def _on_map_update(self, call: Call) -> None:
        if self._shared is not None and self.sheet is not None and self.sheet.holds(call.values):
            self.areas.add(call.values)
        self.answer(call)

    def _fitting(self, width: int, height: int, form: int) -> Sheet:
        """Return the sheet that there is, if it has that size, else a new one."""
        _require_format(form)
        if not 0 < width <= SIDE_MOST or not 0 < height <= SIDE_MOST:
            raise Broken(f"a screen of {width} x {height} pixels")
        if width * height > PIXELS_MOST:
            raise Broken(f"a screen of {width} x {height} pixels")
        sheet = self.sheet
        if sheet is not None and (sheet.width, sheet.height) == (width, height):
            return sheet
        return self._memory.make(width, height)

    def _show(self, sheet: Sheet) -> None:
        self.is_shared = self._shared is not None
        self._is_stale = False
        if sheet is not self.sheet:
            self.sheet, self.areas = sheet, Areas()
        self.areas.add(sheet.whole)


def _require_format(form: int) -> None:
    if form not in _FORMATS:
        raise Unshown(f"pixels of the format {form:#x}")
