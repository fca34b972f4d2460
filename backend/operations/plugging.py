"""Puts one device into a machine; what was made for it goes again if that fails."""

import asyncio
import contextlib

from backend import jobs
from backend.devices import Stage
from backend.errors import (
    BackendError,
    ConnectionLost,
    DescriptionRefused,
    EffectNotSeen,
    HostAway,
    HostNotAnswering,
    HypervisorRefused,
    NotSupported,
    Problem,
)
from backend.host.managed import ManagedHost
from backend.hypervisor import commands, devices
from backend.hypervisor.devices import CONFIG, LIVE
from backend.hypervisor.events import DeviceAdded
from backend.jobs import StepState
from backend.kinds import catalogue
from backend.model import Disk, Host, HostState, Record, Ref
from backend.operations import ear, presence, prospects, volumes
from backend.operations.course import Course
from backend.operations.device_plan import DevicePlan, PlannedDevice
from backend.operations.domain import EFFECT_DEADLINE_S, known
from backend.operations.prospects import device_of
from backend.operations.takeback import undone_on_failure
from backend.refusals import DeviceRefused, DriveNeedsImage, MachineStopped, PlaceTaken

EVENT_DEADLINE_S = 5.0
_BACK_DEADLINE_S, _PAUSE_S = 90.0, 0.5
_MONITOR, _GONE_DEADLINE_S = "monitor", 5.0
ANSWERED = (HypervisorRefused, DescriptionRefused, NotSupported)
"""What a hypervisor says that has not done what it was told."""
_CUT_OFF = (ConnectionLost, HostNotAnswering, HostAway)


async def plug(
    host: ManagedHost,
    ref: Ref,
    one: PlannedDevice,
    planned: DevicePlan,
    course: Course,
    heard: ear.Ear,
) -> None:
    """The machine has the device, and the hypervisor's event that the guest was shown it was heard.

    Raises DeviceRefused, PlaceTaken, MachineStopped, DiskFull; what was made for the device is
    deleted then, unless nobody knows whether the machine uses it: the job says that it was left.
    """
    key = one.device.key
    async with undone_on_failure() as undo:
        if one.pool and one.volume:
            async with contextlib.AsyncExitStack() as made:
                await volumes.make(host, one.pool, one.volume, made)
                undo.push_async_callback(_take_back, host, ref, one, made.pop_all())
        jobs.report(stage="adding_device")
        course.begin()
        try:
            await _attach(host, ref, one, planned)
        except (BackendError, asyncio.CancelledError) as error:
            course.see(Stage.HOST_ACCEPTED, key, state=StepState.FAILED)
            if isinstance(error, (HostNotAnswering, asyncio.CancelledError)):
                # It may be obeyed yet: rather a file too many than a machine without its disk.
                undo.pop_all()
            raise
        _settle(one)
        course.see(Stage.HOST_ACCEPTED, key, *prospects.detail(one.part))
    await host.read_now(ref)
    if planned.is_live:
        await _until_shown(host, ref, one, course, heard)
    else:
        await host.inventory.until(ref, lambda r: _is_defined(r, one), deadline_s=EFFECT_DEADLINE_S)
        course.see(Stage.IN_DEFINITION, key)


async def _until_shown(
    host: ManagedHost, ref: Ref, one: PlannedDevice, course: Course, heard: ear.Ear
) -> None:
    key, alias = one.device.key, one.part.alias
    await host.inventory.until(
        ref,
        lambda r: not presence.is_active(r) or presence.runs_with(r, alias),
        deadline_s=EFFECT_DEADLINE_S,
    )
    event = await heard.until(
        presence.tells(DeviceAdded, alias=alias),
        lambda: not presence.is_active(host.inventory.get(ref)),
        deadline_s=EVENT_DEADLINE_S,
    )
    if not presence.is_active(host.inventory.get(ref)):
        raise MachineStopped(name=known(host, ref).name)
    if event:
        course.see(Stage.SHOWN_TO_GUEST, key)
    else:
        unknown = StepState.NOT_KNOWN
        course.see(Stage.SHOWN_TO_GUEST, key, state=unknown, remark=Problem("NoEventHeard"))


async def _attach(host: ManagedHost, ref: Ref, one: PlannedDevice, planned: DevicePlan) -> None:
    """Have the hypervisor take the device. Raises what it says, or what became of the machine."""
    flags = (LIVE if planned.is_live else 0) | (CONFIG if planned.is_lasting else 0)
    try:
        await _hand_over(host, ref, one, flags)
    except ANSWERED as error:
        if any(_MONITOR in words for words in error.detail):
            # QEMU has gone, and libvirt will tell of that in a moment.
            with contextlib.suppress(EffectNotSeen):
                await host.inventory.until(
                    ref, lambda r: not presence.is_active(r), deadline_s=_GONE_DEADLINE_S
                )
        await host.read_now(ref)
        if planned.is_live and not presence.is_active(host.inventory.get(ref)):
            raise MachineStopped(name=known(host, ref).name, detail=error.detail) from error
        raise _refusal(host, ref, one, error.detail) from error
    except _CUT_OFF as error:
        # Nobody knows whether it was obeyed; the host says so itself when it is back.
        await _until_back(host, ref)
        if planned.is_live and not presence.is_active(host.inventory.get(ref)):
            # Of a QEMU that has gone libvirt may say that the connection to it was lost.
            raise MachineStopped(name=known(host, ref).name, detail=error.detail) from error
        if not _is_there(host, ref, one):
            raise


async def _hand_over(host: ManagedHost, ref: Ref, one: PlannedDevice, flags: int) -> None:
    if not one.is_written:
        await host.act(devices.attach, ref, one.description, flags)
        return

    def define(connect: commands.Connect, uuid: str) -> None:
        # At once: what somebody else changes in between would be lost.
        commands.redefine(connect, uuid, one.written_into(commands.describe(connect, uuid)))

    await host.act(define, ref)


def _refusal(
    host: ManagedHost, ref: Ref, one: PlannedDevice, detail: tuple[str, ...]
) -> BackendError:
    """Return what it means that the hypervisor did not take a device, in its words `detail`."""
    if isinstance(one.part, Disk) and one.part.device == "cdrom" and not one.part.source:
        # libvirt 9 asks QEMU to open no file, and says so in words that nobody understands.
        return DriveNeedsImage(detail=detail)
    if _is_taken(host, ref, one):
        return PlaceTaken(device=one.device.called, detail=detail)
    kind = catalogue.find(one.device.kind)
    meant = catalogue.meant(detail, (kind,) if kind else ())
    return meant or DeviceRefused(device=one.device.called, detail=detail)


async def _until_back(host: ManagedHost, ref: Ref) -> None:
    """The host is connected and the machine as it is. Raises why nobody knows how it is.

    The host counts as connected for a moment after a connection of it broke.
    """
    try:
        async with asyncio.timeout(_BACK_DEADLINE_S):
            while True:
                await host.inventory.until(
                    host.ref,
                    lambda r: isinstance(r, Host) and r.state is HostState.CONNECTED,
                    deadline_s=None,
                )
                with contextlib.suppress(ConnectionLost, HostAway):
                    await host.read_now(ref)
                    return
                await asyncio.sleep(_PAUSE_S)
    except TimeoutError:
        raise EffectNotSeen(seconds=round(_BACK_DEADLINE_S)) from None


def _settle(one: PlannedDevice) -> None:
    """Say that the file made for a device is the machine's now."""
    if one.volume and isinstance(one.part, Disk):
        jobs.settled(one.part.source)


async def _take_back(
    host: ManagedHost, ref: Ref, one: PlannedDevice, made: contextlib.AsyncExitStack
) -> None:
    """Delete what was made for a device, if it is sure that the machine has not got the device."""
    try:
        await _until_back(host, ref)
    except BackendError:
        made.pop_all()
        return
    # Of a machine that is stuck, what is known is how it was before.
    if host.guests.is_stuck(ref):
        made.pop_all()
    elif _is_there(host, ref, one):
        made.pop_all()
        _settle(one)
    await made.aclose()


def _is_defined(record: Record | None, one: PlannedDevice) -> bool:
    if alias := one.part.alias:
        return presence.starts_with(record, alias)
    return presence.is_defined_with(record, one.device)


def _is_there(host: ManagedHost, ref: Ref, one: PlannedDevice) -> bool:
    record, alias = host.inventory.get(ref), one.part.alias
    runs = bool(alias) and presence.runs_with(record, alias)
    return runs or _is_defined(record, one)


def _is_taken(host: ManagedHost, ref: Ref, one: PlannedDevice) -> bool:
    """Whether the machine has another device by that name: another console was quicker."""
    parts = presence.parts_of_both(host.inventory.get(ref))
    return any(p.alias != one.part.alias and device_of(p) == one.device for p in parts)
