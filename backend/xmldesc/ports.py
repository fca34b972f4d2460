"""The ports of a domain that carry text (libvirt: consoles, serial and channel devices)."""

from collections.abc import Iterator

from backend.ports import SerialPort
from backend.xmldesc import tree


def parse(root: tree.Element) -> tuple[SerialPort, ...]:
    """Return the ports of a <domain>: serial ones first, then paravirtual consoles."""
    return tuple(_parse(root))


def _parse(root: tree.Element) -> Iterator[SerialPort]:
    for number, element in enumerate(root.iterfind("devices/serial")):
        yield _parse_one(element, "serial", number, tree.attribute(element, "target", "type"))
    number = 0
    for element in root.iterfind("devices/console"):
        model = tree.attribute(element, "target", "type", "serial")
        if model != "serial":  # that one only says again what the first <serial> says
            yield _parse_one(element, "console", number, model)
            number += 1


def _parse_one(element: tree.Element, kind: str, number: int, model: str) -> SerialPort:
    return SerialPort(
        kind=kind,
        number=number,
        model=model,
        source=str(element.get("type", "")),
        alias=tree.attribute(element, "alias", "name"),
    )
