from dataclasses import replace

from backend.kinds import host_devices
from backend.kinds.kind import PartKind
from backend.kinds.moment import Moment
from backend.parts import Part
from tests.backend.kinds.moments import CARD, STICK, moment

FREE = replace(CARD, has_iommu_group=True)


def told(kind: PartKind, at: Moment) -> dict[str, str]:
    (field,) = kind.fields
    found = field.candidates(at)
    return {one.name: one.problem.message_id if one.problem else "" for one in found}


def test_what_the_host_or_another_machine_needs_is_not_handed_on() -> None:
    disk = replace(STICK, address="1.2", id="0951:1666", disks=("/dev/sda",))
    hub = replace(STICK, address="1.1", id="1d6b:0002", is_hub=True)
    (part,) = host_devices.USB_DEVICE.make({"device": STICK.id}, moment())
    at = moment(devices=(STICK, disk, hub), taken=(("db", part),))
    assert told(host_devices.USB_DEVICE, at) == {
        "046d:c52b": "TakenByMachine", "0951:1666": "HostNeedsDevice",
    }  # fmt: skip
    later = replace(at, is_live=False)
    assert told(host_devices.USB_DEVICE, later)["046d:c52b"] == ""


def test_two_of_a_sort_are_told_apart_by_where_they_are() -> None:
    other = replace(STICK, address="3.5")
    at = moment(devices=(STICK, other))
    assert set(told(host_devices.USB_DEVICE, at)) == {"3.4", "3.5"}
    (part,) = host_devices.USB_DEVICE.make({"device": "3.5"}, at)
    assert (part.get("source/address@bus"), part.get("source/address@device")) == ("3", "5")
    assert host_devices.USB_DEVICE.key(part) == "3.5"


def test_a_card_needs_an_iommu_and_a_bridge_is_no_card() -> None:
    bridge = replace(FREE, address="0000:00:01.0", klass=0x060400)
    assert told(host_devices.PCI_DEVICE, moment(devices=(CARD,))) == {CARD.address: "NoIommu"}
    assert told(host_devices.PCI_DEVICE, moment(devices=(FREE, bridge))) == {CARD.address: ""}
    (part,) = host_devices.PCI_DEVICE.make({"device": CARD.address}, moment())
    assert host_devices.PCI_DEVICE.key(part) == CARD.address
    problem = host_devices.PCI_DEVICE.comes(moment(devices=(CARD,)))
    assert problem
    assert problem.message_id == "NoIommu"


def test_a_host_that_tells_of_none_says_so() -> None:
    for devices, name in ((None, "HostDevicesUnknown"), ((), "NoHostDevices")):
        problem = host_devices.USB_DEVICE.comes(moment(devices=devices))
        assert problem
        assert problem.message_id == name


def test_one_that_the_machine_has_is_not_offered_again() -> None:
    (part,) = host_devices.USB_DEVICE.make({"device": STICK.id}, moment())
    assert isinstance(part, Part)
    assert told(host_devices.USB_DEVICE, moment(part, devices=(STICK,))) == {
        STICK.id: "TakenByMachine"
    }
