"""What becomes of a package on a host: decided before anything is made."""

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePosixPath

from backend import defaults
from backend.devices import Choice, PoolChoice
from backend.errors import BackendError, NetworkMissing, Problem
from backend.host.managed import ManagedHost
from backend.hypervisor import commands, firmware_memory
from backend.model import Domain, Network, Nic, StoragePool
from backend.operations import definition, new_storage, placement, prospects, volumes
from backend.operations.dbus import can_be_given
from backend.operations.domain import check_name
from backend.operations.images import ImageFacts
from backend.operations.package.contents import Contents
from backend.operations.package.manifest import PackedFile, Role
from backend.operations.package.own import OwnPackage
from backend.operations.volumes import PlannedVolume
from backend.refusals import UuidTaken
from backend.specs import Then
from backend.xmldesc import moved
from backend.xmldesc.moved import NOT_CONNECTED, Destination

_ENDINGS = {Role.KERNEL: "vmlinuz", Role.RAM_DISK: "initrd", Role.DISK: "qcow2"}


class Identity(Enum):
    """Whether a machine gets a UUID and addresses of its own, or keeps those of its package."""

    NEW = "new"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class ImportSpec:
    """A package to be brought in, by the file that lists it, as the machine `name`.

    `networks` has a switch for each adapter, "" for none and "user" for QEMU's own. `pool` is where
    the disks are made, by name, "" for the host's first choice.
    """

    path: Path
    name: str
    networks: tuple[str, ...]
    identity: Identity = Identity.NEW
    pool: str = ""
    then: Then = Then.STAY_OFF


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """A machine to be made: its volumes, its firmware's memory, then itself by its description.

    `memory` is a file of this computer and where it comes to; None: there is none. What an archive
    holds is unpacked into `folder` before.
    """

    uuid: str
    name: str
    pool: StoragePool
    volumes: tuple[PlannedVolume, ...]
    description: str
    memory: tuple[Path, str] | None = None
    archive: Path | None = None
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a package holds, and what there is on the host for it.

    `twin` is the machine that has its UUID, "" if none has. `networks` is what each adapter would
    be connected to. `remarks` is what one has to know before.
    """

    contents: Contents
    twin: str
    networks: tuple[str, ...]
    switches: tuple[Choice, ...]
    pools: tuple[PoolChoice, ...]
    remarks: tuple[Problem, ...]


def outlook(host: ManagedHost, contents: Contents) -> Outlook:
    """Return what is known without asking the host."""
    machines = list(host.inventory.all(Domain, host.spec.id))
    twins = (machine.name for machine in machines if machine.ref.key == contents.uuid)
    networks = list(host.inventory.all(Network, host.spec.id))
    pools = sorted(host.inventory.all(StoragePool, host.spec.id), key=lambda pool: pool.name)
    active = {network.name for network in networks if network.is_active}
    proposed = [_proposal(nic, active) for nic in contents.adapters]
    missing = [
        Problem("PackageWithoutSwitch", (("name", nic.source),))
        for nic, found in zip(contents.adapters, proposed, strict=True)
        if found == NOT_CONNECTED and nic.source
    ]
    return Outlook(
        contents,
        next(twins, ""),
        tuple(proposed),
        prospects.switches(networks),
        tuple(map(prospects.pool_choice, pools)),
        (*contents.left_out, *dict.fromkeys(missing), *contents.remarks),
    )


def _proposal(nic: Nic, active: set[str]) -> str:
    if nic.source_kind == defaults.USER_NETWORK:
        return defaults.USER_NETWORK
    return nic.source if nic.source in active else NOT_CONNECTED


async def require(host: ManagedHost, spec: ImportSpec, contents: Contents) -> None:
    """Raise why the machine cannot be there under this name and with this identity."""
    await check_name(host, spec.name)
    if spec.identity is Identity.KEPT:
        taken = await host.ask(lambda connect: commands.name_of(connect, contents.uuid))
        if taken:
            raise UuidTaken(name=taken, uuid=contents.uuid)
    active = {n.name for n in host.inventory.all(Network, host.spec.id) if n.is_active}
    for network in spec.networks:
        if network not in (NOT_CONNECTED, defaults.USER_NETWORK) and network not in active:
            raise NetworkMissing(name=network)


async def plan(host: ManagedHost, spec: ImportSpec, package: OwnPackage) -> ImportPlan:
    """Return what becomes of a package of ours. Raises as `require`, PoolMissing."""
    await require(host, spec, package.contents)
    pool = new_storage.choose_pool(host, spec.pool)
    made = await _volumes(host, spec, package, pool)
    where = {file.name: str(Path(pool.path) / volume.name) for file, volume in made}

    def at(role: Role) -> str:
        return next((where[file.name] for file, _ in made if file.role is role), "")

    drives = {file.target: where[file.name] for file, _ in made if file.target}
    is_kept = spec.identity is Identity.KEPT
    key = package.contents.uuid if is_kept and package.contents.uuid else str(uuid.uuid4())
    to = Destination(
        name=spec.name,
        uuid=key,
        keeps_identity=is_kept,
        created_at=time.time(),
        files=drives,
        networks=spec.networks,
        accelerator=(await host.known_accelerator()).value,
        kernel=at(Role.KERNEL),
        ram_disk=at(Role.RAM_DISK),
        made_files=tuple(where[file.name] for file, _ in made if file.role is not Role.DISK),
        has_dbus_display=placement.is_on_this_computer(host) and await can_be_given(host),
    )
    description = moved.dump(package.description, to)
    memory = await _memory(host, package, description, f"{spec.name}-{key[:8]}_VARS.fd")
    if memory:
        description = moved.with_memory(description, memory[1])
    return ImportPlan(
        key, spec.name, pool, tuple(volume for _, volume in made), description, memory
    )


async def _volumes(
    host: ManagedHost, spec: ImportSpec, package: OwnPackage, pool: StoragePool
) -> Sequence[tuple[PackedFile, PlannedVolume]]:
    taken: set[str] = set()
    made = []
    for file in package.manifest.files:
        if file.role in (Role.DESCRIPTION, Role.MEMORY):
            continue
        ending = _ENDINGS.get(file.role) or PurePosixPath(file.name).suffix.lstrip(".") or "iso"
        name = await volumes.free_name(host, pool, spec.name, ending, taken)
        is_disk = file.role is Role.DISK
        kind, size = ("qcow2", file.capacity_bytes) if is_disk else ("raw", file.size_bytes)
        image = ImageFacts(package.folder / file.name, kind, size)
        made.append((file, PlannedVolume(name, kind, size, image)))
    return made


async def _memory(
    host: ManagedHost, package: OwnPackage, description: str, name: str
) -> tuple[Path, str] | None:
    files = package.manifest.of_role(Role.MEMORY)
    if not files:
        return None
    place = await host.tell(lambda connect: firmware_memory.place(connect, description))
    if not place:
        return None  # the firmware that it gets here remembers nothing
    return (package.folder / files[0].name, str(PurePosixPath(place).with_name(name)))


async def doubts(host: ManagedHost, planned: ImportPlan) -> tuple[Problem, ...]:
    """Return what the host would object to, as far as it can be asked beforehand."""
    try:
        await host.run_locally(lambda: definition.rehearse(planned.description), deadline_s=20.0)
    except BackendError as error:
        return (error.problem,)
    return tuple(await definition.doubts(host, planned.description))
