"""Packages of other programs, whole and broken, as folders and as one file."""

import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.operations.package import foreign
from backend.operations.package.contents import Maker
from backend.operations.package.foreign import ForeignPackage
from backend.packages import PackageBroken, PackageDamaged, PackageMissing
from tests.backend.operations.package.ovf_packages import DISK, archive, folder
from tests.backend.xmldesc.envelopes import VIRTUALBOX

Read = Callable[[Path], ForeignPackage]


def as_folder(envelope: Path) -> ForeignPackage:
    return foreign.read_folder(envelope)


def as_archive(envelope: Path) -> ForeignPackage:
    return foreign.read_archive(archive(envelope))


both = pytest.mark.parametrize("read", [as_folder, as_archive])


@both
def test_it_says_what_the_machine_is(tmp_path: Path, read: Read) -> None:
    found = read(folder(tmp_path / "box"))
    told = found.contents
    assert (told.name, told.uuid, told.vcpus) == ("box", "", 2)
    assert told.maker is (Maker.OVA if found.members else Maker.OVF)
    (disk,) = told.disks
    assert (disk.name, disk.capacity_bytes) == (DISK, 2**30)
    assert disk.file_bytes == (tmp_path / "box" / DISK).stat().st_size
    assert [nic.source for nic in told.adapters] == ["NAT"]
    assert [(one.message_id, *one.arguments) for one in told.remarks] == [
        ("PackageForeign", ("program", "VirtualBox"))
    ]
    assert [(one.name, one.algorithm) for one in found.sums] == [(DISK, "sha256")]


@both
def test_one_without_checksums_is_told(tmp_path: Path, read: Read) -> None:
    envelope = folder(tmp_path / "box")
    (tmp_path / "box" / "box.mf").unlink()
    found = read(envelope)
    assert "PackageWithoutSums" in [one.message_id for one in found.contents.remarks]
    assert found.sums == ()


@both
def test_an_envelope_that_was_changed(tmp_path: Path, read: Read) -> None:
    envelope = folder(tmp_path / "box")
    envelope.write_text(VIRTUALBOX.replace("512", "768"))
    with pytest.raises(PackageDamaged):
        read(envelope)


@both
def test_a_disk_that_is_missing_or_cut_off(tmp_path: Path, read: Read) -> None:
    size = VIRTUALBOX.replace('ovf:id="file1"', 'ovf:id="file1" ovf:size="1"')
    with pytest.raises(PackageDamaged):
        read(folder(tmp_path / "a", size))
    envelope = folder(tmp_path / "b")
    (tmp_path / "b" / DISK).unlink()
    with pytest.raises(PackageBroken):
        read(envelope)


def test_a_disk_that_is_a_link(tmp_path: Path) -> None:
    envelope = folder(tmp_path / "box")
    disk = tmp_path / "box" / DISK
    disk.rename(tmp_path / "elsewhere")
    disk.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PackageBroken) as refused:
        foreign.read_folder(envelope)
    assert "a link, which is not followed" in refused.value.detail[0]
    with pytest.raises(PackageBroken):
        foreign.read_archive(archive(envelope))


def test_an_archive_without_an_envelope(tmp_path: Path) -> None:
    envelope = folder(tmp_path / "box")
    envelope.rename(tmp_path / "box" / "other")
    with pytest.raises(PackageMissing):
        foreign.read_archive(archive(envelope))


def test_a_disk_of_an_archive_that_is_a_link_is_said_to_be_one(tmp_path: Path) -> None:
    made = tmp_path / "box.ova"
    envelope = folder(tmp_path / "box")
    with tarfile.open(made, "w") as into:
        into.add(envelope, "box.ovf")
        link = tarfile.TarInfo(DISK)
        link.type, link.linkname = tarfile.SYMTYPE, "/dev/vg/secret"
        into.addfile(link)
    with pytest.raises(PackageBroken) as refused:
        foreign.read_archive(made)
    assert "a link to /dev/vg/secret, which is not followed" in refused.value.detail[0]
