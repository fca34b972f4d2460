"""Input, sound and serial ports: https://libvirt.org/formatdomain.html#input-devices ."""

from typing import Final

from backend.settings import Field, Value, ValueKind
from backend.xmldesc import tree
from backend.xmldesc.settings.declared import Declared, among, free, if_said
from backend.xmldesc.settings.lens import Attribute, Computed, forget_address

_WITH_PATH: Final = ("file", "unix", "pipe", "dev")


def _is_own(device: tree.Element) -> bool:
    """Return whether somebody put it in: PS/2 keyboard and mouse are part of the machine."""
    return device.get("bus") != "ps2"


def _moving(name: str) -> Computed:
    """Return the place of what makes another device of it, which then has another place."""
    attribute = Attribute(".", name)

    def write(device: tree.Element, value: Value) -> None:
        if attribute.read(device) != value:
            attribute.write(device, value)
            forget_address(device)

    return Computed(attribute.read, write)


def _forget_console(port: tree.Element) -> None:
    """Take away the first port's double, which libvirt makes anew from it."""
    devices = port.getparent()
    if devices is None or devices.find("serial") is not port:
        return
    for console in devices.findall("console"):
        if tree.attribute(console, "target", "type", "serial") == "serial":
            devices.remove(console)


def _write_kind(port: tree.Element, value: Value) -> None:
    if port.get("type") == value:
        return
    for tag in ("source", "protocol"):
        for found in port.findall(tag):
            port.remove(found)
    port.set("type", str(value))
    port.attrib.pop("tty", "")
    if value == "tcp":
        tree.add(port, "source", mode="bind", host="127.0.0.1", service="0")
        tree.add(port, "protocol", type="raw")
    if value == "file":
        tree.add(port, "source", path="/dev/null")
    _forget_console(port)


def _following(attribute: Attribute) -> Computed:
    def write(port: tree.Element, value: Value) -> None:
        if attribute.read(port) != value:
            attribute.write(port, value)
            _forget_console(port)

    return Computed(attribute.read, write)


DECLARED: Final = (
    Declared(
        Field.INPUT_KIND,
        ValueKind.WORD,
        _moving("type"),
        among("tablet", "mouse", "keyboard", can_be_unset=False),
        applies=_is_own,
    ),
    Declared(
        Field.INPUT_BUS,
        ValueKind.WORD,
        _moving("bus"),
        among("usb", "virtio", can_be_unset=False),
        applies=_is_own,
    ),
    Declared(
        Field.SOUND_MODEL,
        ValueKind.WORD,
        _moving("model"),
        among("ich9", "ich6", "ac97", "usb", can_be_unset=False, is_open=True),
    ),
    Declared(
        Field.SERIAL_KIND,
        ValueKind.WORD,
        Computed(Attribute(".", "type").read, _write_kind),
        among("pty", "tcp", "file", "null", can_be_unset=False),
    ),
    Declared(
        Field.SERIAL_PATH,
        ValueKind.TEXT,
        _following(Attribute("source", "path")),
        free(),
        applies=lambda port: port.get("type") in _WITH_PATH,
        runs_as=if_said,
    ),
    Declared(Field.SERIAL_LOG, ValueKind.TEXT, _following(Attribute("log", "file")), free()),
)
