"""How much a package holds is what its disks' files hold."""

from pathlib import Path

from backend.model import Firmware
from backend.operations.package.contents import Contents, Maker, PackedDisk


def test_sizes() -> None:
    disks = (PackedDisk("a", "vda", 5, 100), PackedDisk("b", "vdb", 7, 200))
    found = Contents(Path("p"), Maker.OVA, "web", "", 1, 1, Firmware.BIOS, disks, ())
    assert found.file_bytes == 12
