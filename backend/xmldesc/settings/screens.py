"""Displays, and the video adapters that draw what they show.

https://libvirt.org/formatdomain.html#graphical-framebuffers
"""

from typing import Final

from backend.settings import Field, Value, ValueKind
from backend.xmldesc import tree
from backend.xmldesc.settings.declared import Declared, among, between, free, if_said
from backend.xmldesc.settings.facts import KIB
from backend.xmldesc.settings.lens import (
    AMOUNT,
    YES_NO,
    Attribute,
    Computed,
    Rate,
    forget_address,
    reach,
)

_NETWORKED: Final = ("vnc", "spice")
_KIND: Final = Attribute(".", "type")
_MODEL: Final = Attribute("model", "type")


def _is(*kinds: str) -> "_Kinds":
    return _Kinds(kinds)


class _Kinds:
    """Whether a display is of one of these kinds."""

    def __init__(self, kinds: tuple[str, ...]) -> None:
        self._kinds = kinds

    def __call__(self, display: tree.Element) -> bool:
        return display.get("type") in self._kinds


def _write_kind(display: tree.Element, value: Value) -> None:
    """Make another display of it: what one kind is told means nothing to another."""
    if display.get("type") == value:
        return
    for child in list(display):
        display.remove(child)
    display.attrib.clear()
    display.set("type", str(value))
    if value in _NETWORKED:
        display.set("port", "-1")
        display.set("autoport", "yes")


def _write_listen(display: tree.Element, value: Value) -> None:
    """Set the address that it is served at, which libvirt tells twice."""
    Attribute(".", "listen").write(display, value)
    for found in display.findall("listen"):
        display.remove(found)
    if value is not None:
        tree.add(display, "listen", type="address", address=str(value))


def _read_listen(display: tree.Element) -> Value:
    return tree.attribute(display, "listen[@type='address']", "address") or (
        str(display.get("listen")) if display.get("listen") else None
    )


def _read_port(display: tree.Element) -> Value:
    port = str(display.get("port", "-1"))
    return None if display.get("autoport") == "yes" or not port.isdigit() else int(port)


def _write_port(display: tree.Element, value: Value) -> None:
    display.set("autoport", "yes" if value is None else "no")
    display.set("port", "-1" if value is None else str(value))


def _write_model(video: tree.Element, value: Value) -> None:
    """Make another adapter of it; its memory is counted otherwise, and its place may be another."""
    if _MODEL.read(video) == value:
        return
    model = reach(video, "model")
    for name in ("ram", "vram", "vgamem", "vram64", "blob"):
        model.attrib.pop(name, "")
    for child in list(model):
        model.remove(child)
    model.set("type", str(value))
    forget_address(video)


DECLARED: Final = (
    Declared(
        Field.DISPLAY_KIND,
        ValueKind.WORD,
        Computed(_KIND.read, _write_kind),
        among("vnc", "spice", "dbus", ability="graphics/type", can_be_unset=False),
    ),
    Declared(
        Field.DISPLAY_LISTEN,
        ValueKind.TEXT,
        Computed(_read_listen, _write_listen),
        free(),
        runs_as=if_said,
        applies=_is(*_NETWORKED),
    ),
    Declared(
        Field.DISPLAY_PORT,
        ValueKind.NUMBER,
        Computed(_read_port, _write_port),
        between(5900, 65535),
        applies=_is(*_NETWORKED),
        runs_as=if_said,
    ),
    Declared(
        Field.DISPLAY_KEYMAP,
        ValueKind.TEXT,
        Attribute(".", "keymap"),
        free(),
        applies=_is(*_NETWORKED),
    ),
    Declared(
        Field.DISPLAY_SHARING,
        ValueKind.WORD,
        Attribute(".", "sharePolicy"),
        among("allow-exclusive", "force-shared", "ignore"),
        applies=_is("vnc"),
    ),
    Declared(
        Field.DISPLAY_CLIPBOARD,
        ValueKind.SWITCH,
        Attribute("clipboard", "copypaste", YES_NO),
        free(),
        applies=_is("spice"),
    ),
    Declared(
        Field.DISPLAY_FILE_TRANSFER,
        ValueKind.SWITCH,
        Attribute("filetransfer", "enable", YES_NO),
        free(),
        applies=_is("spice"),
    ),
    Declared(
        Field.VIDEO_MODEL,
        ValueKind.WORD,
        Computed(_MODEL.read, _write_model),
        among("virtio", "qxl", "vga", "bochs", ability="video/modelType", can_be_unset=False),
    ),
    Declared(
        Field.VIDEO_MEMORY,
        ValueKind.BYTES,
        Rate("model", "vram"),
        between(1024 * KIB, step=KIB),
        applies=lambda video: _MODEL.read(video) in ("vga", "qxl", "cirrus", "bochs", "vmvga"),
        runs_as=if_said,
    ),
    Declared(
        Field.VIDEO_HEADS,
        ValueKind.NUMBER,
        Attribute("model", "heads", AMOUNT),
        between(1, 16),
        applies=lambda video: _MODEL.read(video) in ("virtio", "qxl"),
        runs_as=if_said,
    ),
    Declared(
        Field.VIDEO_3D,
        ValueKind.SWITCH,
        Attribute("model/acceleration", "accel3d", YES_NO),
        free(),
        applies=lambda video: _MODEL.read(video) == "virtio",
    ),
)
