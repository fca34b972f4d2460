"""Which files a package has, and what of a machine it has not."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from backend.model import Disk, Domain, DomainSnapshot, DomainState, Kind, Ref, StorageVolume
from backend.model import StoragePool as Pool
from backend.operations.package import origins
from backend.operations.package.manifest import Role
from backend.operations.package.origins import Layer, Origin
from backend.refusals import DiskNotInPool
from backend.xmldesc import domain as domain_xml
from backend.xmldesc import moved
from tests.backend.operations.package.packed import Here, image

REF = Ref("h", Kind.DOMAIN, "u")
POOL = Ref("h", Kind.STORAGE_POOL, "p")
NOTHING = moved.belongings("<domain/>")


def host(*volumes: tuple[str, str], far_away: bool = False) -> Here:
    """A host with volumes by their paths, each based on another one."""
    found = Here()
    if far_away:
        found.record = SimpleNamespace(uri="qemu+ssh://there/system")
    found.inventory.put(Pool(POOL, "default", "dir", is_active=True, path="/p"))
    for path, base in volumes:
        ref = Ref("h", Kind.STORAGE_VOLUME, path)
        kind = "raw" if path.endswith("raw") else "qcow2"
        found.inventory.put(StorageVolume(ref, POOL, path, path, kind, 100, 10, base))
    return found


def machine(*disks: Disk) -> Domain:
    text = "<domain><memory>1</memory></domain>"
    made_of = domain_xml.parse(text).configuration
    return Domain(REF, "web", DomainState.OFF, next_start=replace(made_of, disks=disks))


async def find(found: Here, domain: Domain, *, with_media: bool = False) -> tuple[Origin, ...]:
    return await origins.find(found, domain, NOTHING, with_media=with_media)  # type: ignore[arg-type]


async def test_a_disk_with_all_that_it_is_based_on() -> None:
    there = host(("/p/a", "/p/b.raw"), ("/p/b.raw", ""))
    (found,) = await find(there, machine(Disk("vda", "virtio", source="/p/a")))
    assert [layer.path for layer in found.layers] == ["/p/a", "/p/b.raw"]
    assert (found.name, found.is_converted, found.size_bytes) == ("vda.qcow2", True, 20)
    (alone,) = await find(there, machine(Disk("vda", "virtio", source="/p/b.raw")))
    assert alone.is_converted
    assert not Origin("a", Role.DISK, (Layer("/a", "qcow2", 1, is_volume=True),)).is_converted


async def test_a_disk_that_is_nowhere() -> None:
    lost = machine(Disk("vda", "virtio", source="/p/a"))
    with pytest.raises(DiskNotInPool):
        await find(host(("/p/a", "/gone")), lost)
    with pytest.raises(DiskNotInPool):
        await find(host(far_away=True), lost)
    with pytest.raises(DiskNotInPool):
        await find(host(), machine(Disk("vda", "virtio", source="rbd:pool/image")))


async def test_one_of_this_computer_beside_the_pools(tmp_path: Path) -> None:
    disk = image(tmp_path / "a.qcow2")
    (found,) = await find(host(), machine(Disk("vda", "virtio", source=str(disk))))
    assert found.layers == (Layer(str(disk), "qcow2", disk.stat().st_size, is_volume=False),)
    assert found.capacity_bytes == 2**20


async def test_media_only_if_they_are_wanted() -> None:
    there, drive = host(("/p/a", "")), Disk("sda", "sata", "cdrom", "/p/a")
    assert await find(there, machine(drive)) == ()
    (found,) = await find(there, machine(drive), with_media=True)
    assert (found.name, found.role, found.target) == ("sda.iso", Role.MEDIUM, "sda")
    with pytest.raises(DiskNotInPool):
        await find(host(far_away=True), machine(drive), with_media=True)


def test_what_is_left_out_is_told() -> None:
    there = host()
    snapshot = Ref("h", Kind.SNAPSHOT, "u/one")
    there.inventory.put(DomainSnapshot(snapshot, REF, "one", 0.0, "shutoff"))
    has = moved.belongings(
        "<domain><devices><tpm><backend type='emulator'/></tpm>"
        "<disk><source><encryption/></source></disk></devices></domain>"
    )
    drive = machine(Disk("sda", "sata", "cdrom", "/iso"))
    told = origins.left_out(there, drive, has, has_password=True, with_media=False)  # type: ignore[arg-type]
    assert [one.message_id.removeprefix("PackageWithout") for one in told] == [
        "Password", "Key", "Tpm", "Checkpoints", "Medium",
    ]  # fmt: skip
    rest = origins.left_out(host(), drive, NOTHING, has_password=False, with_media=True)  # type: ignore[arg-type]
    assert list(rest) == []
