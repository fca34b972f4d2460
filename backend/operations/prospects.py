"""What can be added to a machine and taken away from it, now and at its next start, and why not.

`look` asks the host; `weigh` is pure.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from backend import defaults
from backend.devices import (
    VIRTIO_MEM,
    Choice,
    Device,
    DeviceKind,
    Offer,
    PoolChoice,
    Prospects,
    Removable,
)
from backend.errors import BackendError, Problem
from backend.host.managed import ManagedHost
from backend.hypervisor import abilities, commands
from backend.kinds import catalogue
from backend.kinds.moment import Abilities, HostFacts, Room
from backend.memory import MemoryModule
from backend.model import Disk, Domain, DomainConfiguration, Network, Nic, Ref, StoragePool
from backend.operations import growth, part_offers
from backend.operations.domain import known
from backend.operations.part_offers import Moments
from backend.parts import Part
from backend.refusals import (
    BusNotHotPluggable,
    HasSavedState,
    NetworkInactive,
    NoController,
    NoFreeSlot,
    NotDefined,
    NoVlans,
    PoolInactive,
    PoolUnfit,
)
from backend.shortages import MemoryStays
from backend.xmldesc import devices

T = TypeVar("T")
AnyPart = Nic | Disk | MemoryModule | Part
"""A device of a machine that can come and go."""
ASK_DEADLINE_S = 10.0
_FILE_POOLS = ("dir", "fs", "netfs", "gluster")
# Open vSwitch apart: adapters that are passed on tag in hardware.
_ON_SLOTS = frozenset({"virtio"})
_CONTROLLERS = {"scsi": ("scsi", "virtio-scsi"), "usb": ("usb", "")}


@dataclass(frozen=True, slots=True)
class _When:
    """Why nothing at all can be changed: as it runs, and at the next start."""

    now: Problem | None
    next_start: Problem | None


async def look(host: ManagedHost, ref: Ref) -> Prospects:
    """Return what can be added and removed, at this moment. Raises Gone."""
    await host.read_now(ref)
    domain = known(host, ref)
    live, lasting, facts = await asyncio.gather(
        read_room(host, domain), read_lasting_room(host, domain), read_host(host, domain)
    )
    return weigh(
        domain,
        live,
        tuple(host.inventory.all(Network, ref.host)),
        tuple(host.inventory.all(StoragePool, ref.host)),
        part_offers.moments(domain, live, lasting, facts),
    )


async def read_moments(host: ManagedHost, domain: Domain) -> Moments:
    """Return a machine as it runs and as it starts next, with what its host has for it."""
    live, lasting, facts = await asyncio.gather(
        read_room(host, domain), read_lasting_room(host, domain), read_host(host, domain)
    )
    return part_offers.moments(domain, live, lasting, facts)


async def read_host(host: ManagedHost, domain: Domain) -> HostFacts:
    """Return what a host has and can for a machine; what it does not tell in time is not known."""
    made_of = domain.configuration
    words = (made_of.architecture, made_of.machine, made_of.accelerator) if made_of else ("",) * 3
    key = domain.ref.key
    can, found, nodes, ends_it = await asyncio.gather(
        _ask(host, lambda c: abilities.read_abilities(c, *words), Abilities()),
        _ask(host, abilities.read_devices, None),
        _ask(host, lambda c: abilities.read_nodes(c, catalogue.STANDS_ON), None),
        # Rather not while it runs than a server that is away.
        _ask(host, lambda c: domain.is_active and abilities.share_ends_it(c, key), otherwise=True),
    )
    return HostFacts(can, found, tuple(_taken_by_others(host, domain)), nodes, ends_it)


async def _ask(host: ManagedHost, question: Callable[[Any], T], otherwise: T) -> T:
    try:
        return await host.ask(question, deadline_s=ASK_DEADLINE_S)
    except BackendError:
        return otherwise


def _taken_by_others(host: ManagedHost, domain: Domain) -> Iterator[tuple[str, Part]]:
    for other in host.inventory.all(Domain, domain.ref.host):
        if other.ref != domain.ref and other.live:
            yield from ((other.name, p) for p in other.live.parts if p.tag == "hostdev")


async def read_lasting_room(host: ManagedHost, domain: Domain) -> Room | None:
    """Return what a machine has at its next start; None: it has no definition."""
    if not domain.is_persistent:
        return None
    key = domain.ref.key
    text = await host.ask(lambda c: commands.describe_next_start(c, key), deadline_s=ASK_DEADLINE_S)
    return devices.read_room(text)


async def read_room(host: ManagedHost, domain: Domain) -> Room | None:
    """Return what a machine that runs has to plug into; None: it is off."""
    if not domain.is_active:
        return None
    key = domain.ref.key
    text = await host.guests.ask(
        domain.ref, lambda c: commands.describe_live(c, key), deadline_s=ASK_DEADLINE_S
    )
    return devices.read_room(text)


def weigh(
    domain: Domain,
    room: Room | None,
    networks: tuple[Network, ...],
    pools: tuple[StoragePool, ...],
    at: Moments | None = None,
) -> Prospects:
    """Return what can be added to a machine with that room, on a host that has these."""
    when = _when(domain)
    made_of = domain.configuration
    machine = made_of.machine if made_of else ""
    at = at or part_offers.moments(domain, room, None, HostFacts())
    at = replace(at, against_now=when.now, against_next=when.next_start)
    return Prospects(
        is_running=domain.is_active,
        offers=(
            _offer_nic(domain, room, when, machine),
            _offer(DeviceKind.DISK, _disk_buses(domain, room, made_of), when),
            _offer(DeviceKind.DVD_DRIVE, _dvd_buses(domain, room), when),
            *part_offers.offers(at),
            *growth.offers(domain, room, when.now, when.next_start),
        ),
        switches=switches(networks),
        pools=tuple(pool_choice(pool) for pool in sorted(pools, key=lambda pool: pool.name)),
        removables=(*_removables(domain, when), *part_offers.removables(domain, at)),
        slots=room.slots if room else None,
        free_slots=room.free_slots if room else None,
        vlans=tuple(vlans(networks)),
        growth=growth.measure(domain),
        lacking=growth.lacking(domain),
    )


def _when(domain: Domain) -> _When:
    undefined = None if domain.is_persistent else NotDefined(name=domain.name).problem
    saved = HasSavedState(name=domain.name).problem if domain.has_saved_state else None
    next_start = undefined or saved
    # Of a machine that is off there is nothing to change but its next start.
    return _When(None if domain.is_active else next_start, next_start)


def _offer(kind: DeviceKind, choices: tuple[Choice, ...], when: _When) -> Offer:
    """Return a kind that can be added if one of the choices can."""
    now = when.now or _first_reason([choice.now for choice in choices])
    return Offer(kind, choices, now, when.next_start)


def _first_reason(reasons: list[Problem | None]) -> Problem | None:
    return next((r for r in reasons if r), None) if all(reasons) else None


def _offer_nic(domain: Domain, room: Room | None, when: _When, machine: str) -> Offer:
    full = _full(domain, room)
    made_of = domain.configuration
    known_models = {nic.model for nic in made_of.nics} if made_of else set[str]()
    models = defaults.nic_models(machine, known_models)
    return _offer(
        DeviceKind.NETWORK_ADAPTER, tuple(Choice(model, now=full) for model in models), when
    )


def _full(domain: Domain, room: Room | None) -> Problem | None:
    is_full = room is not None and room.free_slots == 0
    return NoFreeSlot(name=domain.name).problem if is_full else None


def _disk_buses(
    domain: Domain, room: Room | None, made_of: DomainConfiguration | None
) -> tuple[Choice, ...]:
    used = {disk.bus for disk in made_of.disks if disk.device == "disk"} if made_of else set[str]()
    buses = defaults.disk_buses(used)
    choices = tuple(Choice(bus, now=bus_problem(domain, room, bus)) for bus in buses)
    # What goes now is what suits a machine that runs.
    return tuple(sorted(choices, key=lambda choice: choice.now is not None))


def _dvd_buses(domain: Domain, room: Room | None) -> tuple[Choice, ...]:
    buses = ("sata", "scsi", "usb")
    choices = tuple(Choice(bus, now=bus_problem(domain, room, bus)) for bus in buses)
    return tuple(sorted(choices, key=lambda choice: choice.now is not None))


def bus_problem(domain: Domain, room: Room | None, bus: str) -> Problem | None:
    """Return why no drive can be put on a bus of a machine as it runs; None: it can."""
    if room is None:
        return None
    if bus in _ON_SLOTS:
        return _full(domain, room)
    if bus not in _CONTROLLERS:
        return BusNotHotPluggable(bus=bus).problem
    return None if room.has_controller(*_CONTROLLERS[bus]) else NoController(bus=bus).problem


def switches(networks: Iterable[Network]) -> tuple[Choice, ...]:
    """Return what an adapter can be plugged into, and why not; what is active comes first."""
    found = []
    for network in sorted(networks, key=lambda network: (not network.is_active, network.name)):
        off = None if network.is_active else NetworkInactive(name=network.name).problem
        found.append(Choice(network.name, off, off))
    return (*found, Choice(defaults.USER_NETWORK))


def pool_choice(pool: StoragePool) -> PoolChoice:
    """Return a pool for new disks, and why it is none."""
    return PoolChoice(pool.ref, pool.name, pool.path, pool.available_bytes, pool_problem(pool))


def pool_problem(pool: StoragePool) -> Problem | None:
    """Return why no disk can be made in a pool; None: it can."""
    if not pool.is_active:
        return PoolInactive(name=pool.name).problem
    if pool.type not in _FILE_POOLS:
        return PoolUnfit(name=pool.name, type=pool.type).problem
    return None


def _removables(domain: Domain, when: _When) -> tuple[Removable, ...]:
    live, lasting = domain.live, domain.next_start
    made_of = live or lasting
    if made_of is None:
        return ()
    kept = {device_of(part) for part in _drives(lasting)} if lasting else set[Device]()
    found = []
    for part in _drives(made_of):
        device = device_of(part)
        is_lasting = device in kept
        now = when.now or (_unplug_problem(part) if domain.is_active else None)
        next_start = when.next_start or (
            None if is_lasting else NotDefined(name=domain.name).problem
        )
        found.append(Removable(device, detail(part), now, next_start))
    return tuple(found)


def _drives(made_of: DomainConfiguration) -> tuple[Nic | Disk | MemoryModule, ...]:
    return (*made_of.nics, *made_of.disks, *growth.known_modules(made_of))


def vlans(networks: tuple[Network, ...]) -> Iterator[Choice]:
    """Yield each switch, with why its adapters can be in no VLAN."""
    for network in networks:
        problem = None if network.knows_vlans else NoVlans(name=network.name).problem
        yield Choice(network.name, problem, problem)
    none = NoVlans(name=defaults.USER_NETWORK).problem
    yield Choice(defaults.USER_NETWORK, none, none)


def parts_of(made_of: DomainConfiguration) -> tuple[AnyPart, ...]:
    """Return the devices of a configuration that can come and go."""
    others = (part for part in made_of.parts if catalogue.kind_of(part))
    return (*_drives(made_of), *others)


def device_of(part: AnyPart) -> Device:
    """Return what a device of a machine is named by."""
    if isinstance(part, Part):
        found = catalogue.device_of(part)
        if found is None:
            raise ValueError(part.tag)
        return found
    if isinstance(part, Nic):
        return Device(DeviceKind.NETWORK_ADAPTER, part.mac)
    if isinstance(part, MemoryModule):
        return growth.module_device(part)
    kind = DeviceKind.DVD_DRIVE if part.device == "cdrom" else DeviceKind.DISK
    return Device(kind, part.target)


def detail(part: AnyPart) -> tuple[str, ...]:
    """Return what one knows a device by: model and switch, bus and file, or model and size."""
    if isinstance(part, MemoryModule):
        return (part.model, f"{part.size_bytes // 2**20} MiB")
    if isinstance(part, Part):
        return catalogue.detail(part)
    words = (part.model, part.source) if isinstance(part, Nic) else (part.bus, part.source)
    return tuple(word for word in words if word)


def _unplug_problem(part: Nic | Disk | MemoryModule) -> Problem | None:
    if isinstance(part, MemoryModule):
        # QEMU lets a module go, and of one that shrinks only its memory.
        stays = MemoryStays(device=part.alias).problem
        return stays if part.model == VIRTIO_MEM else None
    if isinstance(part, Nic) or part.bus in _ON_SLOTS or part.bus in _CONTROLLERS:
        return None
    return BusNotHotPluggable(bus=part.bus).problem
