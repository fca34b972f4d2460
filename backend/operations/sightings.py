"""Follows a device into the guest: what shows that a driver has it, and that it is of use.

Traffic is looked for first: the hypervisor counts it without asking the guest. Then the agent is
asked, and for an address the host's leases. No monitor command of ours: libvirt would mark the
machine as tainted for good. What nothing tells is not known.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable
from typing import Any

from backend.devices import Device, DeviceKind, Stage
from backend.errors import BackendError, Problem
from backend.host.managed import ManagedHost
from backend.hypervisor import devices
from backend.hypervisor.devices import Sighting
from backend.jobs import StepState
from backend.kinds import catalogue
from backend.kinds.kind import PartKind
from backend.model import Domain, DomainState, Nic, Ref
from backend.operations.course import Course

FOLLOW_DEADLINE_S = 15.0
_SILENT_AFTER_S = 6.0
_INTERVAL_S = 0.2
_ASK_EVERY = 3
_DEADLINE_S = 5.0


def stages_of(device: Device) -> tuple[Stage, ...]:
    """Return what can be seen of a device within the guest."""
    if device.kind is DeviceKind.NETWORK_ADAPTER:
        return (Stage.DRIVER_BOUND, Stage.ADDRESS)
    if catalogue.find(device.kind):
        return (Stage.DRIVER_BOUND,)
    if device.kind is DeviceKind.MEMORY:
        return (Stage.MEMORY_USED,)
    return (Stage.DRIVER_BOUND, Stage.DISK_SEEN)


async def follow(host: ManagedHost, ref: Ref, device: Device, course: Course) -> None:
    """Return when all was seen of a device, or what was not seen is marked so."""
    if (kind := catalogue.find(device.kind)) and kind.shows is None:
        # Neither hypervisor nor agent has a word for it.
        _leave(course, device, StepState.NOT_KNOWN, Problem("NobodyTells"))
        return
    began, looks = time.monotonic(), 0
    answers: bool | None = None
    while course.waiting(device.key):
        domain = host.inventory.find(ref, Domain)
        if domain is None or not domain.is_active:
            return
        if domain.state is not DomainState.RUNNING:
            _leave(course, device, StepState.WAITING, Problem("GuestPaused"))
            return
        answers = await _look(host, ref, device, course, asks=looks % _ASK_EVERY == 1) or answers
        looks += 1
        passed = time.monotonic() - began
        if passed > FOLLOW_DEADLINE_S or (passed > _SILENT_AFTER_S and not answers):
            break
        await asyncio.sleep(_INTERVAL_S)
    if answers:
        _leave(course, device, StepState.WAITING, Problem("GuestShowsNothing"))
    else:
        _leave(course, device, StepState.NOT_KNOWN, Problem("GuestTellsNothing"))


def _leave(course: Course, device: Device, state: StepState, remark: Problem) -> None:
    for stage in course.waiting(device.key):
        course.see(stage, device.key, state=state, remark=remark)


async def _look(
    host: ManagedHost, ref: Ref, device: Device, course: Course, *, asks: bool
) -> bool | None:
    """Tell what is to be seen at this moment; return whether the agent answers, if it was asked."""
    key = device.key
    if kind := catalogue.find(device.kind):
        return await _look_at_part(host, ref, device, kind, course) if asks else None
    if device.kind is DeviceKind.NETWORK_ADAPTER:
        port = _port_of(host, ref, key)
        if port and not course.is_done(Stage.DRIVER_BOUND, key):
            _tell(course, device, await _ask(host, ref, devices.sight_traffic, port))
        if not asks:
            return None
        _tell(course, device, await _ask(host, ref, devices.sight_adapter, key, "lease"))
        told = await _ask(host, ref, devices.sight_adapter, key, "agent")
    else:
        _tell(course, device, await _ask(host, ref, devices.sight_traffic, key))
        if not asks:
            return None
        told = await _ask(host, ref, devices.sight_disk, key)
    _tell(course, device, told)
    return told.does_agent_answer


async def _look_at_part(
    host: ManagedHost, ref: Ref, device: Device, kind: PartKind, course: Course
) -> bool | None:
    """Tell whether a part that runs shows its use; it is read anew, since no event tells of it."""
    with contextlib.suppress(BackendError):
        await host.read_now(ref)
    domain = host.inventory.find(ref, Domain)
    parts = domain.live.parts if domain and domain.live else ()
    found = next((part for part in parts if catalogue.device_of(part) == device), None)
    if found and kind.shows and kind.shows(found):
        course.see(Stage.DRIVER_BOUND, device.key)
    return None


def _tell(course: Course, device: Device, told: Sighting) -> None:
    if not told.told_by:
        return
    course.see(Stage.DRIVER_BOUND, device.key, *([told.name] if told.name else []))
    if device.kind is not DeviceKind.NETWORK_ADAPTER and told.told_by == "traffic":
        course.see(Stage.DISK_SEEN, device.key)
    # Before DHCP an adapter gives itself a link-local one, which leads nowhere.
    addresses = [one for one in told.addresses if not one.lower().startswith("fe80:")]
    if addresses:
        course.see(Stage.ADDRESS, device.key, *addresses)


def _port_of(host: ManagedHost, ref: Ref, mac: str) -> str:
    domain = host.inventory.find(ref, Domain)
    nics: tuple[Nic, ...] = domain.live.nics if domain and domain.live else ()
    return next((nic.target for nic in nics if nic.mac == mac), "")


async def _ask(
    host: ManagedHost, ref: Ref, question: Callable[..., Sighting], *arguments: Any
) -> Sighting:
    try:
        return await host.guests.ask(
            ref, lambda connect: question(connect, ref.key, *arguments), deadline_s=_DEADLINE_S
        )
    except BackendError:
        return Sighting()  # a guest that does not answer now may answer the next time
