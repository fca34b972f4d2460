"""What is in a drive, and on what bus it is."""

import pytest

from backend.settings import Field, Value
from tests.backend.xmldesc.settings.pages import Machine

SOURCE, BUS = Field.DRIVE_SOURCE, Field.DRIVE_BUS


def drive(inner: str, device: str = "cdrom", kind: str = "file") -> Machine:
    return Machine(f"<devices><disk type='{kind}' device='{device}'>{inner}</disk></devices>")


@pytest.mark.parametrize(
    ("inner", "kind", "value"),
    [
        ("<source file='/a.iso'/>", "file", "/a.iso"),
        ("<source dev='/dev/sr0'/>", "block", "/dev/sr0"),
        ("<source pool='p' volume='v'/>", "volume", "p/v"),
        ("<source protocol='rbd' name='vms/disk'/>", "network", "vms/disk"),
        ("", "file", None),
    ],
)
def test_what_is_in_it_is_read(inner: str, kind: str, value: Value) -> None:
    assert drive(inner, kind=kind).get(SOURCE, "0") == value


def test_a_disc_is_put_in_and_taken_out() -> None:
    machine = drive("<source dev='/dev/sr0'><seclabel model='dac'/></source>", kind="block")
    told = machine.set(SOURCE, "/b.iso", "0").text()
    assert "<disk type='file' device='cdrom'><source file='/b.iso'/></disk>" in told
    assert "<source" not in machine.set(SOURCE, None, "0").text()
    assert machine.set(SOURCE, "/dev/sr1", "0").get(SOURCE, "0") == "/dev/sr1"
    assert machine.bounds(SOURCE, "0").can_be_unset
    assert not drive("", device="disk").bounds(SOURCE, "0").can_be_unset


def test_a_drive_finds_a_place_on_its_new_bus() -> None:
    machine = Machine(
        "<devices><disk><target dev='sda' bus='sata'/></disk>"
        "<disk><target dev='vda' bus='virtio'/><address type='pci' slot='4'/></disk>"
        "<disk><target dev='vdb' bus='virtio'/><address type='pci' slot='5'/></disk></devices>"
    )
    machine.set(BUS, "sata", "vda").set(BUS, "sata", "vdb")
    units = [a.get("unit") for a in machine.root.iterfind("devices/disk/address")]
    assert units == ["1", "2"]
    assert machine.set(BUS, "usb", "vda").text().count("<address") == 1


def test_limits_of_nothing_are_none() -> None:
    machine = drive("<iotune><total_bytes_sec>0</total_bytes_sec></iotune>")
    assert machine.get(Field.DRIVE_TOTAL_BYTES_S, "0") is None
    assert machine.set(Field.DRIVE_TOTAL_BYTES_S, 5, "0").get(Field.DRIVE_TOTAL_BYTES_S, "0") == 5


def test_only_disks_are_written_to() -> None:
    assert not drive("").has(Field.DRIVE_READ_ONLY, "0")
    assert drive("", device="disk").has(Field.DRIVE_READ_ONLY, "0")
