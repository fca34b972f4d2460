"""What a package becomes on a host: names, switches, files; decided before anything is made."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import pytest

from backend import defaults
from backend.errors import DescriptionRefused, NameTaken, NetworkMissing, PoolMissing
from backend.host.managed import ManagedHost
from backend.model import Accelerator, Domain, DomainState, Kind, Network, Ref, StoragePool
from backend.operations.package import arrival, own
from backend.operations.package.arrival import Identity, ImportSpec
from backend.operations.package.contents import Contents
from backend.operations.package.manifest import PackedFile, Role
from backend.refusals import UuidTaken
from backend.xmldesc import domain as domain_xml
from backend.xmldesc import tree
from tests.backend.operations.package.packed import UUID, Here, package


@dataclass
class Asked(Here):
    """A host that answers what a plan asks: which names, UUIDs and volumes are taken."""

    names: tuple[str, ...] = ()
    uuids: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        super().__init__()

    async def known_accelerator(self) -> Accelerator:
        return Accelerator.TCG

    async def ask(self, question: Any, **_rest: object) -> object:
        return question(self)

    async def tell(self, command: Any, **_rest: object) -> object:
        return command(self)


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Asked:
    found = Asked()
    there = "backend.hypervisor.commands"
    monkeypatch.setattr(f"{there}.name_is_taken", lambda c, name: name in c.names)
    monkeypatch.setattr(f"{there}.name_of", lambda c, key: "other" if key in c.uuids else "")
    monkeypatch.setattr(f"{there}.volume_exists", lambda c, _pool, name: name in c.files)
    found.record.uri = "qemu+ssh://there/system"
    put(found, "nat", is_active=True)
    put(found, "office", is_active=False)
    pool = Ref("h", Kind.STORAGE_POOL, "p")
    found.inventory.put(StoragePool(pool, "default", "dir", is_active=True, path="/p"))
    return found


def put(host: Here, name: str, *, is_active: bool) -> None:
    host.inventory.put(Network(Ref("h", Kind.NETWORK, name), name, "nat", is_active))


def spec(listed: Path, **changes: Any) -> ImportSpec:
    return replace(ImportSpec(listed, "db", ("nat",)), **changes)


def managed(host: Asked) -> ManagedHost:
    return cast("ManagedHost", host)


async def test_it_gets_names_that_are_free_here(host: Asked, tmp_path: Path) -> None:
    host.files = ("db.qcow2",)
    found = own.read(package(tmp_path / "web"))
    planned = await arrival.plan(managed(host), spec(found.contents.path), found)
    (volume,) = planned.volumes
    assert (volume.name, volume.format, volume.size_bytes) == ("db-2.qcow2", "qcow2", 2**20)
    told = domain_xml.parse(planned.description)
    assert (told.name, told.uuid) == ("db", planned.uuid)
    assert planned.uuid != UUID
    assert [disk.source for disk in told.configuration.disks] == ["/p/db-2.qcow2", ""]
    assert told.configuration.nics[0].source == "nat"
    assert tree.read(planned.description).get("type") == "qemu"
    assert planned.memory is None


async def test_memory_of_a_firmware_that_has_none_here_is_left(host: Asked, tmp_path: Path) -> None:
    found = own.read(package(tmp_path / "web"))
    memory = PackedFile("nvram.fd", Role.MEMORY, 1, "")
    listed = replace(found.manifest, files=(*found.manifest.files, memory))
    planned = await arrival.plan(
        managed(host), spec(found.contents.path), replace(found, manifest=listed)
    )
    assert planned.memory is None


async def test_or_stays_who_it_was(host: Asked, tmp_path: Path) -> None:
    found = own.read(package(tmp_path / "web"))
    kept = spec(found.contents.path, identity=Identity.KEPT)
    planned = await arrival.plan(managed(host), kept, found)
    assert planned.uuid == UUID
    assert domain_xml.parse(planned.description).configuration.nics[0].mac
    host.uuids = (UUID,)
    with pytest.raises(UuidTaken):
        await arrival.plan(managed(host), kept, found)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"name": "taken"}, NameTaken),
        ({"networks": ("office",)}, NetworkMissing),  # it is not active
        ({"networks": ("elsewhere",)}, NetworkMissing),
        ({"pool": "elsewhere"}, PoolMissing),
    ],
)
async def test_what_is_not_here_is_told_before(
    host: Asked, tmp_path: Path, changes: dict[str, Any], error: type[Exception]
) -> None:
    host.names = ("taken",)
    found = own.read(package(tmp_path / "web"))
    with pytest.raises(error):
        await arrival.plan(managed(host), spec(found.contents.path, **changes), found)


@pytest.mark.parametrize("network", ["", defaults.USER_NETWORK])
async def test_without_a_switch(host: Asked, tmp_path: Path, network: str) -> None:
    found = own.read(package(tmp_path / "web"))
    planned = await arrival.plan(
        managed(host), spec(found.contents.path, networks=(network,)), found
    )
    (nic,) = domain_xml.parse(planned.description).configuration.nics
    assert (nic.source_kind, nic.is_link_up) == ("user", bool(network))


def contents(tmp_path: Path) -> Contents:
    return own.read(package(tmp_path / "web")).contents


def test_what_it_would_be_connected_to(host: Asked, tmp_path: Path) -> None:
    found = contents(tmp_path)
    told = arrival.outlook(managed(host), found)
    assert told.networks == ("",)
    assert [remark.message_id for remark in told.remarks] == ["PackageWithoutSwitch"]
    assert [choice.name for choice in told.switches]
    assert [pool.name for pool in told.pools] == ["default"]
    put(host, "office", is_active=True)
    told = arrival.outlook(managed(host), found)
    assert told.networks == ("office",)
    assert told.remarks == ()


def test_who_has_its_uuid_is_named(host: Asked, tmp_path: Path) -> None:
    host.inventory.put(Domain(Ref("h", Kind.DOMAIN, UUID), "twin", DomainState.OFF))
    assert arrival.outlook(managed(host), contents(tmp_path)).twin == "twin"


async def test_what_a_server_would_object_to_is_found_before(
    host: Asked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def native(_connect: object, text: str) -> None:
        if "sparc" in text:
            raise DescriptionRefused(detail=("no emulator for it",))

    monkeypatch.setattr("backend.hypervisor.commands.try_description", native)
    there = cast("ManagedHost", host)
    found = own.read(package(tmp_path / "web"))
    planned = await arrival.plan(there, ImportSpec(found.contents.path, "web", ("nat",)), found)
    assert await arrival.doubts(there, planned) == ()
    far = replace(planned, description=planned.description.replace("x86_64", "sparc"))
    (doubt,) = await arrival.doubts(there, far)
    assert (doubt.message_id, doubt.detail) == ("HypervisorDoubts", ("no emulator for it",))
    broken = replace(planned, description="<domain type='qemu'/>")
    (doubt,) = await arrival.doubts(there, broken)
    assert doubt.message_id != "HypervisorDoubts"
