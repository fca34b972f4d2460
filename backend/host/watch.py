"""Reads figures while somebody wants them: of those who are looked at first, and of no others.

A stuck QEMU blocks the first call that asks it something. Such a machine is found and set apart
(see `guests`), and the others are read on without it. A host that is slow is asked less often.
"""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final

from backend.errors import BackendError, HostNotAnswering
from backend.host.bearing import Bearing
from backend.host.guests import Guests
from backend.host.inside import Inside
from backend.host.rooms import Rooms
from backend.host.turns import Turns, Wanted
from backend.hypervisor import figures
from backend.hypervisor.connection import Connection
from backend.hypervisor.figures import Reading
from backend.inventory import Inventory
from backend.model import Domain, Kind, Ref, StoragePool
from backend.series import Sample
from backend.stats import Bearer, Meter

Ask = tuple[Sequence[str], int]
"""Machines, and which groups of figures are asked of them."""

_CHEAP_TOGETHER: Final = 200
_TOGETHER: Final = 8
_FEW: Final = 2 * _TOGETHER
"""So many machines are asked by one call after another, by one thread: several that come to one
another's help cost more than a few guests do, and each delivery has the screen painted."""
_AT_ONCE: Final = 3
"""So many calls at once: four are libvirt's best, and one is left for who asks something else."""
_GATHERED_S: Final = 0.5
"""So long a figure waits for the others of its look, if they are slow."""
_DEADLINE_S: Final = 3.0
_PROBE_DEADLINE_S: Final = 1.5
_BACK_OFF_MAXIMUM_S: Final = 30.0
_DOUBLED_MOST: Final = 10
"""More would be no number some day."""
_SINGLE: Final = (Kind.DOMAIN, Kind.STORAGE_POOL)


class Watcher:
    """A host's figures, for those who look and for the history."""

    def __init__(
        self,
        host: str,
        inventory: Inventory,
        monitor: Connection,
        guests: Guests,
        tell: Callable[[tuple[Sample, ...]], None],
    ) -> None:
        self._host = host
        self._inventory = inventory
        self._monitor = monitor
        self._guests = guests
        self._tell = tell
        self._watched: Counter[Ref] = Counter()
        self._is_kept = False
        self._was_held_up = False
        self._changed = asyncio.Event()
        self._turns = Turns()
        self._bearing = Bearing(host, monitor)
        self._inside = Inside(inventory, guests, tell)
        self.rooms = Rooms(inventory, guests, tell)
        self._meters: dict[Ref, Meter] = {}
        self._fresh: list[Sample] = []

    def watch(self, ref: Ref) -> None:
        """Read this machine's or pool's (a host: all of its) figures until `unwatch`."""
        self._watched[ref] += 1
        self._changed.set()

    def unwatch(self, ref: Ref) -> None:
        """End one `watch`."""
        self._watched[ref] -= 1
        self._watched += Counter()  # drops what counts zero

    def keep(self) -> None:
        """Read all machines' figures every ten seconds from now on, whoever looks."""
        self._is_kept = True
        self._changed.set()

    @property
    def wanted(self) -> Wanted:
        """What somebody wants at the moment."""
        singles = frozenset(ref.key for ref in self._watched if ref.kind in _SINGLE)
        is_host_watched = any(ref.kind is Kind.HOST for ref in self._watched)
        return Wanted(singles, is_host_watched, self._is_kept)

    async def run(self) -> None:
        """Read on and on while somebody wants it, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._inside.run())
            tasks.create_task(self.rooms.run())
            await self._run()

    async def _run(self) -> None:
        failed = 0
        while True:
            self._changed.clear()
            if not self.wanted:
                self._meters.clear()
                self._turns.forget()
                await self._changed.wait()
            began = time.monotonic()
            try:
                await self._tick()
                failed = 0
            except BackendError:
                # The reader sees a lost host and says so; figures just stay away.
                failed += 1
            # Who held it up is set apart by now, and the others have waited long enough.
            took_s = 0.0 if self._was_held_up else time.monotonic() - began
            self._was_held_up = False
            await self._pause(pause_s(self.wanted.interval_s, took_s, failed))

    async def _pause(self, seconds: float) -> None:
        # Who begins to look does not wait for the history's time.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                self._changed.clear()
                await self._changed.wait()

    async def _tick(self) -> None:
        running = {
            domain.ref.key: domain
            for domain in self._inventory.all(Domain, self._host)
            if domain.is_active and not self._guests.is_stuck(domain.ref)
        }
        self._drop_meters(running)
        self._inside.look(running.values(), self.wanted)
        self.rooms.look(self._inventory.all(StoragePool, self._host), self.wanted)
        turn = self._turns.next(time.monotonic(), running.keys(), self.wanted)
        asked: list[Ask] = [(part, figures.FULL) for part in _parts(turn.full, _TOGETHER)]
        asked += ((part, figures.LISTED) for part in _parts(sorted(turn.cheap), _CHEAP_TOGETHER))
        is_one = len(turn.full) + len(turn.cheap) <= _FEW
        calls = asyncio.Semaphore(1 if is_one else _AT_ONCE)
        reads = (self._read(one, running, calls) for one in ((asked,) if is_one else zip(asked)))
        delivery = asyncio.get_running_loop().call_later(_GATHERED_S, self._deliver)
        try:
            # One that fails ends none of the others: a call that is given up costs a thread.
            # The host's own come last: its files may be long in coming, or a disk be dead.
            ended = await asyncio.gather(*reads, self._read_host(calls), return_exceptions=True)
        finally:
            delivery.cancel()
        self._deliver()
        for failure in ended:
            if failure is not None:
                raise failure

    def _deliver(self) -> None:
        """Tell at once what was read of one look so far."""
        fresh, self._fresh = tuple(self._fresh), []
        if fresh:
            self._tell(fresh)

    def _drop_meters(self, running: Collection[str]) -> None:
        for ref in [ref for ref in self._meters if ref.key not in running]:
            del self._meters[ref]

    async def _read(
        self, asks: Sequence[Ask], running: dict[str, Domain], calls: asyncio.Semaphore
    ) -> None:
        if not asks:
            return

        def read_all(connect: object) -> dict[str, Reading]:
            told: dict[str, Reading] = {}
            for uuids, groups in asks:
                told |= figures.read_some(connect, uuids, groups)
            return told

        async with calls:
            try:
                read = await self._monitor.call(read_all, deadline_s=_DEADLINE_S)
            except HostNotAnswering:
                await self._find_stuck([uuid for uuids, _groups in asks for uuid in uuids])
                self._was_held_up = True
                return
        self._publish(read, running)

    async def _find_stuck(self, uuids: Iterable[str]) -> None:
        """Ask one machine after another; the one that does not answer is set apart."""
        for uuid in sorted(uuids):
            with contextlib.suppress(BackendError):
                await self._guests.ask(
                    Ref(self._host, Kind.DOMAIN, uuid),
                    lambda connect, uuid=uuid: figures.wait_for_answer(connect, uuid),  # type: ignore[misc]
                    deadline_s=_PROBE_DEADLINE_S,
                )

    async def _read_host(self, calls: asyncio.Semaphore) -> None:
        async with calls:
            sample = await self._bearing.read(self.wanted)
        if sample:
            self._fresh.append(sample)

    def _publish(self, read: dict[str, Reading], running: dict[str, Domain]) -> None:
        ahead_s = time.time() - time.monotonic()
        for uuid, (at, told) in read.items():
            domain = running[uuid]
            # The record's own: what is the very same is found in a dict without a comparison.
            ref = domain.ref
            if (meter := self._meters.get(ref)) is None:
                meter = self._meters[ref] = Meter(ref)
            self._fresh.append(meter.read(at, told, _bearer(domain), at + ahead_s))


def pause_s(interval_s: float, took_s: float, failed: int) -> float:
    """Return how long nothing is asked after a look that took so long, or the n-th that failed.

    A host that is slow is left in peace for as long as it took; one that fails, ever longer.
    """
    if failed:
        return min(_BACK_OFF_MAXIMUM_S, interval_s * 2.0 ** min(failed, _DOUBLED_MOST))
    return max(interval_s - took_s, took_s, interval_s / 20)


def _parts(uuids: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    return (uuids[start : start + size] for start in range(0, len(uuids), size))


def _bearer(domain: Domain) -> Bearer:
    made = domain.configuration
    if made is None:
        return Bearer(since=domain.started_at)
    adapters = {nic.target: nic.mac for nic in made.nics if nic.target and nic.mac}
    return Bearer(max(1, made.vcpus), adapters, domain.started_at)
