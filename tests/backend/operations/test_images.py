import os
import subprocess
from pathlib import Path

import pytest

from backend.errors import ImageMissing, ImageNotAlone, ImageNotRecognised, ImageUnreadable
from backend.operations.images import look
from backend.specs import SourceKind

DISK, DVD = SourceKind.DISK_IMAGE, SourceKind.DVD_IMAGE


def qemu_img(*arguments: object) -> None:
    subprocess.run(["qemu-img", *map(str, arguments)], check=True, capture_output=True)


@pytest.mark.parametrize("format_", ["qcow2", "vmdk", "vdi", "vhdx"])
def test_formats_are_recognised_by_content(tmp_path: Path, format_: str) -> None:
    path = tmp_path / "disk.img"
    qemu_img("create", "-f", format_, path, "8M")
    facts = look(path, DISK)
    assert (facts.format, facts.virtual_size_bytes) == (format_, 8 * 2**20)


def test_an_image_that_takes_from_another_file_is_refused(tmp_path: Path) -> None:
    """It would hand the guest what the console may read and nobody meant to give."""
    base, overlay, outside = (tmp_path / n for n in ("base.qcow2", "over.qcow2", "out.qcow2"))
    qemu_img("create", "-f", "qcow2", base, "1M")
    qemu_img("create", "-f", "qcow2", "-b", base, "-F", "qcow2", overlay)
    qemu_img("create", "-f", "qcow2", "-o", f"data_file={tmp_path}/d.raw", outside, "1M")
    extents = tmp_path / "flat.vmdk"
    qemu_img("create", "-f", "vmdk", "-o", "subformat=monolithicFlat", extents, "1M")
    assert look(base, DISK).format == "qcow2"
    for image, other in ((overlay, base), (outside, tmp_path / "d.raw")):
        with pytest.raises(ImageNotAlone) as raised:
            look(image, DISK)
        assert raised.value.arguments["other"] == str(other)
    with pytest.raises(ImageNotAlone):
        look(extents, DISK)


def test_a_raw_disk_needs_a_boot_sector(tmp_path: Path) -> None:
    path = tmp_path / "raw.img"
    path.write_bytes(b"\0" * 510 + b"\x55\xaa" + b"\0" * 512)
    assert look(path, DISK).format == "raw"
    path.write_bytes(b"just some text\n" * 100)
    with pytest.raises(ImageNotRecognised):
        look(path, DISK)


def test_a_dvd_image_is_known_by_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.iso"
    path.write_bytes(b"\0" * 0x8001 + b"CD001" + b"\0" * 4096)
    assert look(path, DVD).virtual_size_bytes == 0x8006 + 4096
    path.write_bytes(b"\0" * 0x9000)
    with pytest.raises(ImageNotRecognised):
        look(path, DVD)


def test_what_is_not_there_or_no_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ImageMissing):
        look(tmp_path / "none.iso", DVD)
    with pytest.raises(ImageUnreadable):
        look(tmp_path, DVD)
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    with pytest.raises(ImageNotRecognised):
        look(fifo, DVD)  # must not wait for a writer


def test_a_hostile_name_is_only_a_name(tmp_path: Path) -> None:
    path = tmp_path / 'json:{"driver":"null-co"}'
    qemu_img("create", "-f", "qcow2", f"file:{path}", "1M")
    assert look(path, DISK).format == "qcow2"
