"""Free slots of PCI are counted as libvirt fills them."""

from backend.xmldesc import slots, tree

Q35 = """<domain><devices>
<controller type='pci' index='0' model='pcie-root'/>
<controller type='pci' index='1' model='pcie-root-port'><address type='pci' bus='0x00' slot='0x01'/>
</controller>
<controller type='pci' index='2' model='pcie-root-port'><target hotplug='off'/></controller>
<controller type='pci' index='3' model='pcie-root-port'/>
<interface type='network'><address type='pci' bus='0x01' slot='0x00'/></interface>
</devices></domain>"""
BRIDGE = "<controller type='pci' index='4' model='pcie-to-pci-bridge'/></devices>"
ON_BRIDGE = "<sound><address type='pci' bus='0x04' slot='0x01'/></sound>"
PC = """<domain><devices><controller type='pci' index='0' model='pci-root'/>
<disk type='file'><target dev='vda'/><address type='pci' bus='0x00' slot='0x05'/></disk>
<controller type='ide'><address type='pci' bus='0x00' slot='0x01' function='0x1'/></controller>
</devices></domain>"""


def test_the_ports_of_a_q35_are_those_that_take_a_hot_plug() -> None:
    assert slots.count(tree.read(Q35)) == (2, 1)
    assert slots.count_free_old(tree.read(Q35)) == 0


def test_a_bridge_has_slots_for_old_devices_alone() -> None:
    with_bridge = tree.read(Q35.replace("</devices>", ON_BRIDGE + BRIDGE))
    assert slots.count(with_bridge) == (2, 1)
    assert slots.count_free_old(with_bridge) == 30


def test_a_pc_has_all_slots_of_its_board_but_those_that_libvirt_keeps() -> None:
    assert slots.count(tree.read(PC)) == (29, 28)
    assert slots.count_free_old(tree.read(PC)) == 28


def test_a_machine_without_pci_has_none() -> None:
    assert slots.count(tree.read("<domain><devices/></domain>")) == (0, 0)
