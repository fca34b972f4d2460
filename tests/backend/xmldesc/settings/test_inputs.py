"""Input, sound and serial ports."""

from backend.settings import Field
from tests.backend.xmldesc.settings.pages import Machine


def test_what_is_part_of_the_machine_stays() -> None:
    machine = Machine(
        "<devices><input type='mouse' bus='ps2'/>"
        "<input type='tablet' bus='usb'><address type='usb'/></input></devices>"
    )
    assert not machine.has(Field.INPUT_BUS, "0")
    assert "<address" in machine.set(Field.INPUT_BUS, "usb", "1").text()
    assert "<address" not in machine.set(Field.INPUT_BUS, "virtio", "1").text()


def test_the_first_port_takes_its_double_along() -> None:
    machine = Machine(
        "<devices><serial type='pty'/><serial type='pty'/>"
        "<console type='pty'><target type='serial'/></console>"
        "<console type='pty'><target type='virtio'/></console></devices>"
    )
    assert machine.set(Field.SERIAL_KIND, "null", "1").text().count("<console") == 2
    assert machine.set(Field.SERIAL_KIND, "tcp", "0").text().count("<console") == 1
    assert machine.get(Field.SERIAL_KIND, "0") == "tcp"


def test_a_port_s_file() -> None:
    machine = Machine("<devices><serial type='pty'/></devices>")
    assert not machine.has(Field.SERIAL_PATH, "0")
    machine.set(Field.SERIAL_KIND, "file", "0").set(Field.SERIAL_PATH, "/a", "0")
    assert machine.get(Field.SERIAL_PATH, "0") == "/a"
    assert "source" not in machine.set(Field.SERIAL_KIND, "pty", "0").text()
