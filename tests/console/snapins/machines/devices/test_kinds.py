"""What can be added has a name, a sentence and an icon each."""

import pytest

from backend.devices import Device, DeviceKind
from console.sdk.look import icon
from console.snapins.machines.devices import kinds
from console.snapins.machines.devices.kinds import KINDS, What


def test_every_kind_of_the_backend_can_be_chosen() -> None:
    assert set(KINDS) == set(What)
    assert set(KINDS.values()) == set(DeviceKind)


@pytest.mark.parametrize("what", What)
def test_each_is_told_apart(what: What, qapp: object) -> None:
    others = [other for other in What if other is not what]
    assert kinds.title(what) not in map(kinds.title, others)
    assert kinds.sentence(what).endswith(".")
    assert not icon(kinds.icon_of(what)).isNull()


def test_a_device_is_called_by_its_key() -> None:
    disk = Device(DeviceKind.DISK, "vdb")
    assert (kinds.called(disk), kinds.inside(disk)) == ("Disk vdb", "disk vdb")
