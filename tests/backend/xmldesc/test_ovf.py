"""Envelopes of two programs and two versions; what cannot be brought in is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import BackendError
from backend.model import Firmware
from backend.packages import PackageUnfit
from backend.refusals import DescriptionTooLarge, XmlForbidden
from backend.xmldesc import ovf
from backend.xmldesc.ovf import EnvelopeAdapter, EnvelopeDisk
from tests.backend.xmldesc.envelopes import OVF, VIRTUALBOX, VMWARE, item

GIB = 2**30


def test_virtualbox() -> None:
    told = ovf.parse(VIRTUALBOX)
    assert (told.name, told.notes, told.program) == ("box", "From the <office>", "virtualbox-2.2")
    assert (told.memory_bytes, told.vcpus, told.firmware) == (512 * 2**20, 2, Firmware.UEFI)
    assert told.disks == (EnvelopeDisk("box-disk001.vmdk", GIB, "sata"),)
    assert told.adapters == (EnvelopeAdapter("NAT", "e1000"),)
    assert not told.has_secure_boot


def test_vmware() -> None:
    told = ovf.parse(VMWARE)
    assert (told.name, told.memory_bytes, told.vcpus) == ("app server", 4 * GIB, 4)
    assert told.disks == (
        EnvelopeDisk("app-1.vmdk", 16 * GIB, "sata"), EnvelopeDisk("", 2 * GIB, "sata"),
    )  # fmt: skip
    assert told.adapters == (
        EnvelopeAdapter("VM Network", "vmxnet3"), EnvelopeAdapter("Other", "e1000e"),
    )  # fmt: skip
    assert (told.firmware, told.has_secure_boot) == (Firmware.UEFI, True)
    assert told.media == (("tools.iso", "dvd"),)
    assert told.files == (("app-1.vmdk", 12), ("tools.iso", 0))


def test_version_2_and_virtio() -> None:
    text = (
        VIRTUALBOX.replace(OVF, OVF.replace("/1", "/2"))
        .replace("AHCI", "virtio-blk")
        .replace(item(10, Connection="NAT", ResourceSubType="E1000"),
                 "<EthernetPortItem><ResourceType>10</ResourceType>"
                 "<ResourceSubType>virtio</ResourceSubType></EthernetPortItem>")
        .replace('<Firmware type="EFI"/>', '<Firmware type="BIOS"/>')
    )  # fmt: skip
    told = ovf.parse(text)
    assert told.disks[0].bus == "virtio"
    assert told.adapters == (EnvelopeAdapter("", "virtio"),)
    assert told.firmware is Firmware.BIOS
    scsi = VIRTUALBOX.replace("AHCI", "virtio-scsi")
    assert ovf.parse(scsi).disks[0].bus == "scsi"


@pytest.mark.parametrize(
    ("unit", "size"),
    [
        ("byte * 2^20", 2**20), ("byte*2^30", GIB), ("MegaBytes", 2**20), ("MB", 2**20),
        ("10^6", 10**6), ("", 2**20), ("furlongs", 2**20), ("byte * 2^99999999", 2**20),
        ("byte * 9999999^60", 2**20),
    ],
)  # fmt: skip
def test_units(unit: str, size: int) -> None:
    text = VIRTUALBOX.replace("MegaBytes", unit)
    assert ovf.parse(text).memory_bytes == 512 * size


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("box-disk001.vmdk", "../../etc/shadow"),
        ("box-disk001.vmdk", "/etc/shadow"),
        ("box-disk001.vmdk", "http://elsewhere/disk.vmdk"),
        ("box-disk001.vmdk", ".hidden"),
        ("box-disk001.vmdk", ""),
        ("box-disk001.vmdk", "x" * 300),
        ('ovf:id="file1"', 'ovf:id="file1" ovf:compression="gzip"'),
        ('ovf:id="file1"', 'ovf:id="file1" ovf:chunkSize="12"'),
        ('ovf:fileRef="file1"', 'ovf:fileRef="file1" ovf:parentRef="vmdisk0"'),
        ('ovf:fileRef="file1"', 'ovf:fileRef="file2"'),
        ("/disk/vmdisk1", "/disk/vmdisk2"),
        ("<VirtualSystem ", '<VirtualSystem ovf:id="b"/><VirtualSystem '),
        ("Envelope", "Other"),
    ],
)
def test_what_cannot_be_brought_in(before: str, after: str) -> None:
    assert before in VIRTUALBOX
    with pytest.raises(PackageUnfit):
        ovf.parse(VIRTUALBOX.replace(before, after))


def test_bombs_are_refused_unread() -> None:
    with pytest.raises(XmlForbidden):
        ovf.parse('<!DOCTYPE a [<!ENTITY b "c">]>' + VIRTUALBOX)
    with pytest.raises(DescriptionTooLarge):
        ovf.parse(VIRTUALBOX + " " * 2**20)


@given(st.sampled_from(["512", "MegaBytes", "AHCI", "1073741824", "vmdisk1", "E1000"]), st.text())
def test_whatever_stands_there_it_is_read_or_refused(part: str, text: str) -> None:
    safe = text.replace("&", "").replace("<", "").replace('"', "")
    try:
        told = ovf.parse(VIRTUALBOX.replace(part, safe))
    except BackendError:
        return
    assert 0 <= told.memory_bytes <= 2**61
    assert all(0 <= disk.capacity_bytes <= 2**60 for disk in told.disks)
