"""How full storage pools are: read by the kernel, beside libvirt, whose figures grow old.

A file server that is dead holds up whoever asks it: such a pool is set apart, as stuck machines
are.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from backend.errors import BackendError
from backend.host.guests import Guests
from backend.host.rounds import DEADLINE_S, Rounds
from backend.host.turns import Wanted
from backend.hypervisor import room
from backend.hypervisor.room import Room
from backend.inventory import Inventory
from backend.measures import Measure
from backend.model import Ref, StoragePool
from backend.series import Sample

WATCHED_S: Final = 3.0
LISTED_S: Final = 10.0
"""Where the whole host is looked at: each is a round trip to a server by SSH."""
KEPT_S: Final = 60.0
_OLD_S: Final = 3 * KEPT_S


class Rooms:
    """The room in one host's pools."""

    def __init__(
        self, inventory: Inventory, guests: Guests, tell: Callable[[tuple[Sample, ...]], None]
    ) -> None:
        self._inventory = inventory
        self._guests = guests
        self._tell = tell
        self._known: dict[Ref, tuple[float, Room]] = {}
        self._told: dict[Ref, StoragePool] = {}
        self._rounds = Rounds(self._read)
        self.run = self._rounds.run

    def look(self, pools: Iterable[StoragePool], wanted: Wanted) -> None:
        """Have those read that are due; returns at once."""
        pools = tuple(pools)
        for gone in self._told.keys() - {pool.ref for pool in pools}:
            self._rounds.forget(gone)
            for kept in (self._told, self._known):
                kept.pop(gone, None)
        self._rounds.add(
            pool.ref for pool in pools if self._rounds.is_due(pool.ref, _interval_s(pool, wanted))
        )

    def true(self, pool: StoragePool) -> StoragePool:
        """Return what libvirt tells of a pool with the room that was read lately, if any was."""
        if self._told.get(pool.ref) != pool:
            # Something was made or deleted there, which was not yet so when it was read: whoever
            # deletes a disk to make room for another must not hear that there is none.
            self._told[pool.ref] = pool
            self._known.pop(pool.ref, None)
            if self._rounds.forget(pool.ref) and _is_told_of(pool):
                self._rounds.add([pool.ref])
        at, found = self._known.get(pool.ref, (float("-inf"), None))
        if found is None or not pool.is_active or time.monotonic() - at > _OLD_S:
            return pool
        return _with_room(pool, found)

    async def _read(self, ref: Ref) -> None:
        pool = self._told.get(ref)
        if pool is None:
            return
        try:
            found = await self._guests.ask(
                ref, lambda connect: room.read(connect, pool.path), deadline_s=DEADLINE_S
            )
        except BackendError:
            return  # what is known of it by libvirt stays, and its volumes say what is wrong
        now = self._inventory.find(pool.ref, StoragePool)
        if now is None or now.path != pool.path:
            return  # deleted meanwhile, and maybe made anew elsewhere
        if found is None:
            self._known.pop(pool.ref, None)
            # Whose server is dead, say: who looks does not have it asked each time.
            self._rounds.put_off(ref, KEPT_S - WATCHED_S)
            return
        self._known[pool.ref] = (time.monotonic(), found)
        if now.is_active:
            # A figure waits for what is to be told in any case.
            self._tell((_sample(pool.ref, found),))
            self._inventory.put(_with_room(now, found))


def _interval_s(pool: StoragePool, wanted: Wanted) -> float | None:
    if not _is_told_of(pool):
        return None
    if pool.ref.key in wanted.singles:
        return WATCHED_S
    if wanted.is_host_watched:
        return LISTED_S
    return KEPT_S if wanted.is_kept else None


def _is_told_of(pool: StoragePool) -> bool:
    return pool.is_active and pool.type in room.IN_FOLDERS


def _with_room(pool: StoragePool, found: Room) -> StoragePool:
    return replace(
        pool, capacity_bytes=found.size_bytes, allocation_bytes=found.used_bytes,
        available_bytes=found.free_bytes,
    )  # fmt: skip


def _sample(ref: Ref, found: Room) -> Sample:
    figures = {
        (Measure.POOL_USED, ""): float(found.used_bytes),
        (Measure.POOL_FREE, ""): float(found.free_bytes),
        (Measure.POOL_SIZE, ""): float(found.size_bytes),
    }
    return Sample(ref, time.monotonic(), figures, when=time.time())
