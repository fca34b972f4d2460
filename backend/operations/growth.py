"""Memory and processors that a machine can be given: how much, in which way, and why not. Pure."""

from dataclasses import dataclass, replace
from enum import Enum

from backend import defaults
from backend.devices import (
    BALLOON,
    DIMM,
    STARTUP,
    VIRTIO_MEM,
    Choice,
    CpuSpec,
    Device,
    DeviceKind,
    Growth,
    MemorySpec,
    Offer,
)
from backend.errors import Problem, ProblemError
from backend.kinds.moment import Room
from backend.memory import MemoryModule
from backend.model import Accelerator, Domain, DomainConfiguration, Host
from backend.refusals import NoFreeSlot
from backend.shortages import (
    BalloonEmpty,
    MemoryAtStart,
    MemoryRoomFull,
    MemoryTooMuch,
    MemoryUneven,
    MemoryWhileRunning,
    NoBalloon,
    NoCpuRoom,
    NoMemoryRoom,
    NoMemorySlot,
    TooManyCpus,
)
from backend.xmldesc import room, tree

MODULE_STEP_BYTES = 128 * 2**20
"""Linux on x86 takes memory into use in pieces of this size."""
BALLOON_STEP_BYTES = 2**20
PROCESSORS = Device(DeviceKind.PROCESSORS, "")
_SLOTS = 16
_ARCHITECTURES = ("x86_64", "aarch64", "ppc64", "ppc64le")


class How(Enum):
    """How a machine gets more: by the balloon, as processors, or in its definition alone."""

    BALLOON = "balloon"
    PROCESSORS = "processors"
    DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class PlannedGrowth:
    """`more` of what a machine has, processors or bytes; it has `total` then.

    `definition` is what it will be where that alone is changed, what is secret hidden.
    """

    device: Device
    how: How
    more: int
    total: int
    definition: str = ""

    def written_into(self, definition: str) -> str:
        """Return a definition with it; room that is too small for it grows along."""
        root = tree.read(definition)
        if self.device.kind is DeviceKind.PROCESSORS:
            before = int(tree.text_of(root, "vcpu", "1"))
            room.set_processors(root, self.total, max(self.total, before))
        else:
            room.add_memory(root, self.more)
        return tree.write(root)


def module_device(module: MemoryModule) -> Device:
    """Return what memory that was added is named by."""
    return Device(DeviceKind.MEMORY, module.alias)


def known_modules(made_of: DomainConfiguration) -> tuple[MemoryModule, ...]:
    """Return the memory devices that can be named: those with an alias that their maker chose."""
    return tuple(m for m in made_of.memory_modules if m.alias.startswith("ua-"))


def measure(domain: Domain) -> Growth | None:
    """Return how much a machine has and can be given as it runs, or as it starts next."""
    made_of = domain.configuration
    if made_of is None:
        return None
    return Growth(
        memory_bytes=made_of.current_memory_bytes,
        free_bytes=max(0, made_of.memory_room_bytes - made_of.memory_bytes),
        balloon_bytes=_in_balloon(made_of),
        vcpus=made_of.vcpus,
        vcpus_maximum=made_of.vcpus_maximum,
    )


def balloon_limit(made_of: DomainConfiguration) -> int:
    """Return how much the balloon can give at most; memory that can shrink is apart from it."""
    elastic = sum(m.size_bytes for m in made_of.memory_modules if m.model == VIRTIO_MEM)
    return made_of.memory_bytes - elastic


def balloon_now(made_of: DomainConfiguration) -> int:
    """Return how much of that the guest has."""
    elastic = sum(m.plugged_bytes for m in made_of.memory_modules if m.model == VIRTIO_MEM)
    return made_of.current_memory_bytes - elastic


def _in_balloon(made_of: DomainConfiguration) -> int:
    if not made_of.has_balloon:
        return 0
    free = balloon_limit(made_of) - balloon_now(made_of)
    return max(0, free // BALLOON_STEP_BYTES * BALLOON_STEP_BYTES)


def lacking(domain: Domain) -> tuple[DeviceKind, ...]:
    """Return what a machine's definition has no room for while it runs."""
    made_of = domain.next_start
    if made_of is None:
        return ()
    has_none = (
        (DeviceKind.MEMORY, not made_of.memory_room_bytes and can_have_room(made_of)),
        (DeviceKind.PROCESSORS, made_of.vcpus_maximum <= made_of.vcpus),
    )
    return tuple(kind for kind, is_lacking in has_none if is_lacking)


def can_have_room(made_of: DomainConfiguration) -> bool:
    """Return whether QEMU adds memory to a machine of that kind at all."""
    return made_of.architecture in _ARCHITECTURES and "microvm" not in made_of.machine


def offers(
    domain: Domain, devices: Room | None, now: Problem | None, next_start: Problem | None
) -> tuple[Offer, ...]:
    """Return the offers of both kinds; the problems are those against any change at all."""
    ways = _ways(domain, devices)
    reasons = [way.now for way in ways]
    memory = now or (reasons[0] if all(reasons) else None)
    return (
        Offer(DeviceKind.MEMORY, ways, memory, next_start),
        Offer(DeviceKind.PROCESSORS, (), now or _no_processors(domain), next_start),
    )


def _ways(domain: Domain, devices: Room | None) -> tuple[Choice, ...]:
    if not domain.is_active:
        # Nothing runs that a device could be shown to: it simply starts with more.
        running = MemoryWhileRunning().problem
        others = tuple(Choice(name, running, running) for name in (VIRTIO_MEM, DIMM, BALLOON))
        return (Choice(STARTUP), *others)
    full = _no_room(domain)
    at_start, while_running = MemoryAtStart().problem, MemoryWhileRunning().problem
    slots = None
    if devices is not None and devices.free_slots == 0:
        slots = NoFreeSlot(name=domain.name).problem
    choices = (
        Choice(VIRTIO_MEM, full or slots, while_running),
        Choice(DIMM, full or _no_module_slot(domain), while_running),
        Choice(BALLOON, _no_balloon(domain), while_running),
        Choice(STARTUP, at_start),
    )
    # A guest that has no virtio device yet may drive none; a module needs no driver.
    ordered = choices if _is_synthetic(domain) else (choices[1], choices[0], *choices[2:])
    return tuple(sorted(ordered, key=lambda choice: choice.now is not None))


def _is_synthetic(domain: Domain) -> bool:
    made_of = domain.live
    return made_of is not None and (
        any(nic.model == "virtio" for nic in made_of.nics)
        or any(disk.bus == "virtio" for disk in made_of.disks)
    )


def _no_room(domain: Domain) -> Problem | None:
    made_of = domain.live
    if made_of is None or not made_of.memory_room_bytes:
        return NoMemoryRoom(name=domain.name).problem
    free = made_of.memory_room_bytes - made_of.memory_bytes
    if free < MODULE_STEP_BYTES:
        return MemoryRoomFull(name=domain.name, room_bytes=made_of.memory_room_bytes).problem
    return None


def _no_module_slot(domain: Domain) -> Problem | None:
    made_of = domain.live
    if made_of is None:
        return None
    used = sum(module.model != VIRTIO_MEM for module in made_of.memory_modules)
    is_full = used >= made_of.memory_slots
    return NoMemorySlot(name=domain.name, slots=made_of.memory_slots).problem if is_full else None


def _no_balloon(domain: Domain) -> Problem | None:
    made_of = domain.live
    if made_of is None or not made_of.has_balloon:
        return NoBalloon(name=domain.name).problem
    return None if _in_balloon(made_of) else BalloonEmpty(name=domain.name).problem


def _no_processors(domain: Domain) -> Problem | None:
    made_of = domain.live
    if made_of is None or made_of.vcpus < made_of.vcpus_maximum:
        return None
    return NoCpuRoom(name=domain.name, maximum=made_of.vcpus_maximum).problem


def plan_live(
    domain: Domain, spec: MemorySpec | CpuSpec, devices: Room | None, alias: str
) -> MemoryModule | PlannedGrowth:
    """Decide how a machine that runs gets more. Raises why it cannot."""
    made_of = domain.live
    if made_of is None:
        raise ValueError(domain)
    if isinstance(spec, CpuSpec):
        total = made_of.vcpus + spec.count
        if total > made_of.vcpus_maximum:
            raise NoCpuRoom(name=domain.name, maximum=made_of.vcpus_maximum)
        return PlannedGrowth(PROCESSORS, How.PROCESSORS, spec.count, total)
    ways = _ways(domain, devices)
    model = spec.model or ways[0].name
    problem = next((way.now for way in ways if way.name == model), None)
    if problem:
        raise ProblemError(problem)
    if model == BALLOON:
        _require_size(spec.size_bytes, BALLOON_STEP_BYTES, _in_balloon(made_of))
        total = balloon_now(made_of) + spec.size_bytes
        device = Device(DeviceKind.MEMORY, BALLOON)
        return PlannedGrowth(device, How.BALLOON, spec.size_bytes, total)
    free = made_of.memory_room_bytes - made_of.memory_bytes
    _require_size(spec.size_bytes, MODULE_STEP_BYTES, free)
    return MemoryModule(model, spec.size_bytes, spec.size_bytes, alias=alias)


def plan_next_start(
    domain: Domain, spec: MemorySpec | CpuSpec, definition: str, can: "Most"
) -> PlannedGrowth:
    """Decide what a machine starts with next: its room grows along. Raises why it cannot."""
    made_of = domain.next_start
    if made_of is None:
        raise ValueError(domain)
    if isinstance(spec, CpuSpec):
        total = made_of.vcpus + spec.count
        if total > can.processors:
            raise TooManyCpus(maximum=can.processors)
        one = PlannedGrowth(PROCESSORS, How.DEFINITION, spec.count, total)
    else:
        _require_size(spec.size_bytes, BALLOON_STEP_BYTES, None)
        device = Device(DeviceKind.MEMORY, STARTUP)
        total = made_of.memory_bytes + spec.size_bytes
        one = PlannedGrowth(device, How.DEFINITION, spec.size_bytes, total)
    return replace(one, definition=one.written_into(definition))


@dataclass(frozen=True, slots=True)
class Most:
    """What a machine on its host can be given room for."""

    memory_bytes: int
    processors: int


def most(domain: Domain, host: Host) -> Most:
    """Return what a machine can be given room for on its host."""
    made_of = domain.next_start or domain.live
    if made_of is None:
        return Most(0, 0)
    accelerator = Accelerator.TCG
    if made_of.accelerator == Accelerator.KVM.value:
        accelerator = Accelerator.KVM
    has_memory = can_have_room(made_of)
    room_bytes = defaults.memory_room_bytes(made_of.memory_bytes, host.memory_bytes, accelerator)
    vcpus = defaults.vcpus_maximum(made_of.vcpus_maximum, host.processors)
    return Most(room_bytes if has_memory else 0, vcpus)


def with_room(definition: str, can: Most) -> str:
    """Return a definition that has room for memory and processors; what is there stays."""
    root = tree.read(definition)
    before = int(tree.text_of(root, "vcpu", "1"))
    count = int(tree.attribute(root, "vcpu", "current") or before)
    if can.processors > before:
        room.set_processors(root, count, can.processors)
    if not tree.bytes_at(root, "maxMemory") and can.memory_bytes > tree.bytes_at(root, "memory"):
        room.give_memory_room(root, can.memory_bytes, _SLOTS)
    return tree.write(root)


def _require_size(size_bytes: int, step_bytes: int, free_bytes: int | None) -> None:
    if size_bytes <= 0 or size_bytes % step_bytes:
        raise MemoryUneven(step_bytes=step_bytes)
    if free_bytes is not None and size_bytes > free_bytes:
        raise MemoryTooMuch(free_bytes=free_bytes)
