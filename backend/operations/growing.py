"""Gives a machine memory or processors, and follows them into its guest.

That the guest has them is told by the device itself (virtio-mem), by the balloon's figures, by the
guest agent, or by the work of a new processor, which stands still until a guest takes it into use.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from backend import jobs
from backend.devices import BALLOON, VIRTIO_MEM, Device, DeviceKind, Stage
from backend.errors import BackendError, DescriptionRefused, HypervisorRefused, Problem
from backend.host.managed import ManagedHost
from backend.hypervisor import commands, devices
from backend.hypervisor.devices import CONFIG, LIVE, Grown
from backend.jobs import StepState
from backend.memory import MemoryModule
from backend.model import Domain, DomainState, Ref
from backend.operations import presence
from backend.operations.course import Course
from backend.operations.device_plan import PlannedDevice
from backend.operations.domain import EFFECT_DEADLINE_S, known
from backend.operations.growth import How, PlannedGrowth, most, with_room
from backend.operations.plugging import ANSWERED
from backend.refusals import DeviceRefused, MachineStopped

FOLLOW_DEADLINE_S = 15.0
KINDS = (DeviceKind.MEMORY, DeviceKind.PROCESSORS)
_INTERVAL_S, _DEADLINE_S = 0.3, 5.0
_MIB = 2**20
# The time of a processor that nobody has started is not always nothing: its thread begins once.
_WORKED_NS = 30_000_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a guest is to be seen with since `before`: processors or bytes in all, or a module."""

    before: Grown
    total: int = 0
    module: MemoryModule | None = None


def stages_of(one: PlannedGrowth) -> tuple[Stage, ...]:
    """Return the steps of giving a machine more."""
    if one.how is How.DEFINITION:
        return (Stage.HOST_ACCEPTED, Stage.IN_DEFINITION)
    if one.how is How.PROCESSORS:
        return (Stage.HOST_ACCEPTED, Stage.SHOWN_TO_GUEST, Stage.PROCESSORS_USED)
    return (Stage.HOST_ACCEPTED, Stage.MEMORY_USED)


async def read(host: ManagedHost, ref: Ref, who: str = "hypervisor") -> Grown:
    """Return what a machine has at this moment; nothing where it does not answer."""
    try:
        return await host.guests.ask(
            ref, lambda c: devices.sight_growth(c, ref.key, who), deadline_s=_DEADLINE_S
        )
    except BackendError:
        return Grown()


async def expect(host: ManagedHost, ref: Ref, one: PlannedDevice | PlannedGrowth) -> Wanted | None:
    """Return what the guest is to be seen with, told before it is given that; None: not of these.

    The balloon's figure has in it what memory that can shrink brought.
    """
    module = None if isinstance(one, PlannedGrowth) else one.part
    if isinstance(one, PlannedGrowth):
        if one.how is How.DEFINITION:
            return Wanted(Grown())
        before = await read(host, ref)
        if one.how is How.BALLOON:
            return Wanted(before, (before.balloon_bytes or 0) + one.more)
        return Wanted(before, one.total)
    return (
        Wanted(await read(host, ref), module=module) if isinstance(module, MemoryModule) else None
    )


async def grow(
    host: ManagedHost, ref: Ref, one: PlannedGrowth, course: Course, *, is_lasting: bool
) -> None:
    """The hypervisor has taken it. Raises DeviceRefused, MachineStopped, DescriptionRefused."""
    jobs.report(stage="adding_device")
    course.begin()
    flags = LIVE | (CONFIG if is_lasting else 0)
    try:
        if one.how is How.DEFINITION:
            await _write(host, ref, one.written_into)
        elif one.how is How.PROCESSORS:
            await host.act(devices.set_processors, ref, one.total, flags)
        else:
            await host.act(devices.set_balloon, ref, one.total, flags)
    except ANSWERED as error:
        course.see(Stage.HOST_ACCEPTED, one.device.key, state=StepState.FAILED)
        await host.read_now(ref)
        if one.how is not How.DEFINITION and not presence.is_active(host.inventory.get(ref)):
            raise MachineStopped(name=known(host, ref).name, detail=error.detail) from error
        raise DeviceRefused(device=one.device.kind.value, detail=error.detail) from error
    course.see(Stage.HOST_ACCEPTED, one.device.key)
    await host.read_now(ref)
    if one.how is How.PROCESSORS:
        await host.inventory.until(
            ref, lambda r: _vcpus(r) >= one.total, deadline_s=EFFECT_DEADLINE_S
        )
        course.see(Stage.SHOWN_TO_GUEST, one.device.key, str(one.total))
    elif one.how is How.DEFINITION:
        course.see(Stage.IN_DEFINITION, one.device.key)


async def _write(host: ManagedHost, ref: Ref, write: Callable[[str], str]) -> tuple[str, str]:
    """The machine has what `write` makes of its definition; return that as it was and as it is.

    Raises DescriptionRefused.
    """

    def define(connect: commands.Connect, uuid: str) -> tuple[str, str]:
        # At once: what somebody else changes in between would be lost.
        before = commands.describe(connect, uuid)
        after = write(before)
        if after != before:
            commands.redefine(connect, uuid, after)
        return before, commands.describe(connect, uuid)

    try:
        both = await host.act(define, ref)
    except HypervisorRefused as error:
        raise DescriptionRefused(detail=error.detail) from error
    await host.read_now(ref)
    return both


async def make_room(host: ManagedHost, ref: Ref) -> tuple[str, str]:
    """From its next start on the machine can be given memory and processors while it runs.

    Return its definition as it was before, and as it is.
    """
    can = most(known(host, ref), host.record)
    return await _write(host, ref, lambda text: with_room(text, can))


def _vcpus(record: object) -> int:
    return record.live.vcpus if isinstance(record, Domain) and record.live else 0


async def follow(
    host: ManagedHost, ref: Ref, device: Device, course: Course, wanted: Wanted
) -> None:
    """Return when the guest works with it, or when that is marked as not seen or not known."""
    end, looks = time.monotonic() + FOLLOW_DEADLINE_S, 0
    told = Grown()
    while waiting := course.waiting(device.key):
        domain = host.inventory.find(ref, Domain)
        if domain is None or not domain.is_active:
            return
        if domain.state is not DomainState.RUNNING:
            _leave(course, device, StepState.WAITING, Problem("GuestPaused"))
            return
        is_asked = device.kind is DeviceKind.PROCESSORS and looks % 3 == 1
        told = await read(host, ref, "agent" if is_asked else "hypervisor")
        await host.read_now(ref)
        detail = _seen(known(host, ref), device, wanted, told)
        if detail is not None:
            for stage in waiting:
                course.see(stage, device.key, *detail)
            return
        if time.monotonic() > end:
            break
        looks += 1
        await asyncio.sleep(_INTERVAL_S)
    if _can_tell(device, wanted, told):
        _leave(course, device, StepState.WAITING, Problem("GuestTakesNotAll"))
    else:
        _leave(course, device, StepState.NOT_KNOWN, Problem("GuestTellsNothing"))


def _leave(course: Course, device: Device, state: StepState, remark: Problem) -> None:
    for stage in course.waiting(device.key):
        course.see(stage, device.key, state=state, remark=remark)


def _seen(domain: Domain, device: Device, wanted: Wanted, told: Grown) -> tuple[str, ...] | None:
    """Return what shows that the guest has it; None: nothing does, as yet."""
    if device.kind is DeviceKind.PROCESSORS:
        if told.online is not None:
            return (str(told.online),) if told.online >= wanted.total else None
        new = told.busy_ns[len(wanted.before.busy_ns) :]
        return () if new and all(time_ns > _WORKED_NS for time_ns in new) else None
    if device.key == BALLOON:
        has = told.balloon_bytes or 0
        return (_mib(has),) if has >= wanted.total else None
    if wanted.module and wanted.module.model == VIRTIO_MEM:
        modules = domain.live.memory_modules if domain.live else ()
        plugged = next((m.plugged_bytes for m in modules if m.alias == device.key), 0)
        return (_mib(plugged),) if plugged >= wanted.module.requested_bytes else None
    more = (told.usable_bytes or 0) - (wanted.before.usable_bytes or 0)
    # A guest's kernel keeps a little of it for its books.
    is_there = wanted.module is not None and more >= wanted.module.size_bytes * 3 // 4
    return (_mib(more),) if is_there and wanted.before.usable_bytes is not None else None


def _can_tell(device: Device, wanted: Wanted, told: Grown) -> bool:
    """Return whether it would have been told: then the guest has it not, as yet."""
    if device.kind is DeviceKind.PROCESSORS or device.key == BALLOON:
        return True
    if wanted.module and wanted.module.model == VIRTIO_MEM:
        return True
    return told.usable_bytes is not None and told.told_at != wanted.before.told_at


def _mib(size_bytes: int) -> str:
    return f"{size_bytes // _MIB} MiB"
