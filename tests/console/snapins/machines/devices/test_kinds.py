"""What can be added has a name, a sentence and an icon each, and its fields have words."""

import pytest

from backend.devices import Device, DeviceKind
from backend.kinds import catalogue
from console.sdk.look import icon
from console.snapins.machines.devices import kinds
from console.snapins.machines.devices.what import What


def test_every_kind_of_the_backend_can_be_chosen() -> None:
    assert {what.kind for what in kinds.ALL} == set(DeviceKind)


@pytest.mark.parametrize("what", kinds.ALL, ids=lambda what: what.key)
def test_each_is_told_apart(what: What, qapp: object) -> None:
    others = [other for other in kinds.ALL if other is not what]
    assert kinds.title(what) not in map(kinds.title, others)
    assert kinds.sentence(what).endswith(".")
    assert not icon(what.icon).isNull()
    assert kinds.find(what.key) is what


@pytest.mark.parametrize("what", kinds.ALL, ids=lambda what: what.key)
def test_what_the_backend_asks_of_a_kind_has_words(what: What) -> None:
    declared = catalogue.find(what.kind)
    assert set(what.fields) == ({field.name for field in declared.fields} if declared else set())


def test_a_device_is_called_by_its_key_or_by_its_kind() -> None:
    disk = Device(DeviceKind.DISK, "vdb")
    assert (kinds.called(disk), kinds.inside(disk)) == ("Disk vdb", "disk vdb")
    nameless = Device(DeviceKind.RNG, "pci 0000:05:00.0", "rng virtio")
    assert kinds.called(nameless) == "Random number generator"
    assert kinds.inside(nameless) == "random number generator"
