"""Takes one device out of a machine: only the hypervisor's event says that the guest let it go."""

import contextlib

from backend import jobs
from backend.devices import Device, Stage
from backend.errors import EffectNotSeen
from backend.host.managed import ManagedHost
from backend.hypervisor import commands, devices
from backend.hypervisor.devices import CONFIG, LIVE
from backend.hypervisor.events import DeviceRemovalFailed, DeviceRemoved
from backend.kinds import catalogue
from backend.model import Ref
from backend.operations import ear, presence
from backend.operations.course import Course
from backend.operations.domain import EFFECT_DEADLINE_S, known
from backend.operations.plugging import ANSWERED
from backend.refusals import (
    DefinedOtherwise,
    DeviceRefused,
    GuestKeepsDevice,
    GuestRefusedRemoval,
    MachineStopped,
)
from backend.xmldesc import devices as device_xml

GUEST_DEADLINE_S = 20.0
_READ_DEADLINE_S = 10.0
# QEMU's words to who asks twice; it goes on waiting for the guest then.
_ASKED_ALREADY = "already in the process of unplug"


async def unplug(host: ManagedHost, ref: Ref, one: Device, course: Course, heard: ear.Ear) -> str:
    """The guest has let a device go; return it as it ran, "" if the guest had none."""
    text = await host.guests.ask(
        ref, lambda c: commands.describe_live(c, ref.key), deadline_s=_READ_DEADLINE_S
    )
    found = device_xml.find(text, one)
    if not found:
        return ""
    alias = device_xml.alias_of(found)
    jobs.report(stage="waiting_for_guest", is_cancellable=True)
    try:
        await host.act(devices.detach, ref, found, LIVE)
    except ANSWERED as error:
        await host.read_now(ref)
        if not presence.is_active(host.inventory.get(ref)):
            raise MachineStopped(name=known(host, ref).name, detail=error.detail) from error
        if not any(_ASKED_ALREADY in line for line in error.detail):
            raise DeviceRefused(device=one.called, detail=error.detail) from error
    course.see(Stage.ASKED, one.key)
    event = await heard.until(
        presence.tells(DeviceRemoved, DeviceRemovalFailed, alias=alias),
        lambda: not presence.is_active(host.inventory.get(ref)),
        deadline_s=GUEST_DEADLINE_S,
    )
    if isinstance(event, DeviceRemovalFailed):
        raise GuestRefusedRemoval(device=one.called)
    await host.read_now(ref)
    if not presence.is_active(host.inventory.get(ref)):
        raise MachineStopped(name=known(host, ref).name)
    if event is None:
        raise GuestKeepsDevice(device=one.called, seconds=round(GUEST_DEADLINE_S))
    with contextlib.suppress(EffectNotSeen):
        await host.inventory.until(
            ref, lambda r: not presence.runs_with(r, alias), deadline_s=EFFECT_DEADLINE_S
        )
    course.see(Stage.REMOVED, one.key)
    return found


async def undefine(host: ManagedHost, ref: Ref, one: Device, ran: str) -> bool:
    """The definition has the device no more; return whether it had it.

    `ran` is what the guest let go, "" if nothing. Raises DefinedOtherwise if the definition has
    another device by that name, which stays.
    """
    text = await host.ask(lambda c: commands.describe(c, ref.key))
    found = device_xml.find(text, one)
    if not found:
        return False
    if ran and not device_xml.is_same(ran, found):
        raise DefinedOtherwise(device=one.called)
    kind = catalogue.find(one.kind)
    try:
        if kind and kind.is_written:

            def define(connect: commands.Connect, uuid: str) -> None:
                # At once: what somebody else changes in between would be lost.
                text = device_xml.without(commands.describe(connect, uuid), one)
                commands.redefine(connect, uuid, text)

            await host.act(define, ref)
        else:
            await host.act(devices.detach, ref, found, CONFIG)
    except ANSWERED as error:
        raise DeviceRefused(device=one.called, detail=error.detail) from error
    await host.read_now(ref)
    await host.inventory.until(
        ref, lambda r: not presence.is_defined_with(r, one), deadline_s=EFFECT_DEADLINE_S
    )
    return True
