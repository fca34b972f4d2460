"""Machines like another one: with disks of their own, or on top of its disks."""

import contextlib
import itertools
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePosixPath

from backend import jobs
from backend.host.managed import ManagedHost
from backend.hypervisor import commands, firmware_memory
from backend.model import Domain, Ref, StoragePool, StorageVolume
from backend.operations import defining, placement, prospects, volumes, writing
from backend.operations.domain import check_name, start
from backend.operations.images import UPLOAD_DEADLINE_S
from backend.operations.rest import unchanging
from backend.operations.takeback import making, undone_on_failure
from backend.operations.writing import Adoption
from backend.refusals import DiskNotInPool, StartsByItself
from backend.specs import Then, Written
from backend.xmldesc import clones, storage


class Copying(Enum):
    """What becomes of the disks: FULL are copies, LINKED hold only what differs from the others'.

    What others are based on must not change any more: the machine that has it does not start then.
    """

    FULL = "full"
    LINKED = "linked"


@dataclass(frozen=True, slots=True)
class PlannedCopy:
    """A volume to be made from another one, in the same pool."""

    pool: StoragePool
    name: str
    origin: StorageVolume
    copying: Copying

    @property
    def path(self) -> str:
        """Where it will lie."""
        return str(Path(self.pool.path) / self.name)

    @property
    def description(self) -> str:
        """It, as libvirt takes it."""
        size, origin = self.origin.capacity_bytes, self.origin
        if self.copying is Copying.FULL:
            return storage.dump_volume(self.name, size, "qcow2")
        return storage.dump_volume(self.name, size, "qcow2", (origin.path, origin.format))


@dataclass(frozen=True, slots=True)
class ClonePlan:
    """A machine to be made: its volumes, then itself, by its description.

    `memory` is its firmware's: the file that is copied and the one that is made; None: it has none.
    """

    uuid: str
    name: str
    copies: tuple[PlannedCopy, ...]
    description: str
    memory: tuple[str, str] | None = None


async def plan(
    host: ManagedHost,
    ref: Ref,
    names: tuple[str, ...],
    copying: Copying,
    texts: tuple[Written | None, ...] = (),
    then: Then = Then.STAY_OFF,
) -> tuple[ClonePlan, ...]:
    """Return what `clone` would make, and make nothing. Raises as it does."""
    del then
    domain = await unchanging(host, ref)
    if domain.is_autostart and copying is Copying.LINKED:
        # The hypervisor asks nobody.
        raise StartsByItself(name=domain.name)
    await host.read_storage_now()
    text = await host.ask(lambda connect: commands.describe(connect, ref.key))
    memory = await host.tell(lambda connect: firmware_memory.find(connect, text))
    taken: set[str] = set()
    planned = []
    for name, told in itertools.zip_longest(names, texts[: len(names)]):
        adopted = await writing.adopt(host, told) if told else None
        await check_name(host, adopted.name if adopted else name)
        copies = [await _copy(host, disk, name, copying, taken) for disk in _disks(host, domain)]
        files = {copy.origin.path: copy.path for copy in copies}
        key = adopted.key if adopted else str(uuid.uuid4())
        own = str(PurePosixPath(memory).with_name(f"{name}-{key[:8]}_VARS.fd")) if memory else ""
        description = clones.dump(text, key, name, files, time.time(), own)
        both = (memory, own) if own else None
        one = ClonePlan(key, name, tuple(copies), description, both)
        planned.append(_as_written(one, adopted) if adopted else one)
    return tuple(planned)


def _as_written(planned: ClonePlan, adopted: Adoption) -> ClonePlan:
    adopted.require_files([copy.name for copy in planned.copies])
    return ClonePlan(
        adopted.key,
        adopted.name,
        tuple(copy for copy in planned.copies if adopted.wants(copy.path)),
        adopted.text,
        planned.memory if planned.memory and adopted.wants(planned.memory[1]) else None,
    )


async def clone(
    host: ManagedHost,
    ref: Ref,
    names: tuple[str, ...],
    copying: Copying = Copying.FULL,
    texts: tuple[Written | None, ...] = (),
    then: Then = Then.STAY_OFF,
) -> tuple[Ref, ...]:
    """Machines like this one, which is off, are there under these names; return their references.

    One of which there is a text, in the order of the names, is defined as that says. They run if
    they are to.

    Raises WrongState, HasSavedState, StartsByItself, NameInvalid, NameTaken, UuidTaken,
    DiskNotInPool, DiskFull, DescriptionRefused, StartFailed. Nothing of any of them is left behind
    then, nor after a cancel.
    """
    jobs.report(stage="preparing", is_cancellable=True)
    planned = await plan(host, ref, names, copying, texts)
    made: list[Ref] = []
    async with undone_on_failure() as undo:
        for one in planned:
            jobs.report(progress=len(made) / len(planned), stage="copying", is_cancellable=True)
            for copy in one.copies:
                await _make(host, copy, undo)
            if one.memory:
                await _copy_memory(host, *one.memory, undo)
            await unchanging(host, ref)  # what was copied while it ran is worth nothing
            made.append(await defining.add(host, one.uuid, one.name, one.description, undo))
            await unchanging(host, ref)
        for machine in made if then is Then.START else ():
            jobs.report(stage="starting", is_cancellable=True)
            await start(host, machine)
        await host.read_storage_now()
    return tuple(made)


def _disks(host: ManagedHost, domain: Domain) -> list[StorageVolume]:
    """Return the volumes of its disks. Raises DiskNotInPool for what is none, or not a file."""
    made_of = domain.next_start
    found = []
    for disk in made_of.disks if made_of else ():
        if disk.device != "disk":
            continue
        volume = placement.volume_at(host, Path(disk.source))
        pool = host.inventory.find(volume.pool, StoragePool) if volume else None
        if volume is None or pool is None or prospects.pool_problem(pool):
            raise DiskNotInPool(path=disk.source, name=domain.name)
        found.append(volume)
    return found


async def _copy(
    host: ManagedHost, origin: StorageVolume, name: str, copying: Copying, taken: set[str]
) -> PlannedCopy:
    pool = host.inventory.find(origin.pool, StoragePool)
    assert pool is not None  # noqa: S101  # `_disks` found it
    return PlannedCopy(
        pool, await volumes.free_name(host, pool, name, "qcow2", taken), origin, copying
    )


async def _make(host: ManagedHost, copy: PlannedCopy, undo: contextlib.AsyncExitStack) -> None:
    key = copy.pool.ref.key
    make: Callable[[object], str] = lambda c: commands.create_volume(c, key, copy.description)  # noqa: E731
    if copy.copying is Copying.FULL:
        volumes.require_room(copy.pool, copy.origin.allocation_bytes)
        make = lambda c: commands.copy_volume(c, key, copy.description, copy.origin.path)  # noqa: E731
    await volumes.made(host, copy.pool, copy.name, make, undo, UPLOAD_DEADLINE_S)


async def _copy_memory(
    host: ManagedHost, origin: str, target: str, undo: contextlib.AsyncExitStack
) -> None:
    await making(
        host,
        lambda connect: firmware_memory.copy(connect, origin, target),
        lambda connect: firmware_memory.delete(connect, target),
        undo,
    )
