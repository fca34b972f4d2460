"""What the first sectors of a disk tell of how it boots (UEFI specification 2.10, chapter 5)."""

import struct
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

from backend.model import Firmware

SECTOR = 512
SECTORS = 34
"""The protective MBR, the header of the partition table, and its 128 entries."""
_DEADLINE_S = 15
_EFI_SYSTEM = uuid.UUID("c12a7328-f81f-11d2-ba4b-00a0c93ec93b").bytes_le
_BIOS_BOOT = uuid.UUID("21686148-6449-6e6f-744e-656564454649").bytes_le


def firmware_for(head: bytes) -> Firmware | None:
    """Return what boots a disk that begins so; None if nothing there tells."""
    if head[510:512] != b"\x55\xaa":
        return None
    kinds = set(_partition_types(head))
    if _EFI_SYSTEM in kinds and _BIOS_BOOT not in kinds:
        return Firmware.UEFI
    return Firmware.BIOS


def read(path: Path, image_format: str) -> bytes:
    """Return the first sectors of the disk in an image, b"" if they cannot be had. Blocking."""
    size = SECTOR * SECTORS
    if image_format == "raw":
        with path.open("rb") as image:
            return image.read(size)
    with tempfile.TemporaryDirectory(prefix="celadon-head-") as place:
        head = Path(place) / "head"
        command = ["qemu-img", "dd", "-U", "-f", image_format, "-O", "raw", f"bs={SECTOR}"]
        try:
            subprocess.run(
                [*command, f"count={SECTORS}", f"if=file:{path}", f"of={head}"],
                capture_output=True, timeout=_DEADLINE_S, check=True,
            )  # fmt: skip
            return head.read_bytes()
        except (OSError, subprocess.SubprocessError):
            return b""


def _partition_types(head: bytes) -> Iterator[bytes]:
    header = head[SECTOR : 2 * SECTOR]
    if header[:8] != b"EFI PART":
        return
    start, count, size = struct.unpack_from("<QII", header, 72)
    if not (start == 2 and 0 < count <= 128 and size == 128):
        return  # where other tables lie was not read
    for number in range(count):
        at = 2 * SECTOR + number * size
        yield head[at : at + 16]
