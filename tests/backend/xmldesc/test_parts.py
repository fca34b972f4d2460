from backend.parts import Part
from backend.xmldesc import parts, tree

TEXT = """<domain><devices><emulator>/usr/bin/qemu</emulator><disk/><interface/>
<controller type='pci' index='1' model='pcie-root-port'/>
<controller type='scsi' index='0' model='virtio-scsi'/>
<serial type='pty'><source path='/dev/pts/3'/><target type='isa-serial' port='0'/></serial>
<rng model='virtio'><rate bytes='10'/><backend model='random'>/dev/urandom</backend>
<alias name='rng0'/><address type='pci' bus='0x05'/></rng></devices></domain>"""


def test_all_but_drives_adapters_and_bridges_is_read() -> None:
    scsi, serial, rng = parts.parse(tree.read(TEXT))
    assert (scsi.tag, scsi.get("@model")) == ("controller", "virtio-scsi")
    assert serial == Part(
        "serial", (("@type", "pty"), ("target@type", "isa-serial"), ("target@port", "0"))
    ), "where it leads to is another place at each start"
    assert rng.alias == "rng0"
    assert rng.get("backend") == "/dev/urandom"
    assert rng.address == "pci 0000:05:00.0"


def test_slots_of_ours_are_found_again() -> None:
    text = TEXT.replace("root-port'/>", "root-port'><alias name='ua-celadon-1'/></controller>")
    assert parts.parse(tree.read(text))[0].alias == "ua-celadon-1"


def test_what_is_written_is_what_was_read() -> None:
    *_rest, rng = parts.parse(tree.read(TEXT))
    assert parts.part_of(tree.read(parts.dump(rng))) == rng
