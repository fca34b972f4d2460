"""What is brought in is what was packed; whole machines come in in tests/live/test_packages."""

from pathlib import Path

import pytest

from backend.errors import DiskFull, ImageNotAlone
from backend.model import Kind, Ref, StoragePool
from backend.operations.images import ImageFacts
from backend.operations.package import incoming, own
from backend.operations.package.arrival import ImportPlan
from backend.operations.volumes import PlannedVolume
from backend.packages import PackageDamaged
from tests.backend.operations.package.packed import here, image, package

POOL = StoragePool(Ref("h", Kind.STORAGE_POOL, "p"), "p", "dir", is_active=True, path="/p")


def volume(path: Path, size: int = 2**20) -> PlannedVolume:
    return PlannedVolume("v", "qcow2", size, ImageFacts(path, "qcow2", size))


async def test_each_file_is_what_it_was(tmp_path: Path) -> None:
    found = own.read(package(tmp_path / "web"))
    await incoming._verify(here(), found, found.folder)
    with (tmp_path / "web" / "vda.qcow2").open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"x")
    with pytest.raises(PackageDamaged):
        await incoming._verify(here(), found, found.folder)


async def test_a_disk_is_what_its_list_says(tmp_path: Path) -> None:
    disk, ours = image(tmp_path / "a"), own.read(package(tmp_path / "web"))
    checked = await incoming._checked(here(), volume(disk), ours)
    assert checked.image
    assert checked.image.virtual_size_bytes == 2**20
    for wrong in (volume(disk, 2**21), volume(image(tmp_path / "b", kind="vmdk"))):
        with pytest.raises(PackageDamaged):
            await incoming._checked(here(), wrong, ours)


async def test_a_disk_that_leads_to_the_server_s_files_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "shadow"
    secret.write_bytes(bytes(2**20))
    disk = image(tmp_path / "a", "-b", str(secret), "-F", "raw")
    with pytest.raises(ImageNotAlone):
        await incoming._checked(here(), volume(disk), own.read(package(tmp_path / "web")))


async def test_what_is_taken_as_it_is_is_not_looked_into(tmp_path: Path) -> None:
    medium = PlannedVolume("v", "raw", 1, ImageFacts(tmp_path / "iso", "raw", 1))
    ours = own.read(package(tmp_path / "web"))
    assert await incoming._checked(here(), medium, ours) is medium


async def test_room_is_asked_for_before_the_first_byte(tmp_path: Path) -> None:
    disk = image(tmp_path / "a")
    planned = ImportPlan("u", "web", POOL, (volume(disk),), "")
    with pytest.raises(DiskFull) as caught:
        await incoming._require_room(here(), planned)
    assert caught.value.arguments["needed_bytes"] == disk.stat().st_size
