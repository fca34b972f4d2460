"""A device that is to be added, with every choice made, before anything is made."""

import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from backend import defaults
from backend.devices import (
    CpuSpec,
    Device,
    DeviceKind,
    DeviceSpec,
    DvdSpec,
    ExistingDiskSpec,
    MemorySpec,
    NewDiskSpec,
    NicSpec,
    Offer,
    PartSpec,
    When,
)
from backend.errors import NetworkMissing, PoolMissing, Problem, ProblemError
from backend.host.managed import ManagedHost
from backend.kinds import catalogue
from backend.kinds.moment import Moment, Room
from backend.memory import MemoryModule
from backend.model import Disk, Domain, Network, Nic, StoragePool
from backend.operations import growth, part_offers, placement, planning, prospects, uses, volumes
from backend.operations.domain import hidden_definition, known
from backend.operations.growth import PlannedGrowth
from backend.operations.prospects import device_of
from backend.operations.volumes import PlannedVolume
from backend.parts import Part
from backend.refusals import ImageInUse, NotDefined, NoVlans
from backend.xmldesc import devices


@dataclass(frozen=True, slots=True)
class PlannedDevice:
    """A device to be added: `part` has an alias of ours, by which it is found again.

    `volume` is made for it in `pool` before; None: nothing is made. With `is_written` libvirt has
    no command for it, and the definition is written anew with it and what comes with it: `others`,
    and what stands elsewhere in it, `needs`.
    """

    part: Nic | Disk | Part | MemoryModule
    pool: StoragePool | None = None
    volume: PlannedVolume | None = None
    others: tuple[Part, ...] = ()
    needs: tuple[tuple[str, str], ...] = ()
    is_written: bool = False

    @property
    def device(self) -> Device:
        """What it is named by."""
        return device_of(self.part)

    @property
    def description(self) -> str:
        """It, as libvirt takes it."""
        if isinstance(self.part, Part):
            return devices.dump_part(self.part)
        if isinstance(self.part, Nic):
            return devices.dump_nic(self.part)
        if isinstance(self.part, MemoryModule):
            return devices.dump_memory(self.part)
        return devices.dump_disk(self.part)

    def written_into(self, description: str) -> str:
        """Return a definition with it."""
        added = (self.part,) if isinstance(self.part, Part) else ()
        return devices.with_parts(description, (*added, *self.others), self.needs)


@dataclass(frozen=True, slots=True)
class DevicePlan:
    """Devices to be added: to the machine as it runs, to its definition, or to both.

    `definition` is what it is at last where it is written anew, with what is secret in it hidden.
    """

    devices: tuple[PlannedDevice | PlannedGrowth, ...]
    is_live: bool
    is_lasting: bool
    definition: str = ""


async def plan(
    host: ManagedHost, domain: Domain, specs: tuple[DeviceSpec, ...], when: When
) -> DevicePlan:
    """Decide everything. Raises why one of them cannot be added then."""
    offers = await prospects.look(host, domain.ref)
    domain = known(host, domain.ref)  # as it is by now
    is_live = domain.is_active and when is When.NOW
    room = await prospects.read_room(host, domain) if is_live else None
    for made in specs:
        _require_offer(offers.offer(_kind_of(made)), is_live=is_live)
    if not is_live and not domain.is_persistent:
        raise NotDefined(name=domain.name)
    moment = await _moment(host, domain, specs, is_live=is_live)
    taken = {disk.target for made_of in uses.made_of(domain) for disk in made_of.disks}
    names: set[str] = set()
    planned: list[PlannedDevice | PlannedGrowth] = []
    for made in specs:
        if isinstance(made, (MemorySpec, CpuSpec)):
            planned.append(await _plan_growth(host, domain, made, room))
            continue
        if isinstance(made, PartSpec):
            one = _plan_part(made, moment)
            moment = _with(moment, one)
        else:
            one = await _plan_one(host, domain, made, room, taken, names)
        if isinstance(one.part, Disk):
            taken.add(one.part.target)
        planned.append(one)
    text = await _written(host, domain, planned)
    return DevicePlan(tuple(planned), is_live, domain.is_persistent, text)


async def _moment(
    host: ManagedHost, domain: Domain, specs: tuple[DeviceSpec, ...], *, is_live: bool
) -> Moment | None:
    """Return what the declared kinds judge, if one of them is wanted."""
    if not any(isinstance(made, PartSpec) for made in specs):
        return None
    return (await prospects.read_moments(host, domain)).at(is_live=is_live)


def _plan_part(made: PartSpec, moment: Moment | None) -> PlannedDevice:
    if moment is None:
        raise ValueError(made)
    kind, parts = catalogue.find(made.kind), part_offers.make(made, moment)
    if kind is None or kind.has_alias:
        parts = tuple(replace(part, alias=_alias()) for part in parts)
    first, *others = parts
    needs = kind.needs(first) if kind and not moment.is_live else ()
    has_them = moment.room is not None and moment.room.is_memory_shared
    is_written = kind is not None and (kind.is_written or (bool(needs) and not has_them))
    return PlannedDevice(first, others=tuple(others), needs=needs, is_written=is_written)


def _with(moment: Moment | None, one: PlannedDevice) -> Moment | None:
    if moment is None:
        return None
    added = (one.part,) if isinstance(one.part, Part) else ()
    return replace(moment, parts=(*moment.parts, *added, *one.others))


async def _written(
    host: ManagedHost, domain: Domain, planned: list[PlannedDevice | PlannedGrowth]
) -> str:
    """Return the definition with those devices that are written into it; "" if there are none."""
    found = [one for one in planned if isinstance(one, PlannedDevice) and one.is_written]
    if not found:
        return ""
    text = await hidden_definition(host, domain.ref)
    for one in found:
        text = one.written_into(text)
    return text


async def _plan_growth(
    host: ManagedHost, domain: Domain, made: MemorySpec | CpuSpec, room: Room | None
) -> PlannedDevice | PlannedGrowth:
    if room is None:
        text = await hidden_definition(host, domain.ref)
        return growth.plan_next_start(domain, made, text, growth.most(domain, host.record))
    found = growth.plan_live(domain, made, room, _alias())
    return PlannedDevice(found) if isinstance(found, MemoryModule) else found


def _kind_of(made: DeviceSpec) -> DeviceKind:
    if isinstance(made, PartSpec):
        return made.kind
    if isinstance(made, MemorySpec):
        return DeviceKind.MEMORY
    if isinstance(made, CpuSpec):
        return DeviceKind.PROCESSORS
    if isinstance(made, NicSpec):
        return DeviceKind.NETWORK_ADAPTER
    return DeviceKind.DVD_DRIVE if isinstance(made, DvdSpec) else DeviceKind.DISK


def _require_offer(offer: Offer, *, is_live: bool) -> None:
    problem = offer.now if is_live else offer.next_start
    if problem:
        raise ProblemError(problem)


async def _plan_one(
    host: ManagedHost,
    domain: Domain,
    made: NicSpec | NewDiskSpec | ExistingDiskSpec | DvdSpec,
    room: Room | None,
    taken: set[str],
    names: set[str],
) -> PlannedDevice:
    if isinstance(made, NicSpec):
        return PlannedDevice(_nic(host, domain, made))
    bus = made.bus or _first_bus(domain, room, made)
    _require(prospects.bus_problem(domain, room, bus))
    target, alias = defaults.free_target(bus, frozenset(taken)), _alias()
    if isinstance(made, NewDiskSpec):
        pool = _pool(host, made.pool)
        stem = made.name or f"{domain.name}-{target}"
        name = await volumes.free_name(host, pool, stem, made.format, names)
        disk = Disk(target, bus, "disk", str(Path(pool.path) / name), made.format, alias)
        return PlannedDevice(disk, pool, PlannedVolume(name, made.format, made.size_bytes))
    if isinstance(made, ExistingDiskSpec):
        if user := await placement.user_of(host, made.path):
            raise ImageInUse(path=made.path, name=user)
        image = await placement.look_in_place(host, Path(made.path))
        return PlannedDevice(Disk(target, bus, "disk", str(image.path), image.format, alias))
    drive = Disk(target, bus, "cdrom", made.path, "raw", alias, is_read_only=True)
    keeps_owner = made.path != "" and await placement.keeps_its_owner(host, Path(made.path))
    return PlannedDevice(replace(drive, keeps_owner=keeps_owner))


def _require(problem: Problem | None) -> None:
    if problem:
        raise ProblemError(problem)


def _first_bus(domain: Domain, room: Room | None, made: DeviceSpec) -> str:
    weighed = prospects.weigh(domain, room, (), ())
    return weighed.offer(_kind_of(made)).choices[0].name


def _nic(host: ManagedHost, domain: Domain, made: NicSpec) -> Nic:
    made_of = domain.configuration
    machine = made_of.machine if made_of else ""
    used = {nic.model for nic in made_of.nics} if made_of else set[str]()
    model = made.model or defaults.nic_models(machine, used)[0]
    mac = made.mac or planning.new_mac()
    if made.network == defaults.USER_NETWORK:
        if made.vlan:
            raise NoVlans(name=made.network)
        return Nic(mac, "user", "", model, _alias())
    networks = {network.name: network for network in host.inventory.all(Network, host.spec.id)}
    network = networks.get(made.network)
    if network is None or not network.is_active:
        raise NetworkMissing(name=made.network)
    if made.vlan:
        found = next(one for one in prospects.vlans((network,)))
        _require(found.now)
    return Nic(mac, "network", made.network, model, _alias(), vlan=made.vlan)


def _pool(host: ManagedHost, name: str) -> StoragePool:
    pools = {pool.name: pool for pool in host.inventory.all(StoragePool, host.spec.id)}
    if name not in pools:
        raise PoolMissing(host=host.spec.name)
    _require(prospects.pool_problem(pools[name]))
    return pools[name]


def _alias() -> str:
    # libvirt keeps an alias in the definition only if it begins so.
    return f"ua-celadon-{secrets.token_hex(6)}"
