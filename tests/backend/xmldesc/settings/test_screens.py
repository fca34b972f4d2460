"""Displays and video adapters."""

from backend.settings import Field
from tests.backend.xmldesc.settings.pages import Machine

PORT, LISTEN = Field.DISPLAY_PORT, Field.DISPLAY_LISTEN


def test_a_port_of_its_own_or_any() -> None:
    machine = Machine("<devices><graphics type='vnc' port='-1' autoport='yes'/></devices>")
    assert machine.get(PORT, "0") is None
    assert machine.set(PORT, 5999, "0").get(PORT, "0") == 5999
    assert "autoport='no'" in machine.text()
    assert machine.set(PORT, None, "0").get(PORT, "0") is None


def test_an_address_is_told_twice() -> None:
    machine = Machine("<devices><graphics type='vnc'/></devices>").set(LISTEN, "::1", "0")
    assert machine.text().count("::1") == 2
    assert machine.get(LISTEN, "0") == "::1"
    assert "listen" not in machine.set(LISTEN, None, "0").text()


def test_another_kind_is_told_nothing_of_the_first() -> None:
    machine = Machine("<devices><graphics type='vnc' passwd='x'><listen/></graphics></devices>")
    assert machine.has(Field.DISPLAY_SHARING, "0")
    assert machine.set(Field.DISPLAY_KIND, "dbus", "0").text() == (
        "<devices><graphics type='dbus'/></devices>"
    )
    assert not machine.has(PORT, "0")


def test_another_video_adapter_has_memory_of_its_own() -> None:
    machine = Machine(
        "<devices><video><model type='qxl' ram='65536' vram='65536' heads='1'/>"
        "<address type='pci'/></video></devices>"
    )
    assert machine.get(Field.VIDEO_MEMORY, "0") == 65536 * 1024
    told = machine.set(Field.VIDEO_MODEL, "virtio", "0").text()
    assert told == "<devices><video><model type='virtio' heads='1'/></video></devices>"
    assert machine.set(Field.VIDEO_3D, value=True, device="0").get(Field.VIDEO_3D, "0") is True
