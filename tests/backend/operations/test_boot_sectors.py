"""What a disk boots with is read off its partition table, whatever the image's format."""

import struct
import subprocess
import uuid
from pathlib import Path

import pytest

from backend.model import Firmware
from backend.operations import boot_sectors
from backend.operations.boot_sectors import SECTOR, SECTORS, firmware_for

EFI = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b"
BIOS_BOOT = "21686148-6449-6e6f-744e-656564454649"
LINUX = "0fc63daf-8483-4772-8e79-3d69d8477de4"


def disk(*kinds: str) -> bytes:
    """Return the first sectors of a disk: with a GPT if there are partitions, else with an MBR."""
    mbr = b"\0" * 510 + b"\x55\xaa"
    if not kinds:
        return mbr.ljust(SECTOR * SECTORS, b"\0")
    header = b"EFI PART".ljust(72, b"\0") + struct.pack("<QII", 2, 128, 128)
    entries = b"".join(uuid.UUID(kind).bytes_le.ljust(128, b"\0") for kind in kinds)
    return (mbr + header.ljust(SECTOR, b"\0") + entries).ljust(SECTOR * SECTORS, b"\0")


@pytest.mark.parametrize(
    ("head", "firmware"),
    [
        (disk(), Firmware.BIOS),
        (disk(EFI, LINUX), Firmware.UEFI),
        (disk(LINUX, EFI), Firmware.UEFI),
        (disk(BIOS_BOOT, EFI, LINUX), Firmware.BIOS),
        (disk(LINUX), Firmware.BIOS),
        (b"", None),
        (b"\0" * SECTOR * SECTORS, None),
        (disk(EFI)[:600], Firmware.BIOS),
    ],
)
def test_by_what_stands_there(head: bytes, firmware: Firmware | None) -> None:
    assert firmware_for(head) is firmware


@pytest.mark.parametrize("image_format", ["raw", "qcow2", "vmdk", "vdi", "vhdx"])
def test_it_is_read_from_every_format(tmp_path: Path, image_format: str) -> None:
    raw, image = tmp_path / "raw", tmp_path / "image"
    raw.write_bytes(disk(EFI).ljust(2**20, b"\0"))
    subprocess.run(["qemu-img", "convert", "-f", "raw", "-O", image_format, raw, image], check=True)
    assert firmware_for(boot_sectors.read(image, image_format)) is Firmware.UEFI


def test_what_cannot_be_read_tells_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(b"nothing")
    assert boot_sectors.read(broken, "qcow2") == b""
