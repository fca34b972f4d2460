from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import libvirt
import pytest

from backend.model import Accelerator, Disk, Nic
from backend.settings import Field, Setting
from backend.specs import DirectBoot, NewDomain, SourceKind
from backend.xmldesc import domain, graphics, newdomain, tree
from backend.xmldesc.settings import catalogue

PLAN = NewDomain(
    uuid="0b1c2d3e-0000-4000-8000-000000000001",
    name="web & <co>",
    accelerator=Accelerator.TCG,
    memory_bytes=192 * 2**20,
    vcpus=2,
    disks=(
        Disk("sda", "sata", "disk", "/d.qcow2", "qcow2"),
        Disk("sdb", "sata", "cdrom", "/i.iso", is_read_only=True),
    ),
    nics=(Nic("52:54:00:00:00:01", "network", "nat", "virtio"), Nic("52:54:00:00:00:02", "user",
          model="e1000e")),
    cpu_mode="maximum",
    input_bus="virtio",
    video="virtio",
    source=SourceKind.DVD_IMAGE,
    created_at=1700000000.0,
    notes="two\nlines",
    has_log_port=True,
)  # fmt: skip


@pytest.fixture
def connect() -> "Iterator[libvirt.virConnect]":
    opened = libvirt.open("test:///default")
    yield opened
    opened.close()


def test_what_is_written_is_read_back() -> None:
    told = domain.parse(newdomain.dump(PLAN))
    made = told.configuration
    assert (told.name, told.uuid, told.notes) == (PLAN.name, PLAN.uuid, PLAN.notes)
    assert (told.note.created_at, told.note.source) == (PLAN.created_at, "dvd_image")
    assert (made.disks, made.nics) == (PLAN.disks, PLAN.nics)
    assert (made.memory_bytes, made.vcpus) == (PLAN.memory_bytes, 2)
    assert made.has_agent_channel


@pytest.mark.parametrize(
    "plan",
    [
        PLAN,
        replace(PLAN, disks=(), nics=(), has_log_port=False, notes=""),
        replace(PLAN, direct_boot=DirectBoot(Path("/k"), Path("/i"), "quiet"), input_bus="usb"),
        replace(PLAN, accelerator=Accelerator.KVM, cpu_mode="host-passthrough"),
        replace(PLAN, has_dbus_display=True),
        replace(PLAN, memory_room_bytes=2**33, vcpus_maximum=4),
    ],
)
def test_libvirts_own_schema_accepts_it(plan: NewDomain, connect: "libvirt.virConnect") -> None:
    connect.defineXMLFlags(newdomain.dump(plan), libvirt.VIR_DOMAIN_DEFINE_VALIDATE).undefine()


@pytest.mark.parametrize(("has_dbus", "kinds"), [(False, ["vnc"]), (True, ["vnc", "dbus"])])
def test_the_screen_is_had_without_a_port(has_dbus: bool, kinds: list[str]) -> None:
    """VNC on a socket that only libvirt opens, and D-Bus without a bus where QEMU has it."""
    text = newdomain.dump(replace(PLAN, has_dbus_display=has_dbus))
    found = graphics.parse(text)
    assert [one.type for one in found] == kinds
    assert not any(one.port or one.address for one in found)
    assert [one.is_peer_to_peer for one in found if one.type == "dbus"] == [True] * has_dbus
    assert '<listen type="socket"/>' in text


def test_ports_are_left_for_hot_plug() -> None:
    root = tree.read(newdomain.dump(PLAN))
    ports = root.findall("devices/controller[@model='pcie-root-port']")
    # xHCI, virtio-serial, SCSI, balloon, RNG, keyboard, tablet and two adapters take one each.
    assert len(ports) == 9 + 8


def test_the_disks_boot_in_their_order_unless_a_kernel_is_given() -> None:
    root = tree.read(newdomain.dump(PLAN))
    assert [b.get("order") for b in root.iterfind("devices/disk/boot")] == ["1", "2"]
    direct = replace(PLAN, direct_boot=DirectBoot(Path("/k"), Path("/i"), "quiet"))
    assert tree.read(newdomain.dump(direct)).find("devices/disk/boot") is None


def test_room_to_grow() -> None:
    made = domain.parse(newdomain.dump(replace(PLAN, memory_room_bytes=2**33, vcpus_maximum=4)))
    told = made.configuration
    assert (told.vcpus, told.vcpus_maximum) == (2, 4)
    assert (told.memory_bytes, told.memory_room_bytes) == (PLAN.memory_bytes, 2**33)


def test_what_the_balloon_leaves_it_is_what_settings_calls_its_minimum() -> None:
    plan = replace(PLAN, memory_minimum_bytes=64 * 2**20, memory_maximum_bytes=256 * 2**20)
    setting = Setting(Field.MEMORY_MINIMUM)
    for one, least in ((plan, 64 * 2**20), (PLAN, None)):
        found = catalogue.settings(tree.read(newdomain.dump(one)))
        assert found[setting].value == least


@pytest.mark.parametrize("brought", ["", "<boot dev='hd'/>"])
def test_what_was_installed_starts_from_its_disk(brought: str) -> None:
    """libvirt writes a device to boot from where a kernel left nothing to choose."""
    kernel = DirectBoot(Path("/k"), Path("/i"), "quiet")
    text = newdomain.dump(replace(PLAN, direct_boot=kernel, is_restarted=False))
    told = newdomain.installed(text.replace("<kernel>", f"{brought}<kernel>"))
    assert told == newdomain.dump(PLAN)


def test_what_somebody_chose_to_boot_from_stays() -> None:
    text = newdomain.dump(replace(PLAN, direct_boot=DirectBoot(Path("/k"), None, "")))
    told = newdomain.installed(text.replace("<kernel>", "<boot dev='network'/><kernel>"))
    assert "<boot dev='network'/>" in told.replace('"', "'")
    assert "<boot order" not in told
