"""Devices of the host, and what few machines have."""

from backend.settings import Field
from backend.xmldesc.settings import catalogue
from backend.xmldesc.settings.declared import Scene
from backend.xmldesc.settings.facts import Facts
from tests.backend.xmldesc.settings.pages import Machine


def test_a_watchdog_comes_and_goes_with_its_model() -> None:
    machine = Machine("<devices/>").set(Field.WATCHDOG_MODEL, "i6300esb")
    machine.set(Field.WATCHDOG_ACTION, "pause")
    assert machine.get(Field.WATCHDOG_ACTION) == "pause"
    assert machine.set(Field.WATCHDOG_MODEL, None).text() == ""


def test_the_watchdog_of_a_chipset_stays_and_all_act_alike() -> None:
    itco = "<watchdog model='itco' action='reset'/>"
    machine = Machine(f"<devices>{itco}</devices>")
    assert machine.get(Field.WATCHDOG_MODEL) is None
    machine.set(Field.WATCHDOG_ACTION, "pause").set(Field.WATCHDOG_MODEL, "i6300esb")
    told = [(one.get("model"), one.get("action")) for one in machine.root.iter("watchdog")]
    assert told == [("itco", "pause"), ("i6300esb", "pause")]
    machine.set(Field.WATCHDOG_MODEL, None).set(Field.WATCHDOG_ACTION, "reset")
    assert machine.text() == Machine(f"<devices>{itco}</devices>").text()


def test_a_vsock_has_an_address_of_its_own_or_any() -> None:
    machine = Machine("<devices/>").set(Field.VSOCK_CID, 5)
    assert machine.get(Field.VSOCK) is False
    machine.set(Field.VSOCK, value=True)
    assert machine.get(Field.VSOCK_CID) is None
    assert machine.set(Field.VSOCK_CID, 5).get(Field.VSOCK_CID) == 5
    assert machine.set(Field.VSOCK_CID, None).get(Field.VSOCK_CID) is None
    assert machine.set(Field.VSOCK, value=False).get(Field.VSOCK) is False


def test_virtiofs_needs_shared_memory() -> None:
    share = "<devices><filesystem><source dir='/a'/><target dir='a'/></filesystem></devices>"
    machine = Machine(share)
    assert machine.doubt(Field.SHARE_DRIVER, "virtiofs", "0") == "SharedMemoryNeeded"
    machine.set(Field.MEMORY_SHARED, value=True)
    assert machine.doubt(Field.SHARE_DRIVER, "virtiofs", "0") == ""
    machine.set(Field.SHARE_DRIVER, "virtiofs", "0")
    assert machine.get(Field.SHARE_ACCESS, "0") == "passthrough"


def test_a_host_without_iommu_says_so_of_its_pci_devices() -> None:
    machine = Machine("<devices><hostdev type='pci'/><hostdev type='usb'/></devices>")
    scene = Scene(Facts(has_iommu=False), machine.root, machine.root[0][0])
    told = catalogue.ALL[Field.HOST_DEVICE_MANAGED].remark(scene)
    assert told
    assert told.message_id == "NoIommu"
    assert not machine.has(Field.HOST_DEVICE_MANAGED, "1")
    assert machine.has(Field.HOST_DEVICE_STARTUP, "1")
