"""A clone's description: what is its own is new, and everything else as it was."""

from backend.xmldesc import clones, domain, metadata, tree

TEXT = """<domain type='kvm' xmlns:x='urn:x'><name>web</name><uuid>u</uuid><genid>g</genid>
<metadata><x:thing a='1'/><celadon:machine xmlns:celadon='urn:celadon:machine:1' created='1'
source='kernel' start-order='3'><celadon:file path='/k'/></celadon:machine></metadata>
<memory>1</memory><os firmware='efi'><type>hvm</type><nvram>/n</nvram></os>
<devices><disk type='file' device='disk'><driver name='qemu' type='raw' cache='none'/>
<source file='/a'/><target dev='vda'/></disk>
<disk type='file' device='cdrom'><source file='/c.iso'/><target dev='sdb'/></disk>
<interface type='network'><mac address='52:54:00:00:00:01'/><source network='n'/></interface>
<thing kept='yes'/></devices></domain>"""


def test_what_is_its_own() -> None:
    told = clones.dump(TEXT, "v", "db", {"/a": "/b"}, 7.0)
    root, read = tree.read(told), domain.parse(told)
    assert (read.uuid, read.name) == ("v", "db")
    assert [disk.source for disk in read.configuration.disks] == ["/b", "/c.iso"]
    assert [disk.format for disk in read.configuration.disks] == ["qcow2", "raw"]
    assert (read.note.created_at, read.note.source, read.note.made_files) == (7.0, "kernel", ())
    assert root.find("genid") is None
    assert root.find("os/nvram") is None
    assert root.find("devices/interface/mac") is None


def test_its_firmware_has_a_memory_of_its_own() -> None:
    told = clones.dump(TEXT, "v", "db", {}, 7.0, "/own")
    assert domain.parse(told).configuration.nvram == "/own"


def test_everything_else_stays() -> None:
    root = tree.read(clones.dump(TEXT, "v", "db", {}, 7.0))
    assert root.find("metadata/{urn:x}thing") is not None
    assert root.find("devices/thing[@kept='yes']") is not None
    note = root.find(f"metadata/{{{metadata.NAMESPACE}}}machine")
    assert note is not None
    assert note.get("start-order") == "3"
    assert tree.attribute(root, "devices/disk/driver", "cache") == "none"
    assert tree.attribute(root, "devices/interface/source", "network") == "n"


def test_one_that_was_never_started_begins_from_the_template_of_the_other() -> None:
    template = "/usr/share/OVMF/OVMF_VARS_4M.ms.fd"
    by_hand = TEXT.replace(" firmware='efi'", "").replace(
        "<nvram>/n", f"<nvram template='{template}'>/n"
    )
    assert template in by_hand
    root = tree.read(clones.dump(by_hand, "v", "db", {}, 1.0))
    assert tree.attribute(root, "os/nvram", "template") == template
    assert not tree.text_of(root, "os/nvram")
