"""Keeps a host's slice of the inventory in step with the hypervisor.

An event only names what to read again; the stale set gathers such names for a moment, then one call
reads them all. Nothing is polled for state but one cheap listing, for what events did not tell.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from backend.errors import BackendError, HostNotAnswering
from backend.host.guests import Guests
from backend.hypervisor import handles, reader
from backend.hypervisor.connection import Connection
from backend.inventory import Inventory
from backend.model import (
    Domain,
    DomainSnapshot,
    DomainState,
    Kind,
    Ref,
    StateReason,
    StoragePool,
    StorageVolume,
)

GATHER_S = 0.01
LISTING_INTERVAL_S = 30.0
_SCREENFUL, _BATCH = 20, 50
_LOOKED_AT_S = 0.15
"""Who has just connected sees the first ones soon: they are drawn before the rest is read."""
_GLANCED_MOST = 4
"""Each is a round trip or two, and a connection that takes too long over them is given up."""
_READ_DEADLINE_S = 10.0
_BATCH_DEADLINE_S = 5.0
_ALONE_DEADLINE_S = 1.5
_VOLUMES_DEADLINE_S = 20.0
_AT_LARGE = frozenset((DomainState.RUNNING, DomainState.PAUSED))
"""Between these nothing but the state changes."""


def _as_told(pool: StoragePool) -> StoragePool:
    return pool


class Follower:
    """Reads what is stale, and everything once in a while."""

    def __init__(
        self,
        host: str,
        inventory: Inventory,
        read: Connection,
        monitor: Connection,
        guests: Guests,
        tell_definition: reader.Tell,
        true: Callable[[StoragePool], StoragePool] = _as_told,
    ) -> None:
        self._host = host
        self._inventory = inventory
        self._read = read
        self._monitor = monitor
        self._guests = guests
        self._tell_definition = tell_definition  # in a worker's thread
        self._true = true
        self._one_at_a_time = asyncio.Lock()
        self._storage_at_a_time = asyncio.Lock()
        self._stale: set[Ref] = set()
        self._woken = asyncio.Event()
        self.run_directory: Path | None = None

    def mark(self, ref: Ref) -> None:
        """Have `ref` read again soon."""
        self._stale.add(ref)
        self._woken.set()

    async def run(self) -> None:
        """Follow until cancelled. Raises BackendError when the host stops answering."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._follow_marks())
            tasks.create_task(self._list_again_and_again())

    async def read_everything(self) -> None:
        """Make the inventory show all that the host has, and nothing else."""
        async with self._one_at_a_time:
            roll = await self._list()
            refs = [self._domain_ref(uuid) for uuid in roll]
            await self._read_batch(refs[:_SCREENFUL], roll)
        if rest := refs[_SCREENFUL:]:
            await asyncio.sleep(_LOOKED_AT_S)
            await self.read_domains(rest)
        await self._read_all(Kind.NETWORK)
        await self._read_all(Kind.STORAGE_POOL)

    async def _list_again_and_again(self) -> None:
        while True:
            await asyncio.sleep(LISTING_INTERVAL_S)
            async with self._one_at_a_time:
                roll = await self._list()
            for uuid in roll:
                # All of them: libvirt has no event for automatic start, nor for snapshots.
                self.mark(self._domain_ref(uuid))
            await self._read_all(Kind.NETWORK)
            await self._read_all(Kind.STORAGE_POOL)

    async def _follow_marks(self) -> None:
        while True:
            await self._woken.wait()
            await self._glance()
            await asyncio.sleep(GATHER_S)
            self._woken.clear()
            stale, self._stale = self._stale, set()
            await self.read_domains(ref for ref in stale if ref.kind is Kind.DOMAIN)
            for kind in (Kind.NETWORK, Kind.STORAGE_POOL):
                if any(ref.kind is kind for ref in stale):
                    await self._read_all(kind)

    async def _glance(self) -> None:
        """Show whether machines that run are paused; to read all of one takes ten times as long."""
        async with self._one_at_a_time:
            uuids = [ref.key for ref in self._stale if self._is_at_large(ref)]
            if not 0 < len(uuids) <= _GLANCED_MOST:
                return  # of so many nobody waits for one: the listing marks them all
            with contextlib.suppress(BackendError):  # who reads all of it says so
                told = await self._read.call(lambda c: reader.read_states(c, uuids))
                for uuid, (state, reason) in told.items():
                    known = self._inventory.find(self._domain_ref(uuid), Domain)
                    if known and state in _AT_LARGE and reason is StateReason.NORMAL:
                        self._inventory.put(replace(known, state=state))

    def _is_at_large(self, ref: Ref) -> bool:
        known = self._inventory.find(ref, Domain) if ref.kind is Kind.DOMAIN else None
        return bool(known and known.state in _AT_LARGE and known.reason is StateReason.NORMAL)

    async def _list(self) -> reader.Roll:
        """Return what is told of all machines; those that are gone are dropped.

        Nothing else is read meanwhile, or one that is just being made would be dropped.
        """
        roll = await self._read.call(reader.call_roll, deadline_s=_READ_DEADLINE_S)
        self._drop_unlisted(roll)
        return roll

    async def read_domains(self, refs: Iterable[Ref]) -> None:
        """Read machines again; returns when the inventory shows them as they are.

        One after the other, so that what was read later is what stays.
        """
        wanted = list(refs)
        async with self._one_at_a_time:
            # Called here, so that nothing is older than what somebody else has just read.
            roll = await self._list() if len(wanted) > _SCREENFUL else {}
            for start in range(0, len(wanted), _BATCH):
                await self._read_batch(wanted[start : start + _BATCH], roll)

    async def _read_batch(self, refs: list[Ref], roll: reader.Roll) -> None:
        """Read these; what the roll does not tell of one is asked of it."""
        directory, tell = self.run_directory, self._tell_definition
        asked = [ref for ref in refs if not self._guests.is_stuck(ref)]

        def read(connect: Any) -> list[_Told]:
            handles.meet(connect, (ref.key for ref in asked))
            return [_read(connect, ref, directory, tell, roll.get(ref.key)) for ref in asked]

        try:
            told = await self._monitor.call(read, deadline_s=_BATCH_DEADLINE_S)
        except HostNotAnswering:
            told = [known for ref in asked if (known := await self._read_alone(ref))]
        for ref, domain, snapshots in told:
            await self._store(ref, domain)
            self._inventory.replace(self._host, Kind.SNAPSHOT, snapshots, within=f"{ref.key}/")
        for ref in refs:
            if self._guests.is_stuck(ref):
                await self._store_stuck(ref)

    async def _read_alone(self, ref: Ref) -> "_Told | None":
        """Read a machine of a batch in which one may be stuck; None if it is this one."""
        directory, tell = self.run_directory, self._tell_definition
        try:
            return await self._guests.ask(
                ref,
                lambda connect: _read(connect, ref, directory, tell),
                deadline_s=_ALONE_DEADLINE_S,
            )
        except HostNotAnswering:
            return None

    async def _store_stuck(self, ref: Ref) -> None:
        """Show a machine whose QEMU does not answer with what libvirt knows without asking it."""
        outline = await self._read.call(lambda connect: reader.read_outline(connect, ref))
        known = self._inventory.find(ref, Domain)
        if outline is None:
            self._inventory.drop(ref)
            return
        is_running = outline.state is DomainState.RUNNING
        reason = StateReason.NOT_ANSWERING if is_running else outline.reason
        self._inventory.put(replace(known or outline, state=outline.state, reason=reason))

    async def _store(self, ref: Ref, domain: Domain | None) -> None:
        if domain is None:
            self._inventory.drop(ref)
            self._inventory.drop(ref.of(Kind.GUEST))
            return
        if domain.reason is StateReason.IO_ERROR:
            stopped = domain
            with contextlib.suppress(BackendError):
                domain = await self._guests.ask(
                    ref,
                    lambda connect: reader.with_failed_disks(connect, stopped),
                    deadline_s=_ALONE_DEADLINE_S,
                )
        self._inventory.put(domain)
        if not domain.is_active:
            self._inventory.drop(ref.of(Kind.GUEST))

    async def _read_all(self, kind: Kind) -> None:
        host = self._host
        if kind is Kind.NETWORK:
            networks = await self._read.call(lambda c: reader.read_networks(c, host))
            self._inventory.replace(host, kind, networks)
            return
        await self.read_storage()

    async def read_storage(self) -> None:
        """Read pools and volumes again; returns when the inventory shows them as they are."""
        async with self._storage_at_a_time:
            await self._read_storage()

    async def _read_storage(self) -> None:
        host = self._host
        told = await self._read.call(lambda c: reader.read_pools(c, host))
        pools = tuple(self._true(pool) for pool in told)
        self._inventory.replace(host, Kind.STORAGE_POOL, pools)
        volumes = [volume for pool in pools for volume in await self._volumes(pool)]
        self._inventory.replace(host, Kind.STORAGE_VOLUME, volumes)

    async def _volumes(self, pool: StoragePool) -> Iterable[StorageVolume]:
        # A pool can hang (a dead file server): it is treated as a stuck machine is.
        try:
            return await self._guests.ask(
                pool.ref,
                lambda connect: reader.read_volumes(connect, pool.ref),
                deadline_s=_VOLUMES_DEADLINE_S,
            )
        except BackendError:
            known = self._inventory.all(StorageVolume, self._host)
            return [volume for volume in known if volume.pool == pool.ref]

    def _drop_unlisted(self, listed: Iterable[str]) -> None:
        there = set(listed)
        for domain in self._inventory.all(Domain, self._host):
            if domain.ref.key not in there:
                self._inventory.drop(domain.ref)
                self._inventory.drop(domain.ref.of(Kind.GUEST))
                self._inventory.replace(self._host, Kind.SNAPSHOT, (), within=f"{domain.ref.key}/")

    def _domain_ref(self, uuid: str) -> Ref:
        return Ref(self._host, Kind.DOMAIN, uuid)


_Told = tuple[Ref, Domain | None, tuple[DomainSnapshot, ...]]


def _read(
    connect: Any,
    ref: Ref,
    run_directory: Path | None,
    tell: reader.Tell,
    mention: reader.Mention | None = None,
) -> _Told:
    return (ref, *reader.read_machine(connect, ref, run_directory, tell, mention))
