from backend.xmldesc import nodedevices

CARD = """<device><name>pci_5</name><parent>computer</parent><capability type='pci'>
<class>0x020000</class><domain>0</domain><bus>5</bus><slot>0</slot><function>1</function>
<product id='0x1533'>I210</product><vendor id='0x8086'>Intel</vendor>
<iommuGroup number='14'/></capability></device>"""
NET = """<device><name>net_eth0</name><parent>virtio0</parent><capability type='net'>
<interface>eth0</interface></capability></device>"""
VIRTIO = """<device><name>virtio0</name><parent>pci_5</parent><capability type='scsi_host'/>
</device>"""
STICK = """<device><name>usb_1_2</name><parent>usb_1</parent><capability type='usb_device'>
<bus>1</bus><device>4</device><product id='0x1666'>DataTraveler</product>
<vendor id='0x0951'>Kingston</vendor></capability></device>"""
DISK = """<device><name>block_sda</name><parent>usb_1_2</parent><capability type='storage'>
<block>/dev/sda</block></capability></device>"""


def test_a_card_has_what_hangs_on_it_however_far_down() -> None:
    (card,) = nodedevices.parse([CARD, NET, VIRTIO])
    assert (card.bus, card.address, card.id) == ("pci", "0000:05:00.1", "8086:1533")
    assert (card.vendor, card.product, card.klass) == ("Intel", "I210", 0x020000)
    assert card.has_iommu_group
    assert card.adapters == ("eth0",)
    assert card.disks == ()


def test_a_stick_has_its_disk_and_what_it_is_plugged_into_is_a_hub() -> None:
    root = STICK.replace("usb_1_2", "usb_0").replace(">usb_1<", ">computer<")
    stick = STICK.replace(">usb_1<", ">usb_0<")
    hub, found = nodedevices.parse([root, stick, DISK])
    assert hub.is_hub
    assert not found.is_hub
    assert found.address == "1.4"
    assert found.disks == ("/dev/sda",)


def test_parents_that_go_in_circles_end() -> None:
    assert len(nodedevices.parse([CARD.replace("computer", "pci_5")])) == 1
