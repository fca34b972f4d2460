import pytest

from backend.devices import Device, DeviceKind
from backend.model import Disk, Nic
from backend.xmldesc import devices, domain

Q35 = """<domain><devices>
<controller type='pci' index='0' model='pcie-root'/>
<controller type='pci' index='1' model='pcie-root-port'><address type='pci' bus='0x00' slot='0x01'/>
</controller>
<controller type='pci' index='2' model='pcie-root-port'><target hotplug='off'/></controller>
<controller type='pci' index='3' model='pcie-root-port'/>
<controller type='scsi' index='0' model='virtio-scsi'/>
<interface type='network'><mac address='52:54:00:00:00:01'/><source network='nat'/>
<odd:thing xmlns:odd='urn:odd'/><alias name='net0'/>
<address type='pci' domain='0x0000' bus='0x01' slot='0x00' function='0x0'/></interface>
<disk type='file' device='disk'><target dev='vda' bus='virtio'/></disk>
</devices></domain>"""
PC = """<domain><devices><controller type='pci' index='0' model='pci-root'/>
<disk type='file'><target dev='vda'/><address type='pci' bus='0x00' slot='0x05'/></disk>
<controller type='ide'><address type='pci' bus='0x00' slot='0x01' function='0x1'/></controller>
</devices></domain>"""
NIC = Device(DeviceKind.NETWORK_ADAPTER, "52:54:00:00:00:01")


def test_the_free_ports_of_a_q35_are_those_that_take_a_hot_plug_and_have_nothing() -> None:
    room = devices.read_room(Q35)
    made_of = domain.parse(Q35).configuration
    assert (room.slots, room.free_slots) == (2, 1)
    assert (made_of.pci_slots, made_of.free_pci_slots) == (2, 1)
    assert room.has_controller("scsi", "virtio-scsi")
    assert not room.has_controller("usb")


def test_the_free_slots_of_a_pc_are_those_without_an_address() -> None:
    room = devices.read_room(PC)
    assert (room.slots, room.free_slots) == (29, 28)
    without = PC.replace(
        "model='pci-root'/>", "model='pci-root'><target hotplug='off'/></controller>"
    )
    assert devices.read_room(without).free_slots == 0


def test_a_device_is_found_with_all_that_we_do_not_understand_in_it() -> None:
    found = devices.find(Q35, NIC)
    assert "odd:thing" in found
    assert devices.alias_of(found) == "net0"
    assert devices.find(Q35, Device(DeviceKind.DISK, "vdz")) == ""


@pytest.mark.parametrize(
    ("disk", "parts"),
    [
        (
            Disk("vdb", "virtio", "disk", "/a b.qcow2", "qcow2", "ua-celadon-1"),
            ('type="file"', 'file="/a b.qcow2"', 'dev="vdb" bus="virtio"', 'name="ua-celadon-1"'),
        ),
        (Disk("sda", "scsi", "disk", "/dev/vg/x"), ('type="block"', 'dev="/dev/vg/x"')),
        (Disk("sda", "scsi", "cdrom", "", is_read_only=True), ('device="cdrom"', "<readonly/>")),
    ],
)
def test_a_drive_to_be_added(disk: Disk, parts: tuple[str, ...]) -> None:
    text = devices.dump_disk(disk)
    assert all(part in text for part in parts)
    assert ("<source" in text) is bool(disk.source)


def test_an_adapter_to_be_added() -> None:
    text = devices.dump_nic(Nic("52:54:00:00:00:02", "user", "", "virtio", "ua-celadon-2"))
    assert '<interface type="user">' in text
    assert "<source" not in text
    assert '<alias name="ua-celadon-2"/>' in text


def drive(source: str, below: str = "", device: str = "disk") -> str:
    chain = f"<backingStore type='file'>{below}<backingStore/></backingStore>"
    return f"<disk type='file' device='{device}'>{source}{chain}<target dev='vda'/></disk>"


@pytest.mark.parametrize(
    ("ran", "defined", "is_same"),
    [
        (drive("<source file='/a' index='1'/>"), drive("<source file='/a'/>"), True),
        (drive("<source file='/a'/>"), drive("<source file='/b'/>"), False),
        (drive("<source file='/a'/>"), drive("<source dev='/a'/>"), False),
        (drive("<source file='/top'/>", "<source file='/a'/>"), drive("<source file='/a'/>"), True),
        (
            drive("<source protocol='rbd' name='p/a'/>"),
            drive("<source protocol='rbd' name='p/b'/>"),
            False,
        ),
        (
            drive("<source pool='p' volume='a'/>"),
            drive("<source pool='p' volume='a' startupPolicy='optional'/>"),
            True,
        ),
        (drive("<source file='/a'/>", device="cdrom"), drive("", device="cdrom"), True),
        (drive("", device="cdrom"), drive("<source file='/a'/>"), False),
        ("<interface type='user'/>", "<interface type='network'/>", True),
    ],
)
def test_a_disk_is_known_by_what_it_holds(ran: str, defined: str, is_same: bool) -> None:
    assert devices.is_same(ran, defined) is is_same
