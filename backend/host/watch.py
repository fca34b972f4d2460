"""Reads figures while somebody looks: of all of a host's machines cheaply, of single ones fully.

A stuck QEMU blocks the first call that asks it something. Such a machine is found and set apart
(see `guests`), and the others are read on without it.
"""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeVar

from backend.errors import BackendError, HostNotAnswering
from backend.host.guests import Guests
from backend.hypervisor import figures
from backend.hypervisor.connection import Connection
from backend.inventory import Inventory
from backend.model import Domain, DomainState, Guest, Kind, Ref
from backend.series import Sample
from backend.stats import Bearer, Meter

T = TypeVar("T")

INTERVAL_S = 1.0
GUEST_INTERVAL_S = 5.0
DISKS_IN_TURN = 8
_TOGETHER = 200
_DEADLINE_S = 3.0
_PROBE_DEADLINE_S = 1.5


class Watcher:
    """A host's figures, for those who look."""

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
        self._changed = asyncio.Event()
        self._meters: dict[Ref, Meter] = {}
        self._guest_read_at: dict[Ref, float] = {}
        self._last_in_turn = ""

    def watch(self, ref: Ref) -> None:
        """Read this machine's (a host: all its machines') figures until `unwatch`."""
        self._watched[ref] += 1
        self._changed.set()

    def unwatch(self, ref: Ref) -> None:
        """End one `watch`."""
        self._watched[ref] -= 1
        self._watched += Counter()  # drops what counts zero

    async def run(self) -> None:
        """Read on and on while somebody looks, until cancelled."""
        while True:
            if not self._watched:
                self._meters.clear()
                self._changed.clear()
                await self._changed.wait()
            began = time.monotonic()
            try:
                await self._tick()
            except BackendError:
                # The reader sees a lost host and says so; figures just stay away.
                await asyncio.sleep(INTERVAL_S)
            await asyncio.sleep(max(0.05, INTERVAL_S - (time.monotonic() - began)))

    async def _tick(self) -> None:
        running = {
            domain.ref.key: domain
            for domain in self._inventory.all(Domain, self._host)
            if domain.is_active and not self._guests.is_stuck(domain.ref)
        }
        singles = {ref.key for ref in self._watched if ref.kind is Kind.DOMAIN} & set(running)
        read: dict[str, figures.Figures] = {}
        if any(ref.kind is Kind.HOST for ref in self._watched):
            others = set(running) - singles
            in_turn = self._next_in_turn(others)
            read |= await self._read(others - in_turn, figures.LISTED)
            read |= await self._read(in_turn, figures.LISTED | figures.BLOCK)
        if singles:
            read |= await self._read(singles, figures.FULL)
        self._publish(read, running)
        for uuid in singles:
            await self._read_guest(running[uuid])

    def _next_in_turn(self, uuids: set[str]) -> set[str]:
        """Return those whose disks are read now: asking QEMU for them costs most of all."""
        order = sorted(uuids)
        after = [uuid for uuid in order if uuid > self._last_in_turn]
        turn = (after + order)[: min(DISKS_IN_TURN, len(order))]
        self._last_in_turn = turn[-1] if turn else ""
        return set(turn)

    async def _read(self, uuids: set[str], groups: int) -> dict[str, figures.Figures]:
        # A deadline is for so many as can be read in it.
        order, read = sorted(uuids), dict[str, figures.Figures]()
        for start in range(0, len(order), _TOGETHER):
            read |= await self._read_together(set(order[start : start + _TOGETHER]), groups)
        return read

    async def _read_together(self, uuids: set[str], groups: int) -> dict[str, figures.Figures]:
        try:
            return await self._monitor.call(
                lambda connect: figures.read_some(connect, uuids, groups),
                deadline_s=_DEADLINE_S,
            )
        except HostNotAnswering:
            await self._find_stuck(uuids)
            return {}

    async def _find_stuck(self, uuids: Iterable[str]) -> None:
        """Ask one machine after another; the one that does not answer is set apart."""
        for uuid in sorted(uuids):
            with contextlib.suppress(BackendError):
                await self._guests.ask(
                    Ref(self._host, Kind.DOMAIN, uuid),
                    lambda connect, uuid=uuid: figures.wait_for_answer(connect, uuid),  # type: ignore[misc]
                    deadline_s=_PROBE_DEADLINE_S,
                )

    def _publish(self, read: dict[str, figures.Figures], running: dict[str, Domain]) -> None:
        at = time.monotonic()
        samples = []
        for uuid, told in read.items():
            ref = Ref(self._host, Kind.DOMAIN, uuid)
            meter = self._meters.setdefault(ref, Meter(ref))
            samples.append(meter.read(at, told, _bearer(running[uuid]), time.time()))
        if samples:
            self._tell(tuple(samples))

    async def _read_guest(self, domain: Domain) -> None:
        now = time.monotonic()
        ref = domain.ref
        is_due = now - self._guest_read_at.get(ref, -GUEST_INTERVAL_S) >= GUEST_INTERVAL_S
        if domain.state is not DomainState.RUNNING or not is_due:
            return
        self._guest_read_at[ref] = now
        guest: Guest = await self._guests.ask(
            ref, lambda connect: figures.read_guest(connect, ref.of(Kind.GUEST)), deadline_s=8.0
        )
        known = self._inventory.find(ref, Domain)
        if known and known.is_active:
            self._inventory.put(guest)


def _bearer(domain: Domain) -> Bearer:
    made = domain.configuration
    if made is None:
        return Bearer(since=domain.started_at)
    adapters = {nic.target: nic.mac for nic in made.nics if nic.target and nic.mac}
    return Bearer(max(1, made.vcpus), adapters, domain.started_at)
