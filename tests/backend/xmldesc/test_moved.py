"""A machine that comes to another host has its files and switches there, and is else the same."""

from dataclasses import replace

import pytest

from backend.xmldesc import domain, firmware, moved, tree
from backend.xmldesc.moved import NOT_CONNECTED, USER, Destination

TEXT = """<domain type='kvm' xmlns:x='urn:x'><name>web</name><uuid>u</uuid><genid>g</genid>
<metadata><x:thing a='1'/></metadata><memory>1024</memory><vcpu>2</vcpu>
<os firmware='efi'><type>hvm</type><loader secure='yes' readonly='yes' type='pflash'>/c.fd</loader>
<nvram template='/t.fd'>/n/web.fd</nvram><kernel>/k</kernel><initrd>/i</initrd></os>
<cpu mode='host-passthrough' migratable='on'/>
<devices><emulator>/usr/local/bin/qemu</emulator>
<disk type='block' device='disk'><driver name='qemu' type='raw' cache='none'/>
<source dev='/dev/vg/web'><encryption/></source><target dev='vda'/><serial>S</serial></disk>
<disk type='file' device='cdrom'><source file='/c.iso'/><target dev='sda'/></disk>
<interface type='bridge'><mac address='52:54:00:00:00:01'/><source bridge='br0'/>
<virtualport type='openvswitch'/><model type='e1000e'/></interface>
<interface type='network'><mac address='52:54:00:00:00:02'/><source network='n' portgroup='p'/>
<vlan><tag id='7'/></vlan></interface>
<graphics type='dbus' p2p='yes'/><graphics type='vnc'/><thing kept='yes'/></devices></domain>"""
THERE = Destination("db", "v", False, 7.0, {"vda": "/p/db.qcow2"}, ("nat", "n"), "kvm")  # noqa: FBT003


def test_its_files_are_those_of_the_host() -> None:
    told = moved.dump(TEXT, replace(THERE, kernel="/p/k", ram_disk="/p/i", made_files=("/p/k",)))
    read, root = domain.parse(told), tree.read(told)
    assert [(d.source, d.format) for d in read.configuration.disks] == [
        ("/p/db.qcow2", "qcow2"), ("", "raw"),
    ]  # fmt: skip
    assert root.find("devices/disk/serial") is not None
    assert tree.attribute(root, "devices/disk/driver", "cache") == "none"
    assert root.find("devices/disk//encryption") is None
    assert root.find("devices/emulator") is None
    assert (tree.text_of(root, "os/kernel"), tree.text_of(root, "os/initrd")) == ("/p/k", "/p/i")
    assert read.note.made_files == ("/p/k",)
    assert root.find("devices/thing[@kept='yes']") is not None
    assert root.find("metadata/{urn:x}thing") is not None


def test_it_is_somebody_of_its_own_or_who_it_was() -> None:
    new = tree.read(moved.dump(TEXT, THERE))
    assert (tree.text_of(new, "name"), tree.text_of(new, "uuid")) == ("db", "v")
    assert new.find("genid") is None
    assert new.find("devices/interface/mac") is None
    same = tree.read(moved.dump(TEXT, replace(THERE, keeps_identity=True)))
    assert same.find("genid") is not None
    assert len(same.findall("devices/interface/mac")) == 2


@pytest.mark.parametrize(
    ("network", "kind", "source", "link"),
    [("nat", "network", "nat", ""), (USER, "user", "", ""), (NOT_CONNECTED, "user", "", "down")],
)
def test_an_adapter_is_connected_as_chosen(network: str, kind: str, source: str, link: str) -> None:
    root = tree.read(moved.dump(TEXT, replace(THERE, networks=(network, "n"))))
    first, second = root.findall("devices/interface")
    assert first.get("type") == kind
    assert tree.attribute(first, "source", "network") == source
    assert tree.attribute(first, "link", "state") == link
    assert first.find("virtualport") is None
    assert tree.attribute(first, "model", "type") == "e1000e"
    # One that goes where it was keeps all that was said of that.
    assert tree.attribute(second, "source", "portgroup") == "p"
    assert second.find("vlan/tag") is not None


def test_the_host_chooses_its_own_firmware() -> None:
    told = moved.dump(TEXT, THERE)
    root = tree.read(told)
    loader = root.find("os/loader")
    assert loader is not None
    assert (loader.items(), loader.text) == ([("secure", "yes")], None)
    assert firmware.memory_of(told) == ""
    assert firmware.memory_of(moved.with_memory(told, "/n/db.fd")) == "/n/db.fd"
    plain = TEXT.replace("secure='yes' ", "")
    assert tree.read(moved.dump(plain, THERE)).find("os/loader") is None
    by_hand = TEXT.replace(" firmware='efi'", "")
    assert tree.text_of(tree.read(moved.dump(by_hand, THERE)), "os/loader") == "/c.fd"


def test_it_runs_by_what_the_host_has() -> None:
    root = tree.read(moved.dump(TEXT, replace(THERE, accelerator="qemu")))
    assert root.get("type") == "qemu"
    assert tree.attribute(root, "cpu", "mode") == "maximum"
    kept = tree.read(moved.dump(TEXT, THERE))
    assert tree.attribute(kept, "cpu", "mode") == "host-passthrough"


def test_its_display_by_dbus_comes_only_where_there_is_one() -> None:
    for has_it, kinds in ((False, ("vnc",)), (True, ("dbus", "vnc"))):
        told = moved.dump(TEXT, replace(THERE, has_dbus_display=has_it))
        assert domain.parse(told).configuration.graphics == kinds


def test_what_lies_outside_it() -> None:
    has = moved.belongings(TEXT)
    assert (has.kernel, has.ram_disk, has.is_encrypted) == ("/k", "/i", True)
    assert not has.has_tpm_state
    assert has.reaches == ()  # the host chooses its firmware


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("<seclabel type='static' model='dac'><label>+0:+0</label></seclabel>", "<seclabel>"),
        ("<os><loader>/home/a/code.fd</loader></os>", "<loader>"),
        ("<os><loader>/usr/share/../../etc/shadow</loader></os>", "<loader>"),
        ("<os><nvram template='/etc/shadow'/></os>", "<nvram template>"),
        ("<os firmware='efi'><loader>/etc/shadow</loader></os>", ""),  # it is not taken over
        ("<os><loader>/usr/share/OVMF/OVMF_CODE.fd</loader></os>", ""),
        ("<devices><rng><backend model='random'>/dev/sda</backend></rng></devices>", "<rng>"),
        ("<devices><rng><backend model='random'>/dev/urandom</backend></rng></devices>", ""),
        ("<devices><rng><backend model='egd' type='tcp'/></rng></devices>", "<rng>"),
        (
            "<devices><memory><source><path>/dev/sda</path></source></memory></devices>",
            "<memory>",
        ),
        ("<devices><memory model='dimm'><target/></memory></devices>", ""),
        ("<devices><tpm><backend type='external'/></tpm></devices>", "<tpm>"),
        ("<devices><tpm><backend type='emulator'/></tpm></devices>", ""),
        ("<devices><audio type='file'/></devices>", "<audio>"),
        ("<devices><redirdev type='tcp'/></devices>", "<redirdev>"),
        ("<os><dtb>/etc/shadow</dtb></os>", "<dtb>"),
        ("<os><acpi><table type='slic'>/etc/shadow</table></acpi></os>", "<table>"),
        ("<sysinfo type='fwcfg'><entry name='a' file='/etc/shadow'/></sysinfo>", "<entry>"),
        ("<sysinfo type='fwcfg'><entry name='a'>b</entry></sysinfo>", ""),
        ("<devices><input type='evdev'/></devices>", "<input>"),
        ("<devices><interface type='vhostuser'/></devices>", "<interface>"),
        ("<devices><serial type='pty'><log file='/x'/></serial></devices>", '<serial type="pty">'),
        ("<devices><serial type='pty'/><channel type='unix'/></devices>", ""),
        (
            "<devices><serial type='unix'><source mode='connect' path='/a'/></serial></devices>",
            '<serial type="unix">',
        ),
        (
            "<devices><serial type='unix'><source path='/run/libvirt/qemu/a'/></serial></devices>",
            "",
        ),
    ],
)
def test_what_reaches_into_the_server(part: str, words: str) -> None:
    has = moved.belongings(f"<domain>{part}</domain>")
    assert has.reaches == ((words,) if words else ())


@pytest.mark.parametrize(
    ("template", "kept"),
    [
        ("/usr/share/OVMF/OVMF_VARS_4M.ms.fd", "/usr/share/OVMF/OVMF_VARS_4M.ms.fd"),
        ("/etc/shadow", ""),
    ],
)
def test_firmware_chosen_by_hand_begins_from_its_own_template(template: str, kept: str) -> None:
    by_hand = TEXT.replace(" firmware='efi'", "").replace("/t.fd", template)
    told = tree.read(moved.dump(by_hand, THERE))
    assert tree.attribute(told, "os/nvram", "template") == kept
    assert not tree.text_of(told, "os/nvram")
    with_own = tree.read(moved.with_memory(moved.dump(by_hand, THERE), "/n/db.fd"))
    assert tree.text_of(with_own, "os/nvram") == "/n/db.fd"
    assert tree.attribute(with_own, "os/nvram", "template") == kept
