"""Memory and processors of a machine that runs, up to what it was started with room for."""

import asyncio
import time

from backend.devices import VIRTIO_MEM
from backend.errors import HypervisorRefused, Problem
from backend.host.managed import ManagedHost
from backend.hypervisor import devices
from backend.hypervisor.devices import LIVE
from backend.model import Accelerator, DomainConfiguration, DomainState, Ref
from backend.operations import growing, growth
from backend.operations.domain import known
from backend.operations.settings.acting import Situation
from backend.settings import Setting, Value
from backend.shortages import (
    CpusStay,
    GuestKeepsCpus,
    GuestKeepsMemory,
    MemoryBeyondBalloon,
    NoBalloon,
    NoCpuRoom,
)

BALLOON_DEADLINE_S = 12.0
_INTERVAL_S = 0.3
_NEAR_BYTES = 2**20


def memory_problem(situation: Situation, _setting: Setting, value: Value) -> Problem | None:
    """Return why the guest cannot have that much memory while it runs."""
    made_of, name = situation.domain.live, situation.domain.name
    if made_of is None or not made_of.has_balloon:
        return NoBalloon(name=name).problem
    if situation.domain.state is not DomainState.RUNNING:
        return Problem("GuestPaused")
    limit = growth.balloon_limit(made_of) + _elastic(made_of)
    if isinstance(value, int) and value > limit:
        return MemoryBeyondBalloon(limit_bytes=limit).problem
    return None


async def set_memory(host: ManagedHost, ref: Ref, _setting: Setting, value: Value) -> None:
    """The guest holds that much memory, by the balloon's own figure.

    Raises GuestKeepsMemory if it does not within seconds, HypervisorRefused.
    """
    made_of = known(host, ref).live
    if made_of is None or not isinstance(value, int):
        return
    await host.act(devices.set_balloon, ref, value - _elastic(made_of), LIVE)
    end, held = time.monotonic() + BALLOON_DEADLINE_S, 0
    while time.monotonic() < end:
        told = (await growing.read(host, ref)).balloon_bytes
        await host.read_now(ref)
        made_of = known(host, ref).live
        held = told or (made_of.current_memory_bytes if made_of else 0)
        if abs(held - value) <= _NEAR_BYTES:
            return
        await asyncio.sleep(_INTERVAL_S)
    raise GuestKeepsMemory(seconds=round(BALLOON_DEADLINE_S), held_bytes=held)


def _elastic(made_of: DomainConfiguration) -> int:
    """Return what memory that can shrink has brought: the balloon's target leaves it out."""
    return sum(m.plugged_bytes for m in made_of.memory_modules if m.model == VIRTIO_MEM)


def processors_problem(situation: Situation, _setting: Setting, value: Value) -> Problem | None:
    """Return why the machine cannot have that many processors while it runs."""
    made_of = situation.domain.live
    if made_of is None or not isinstance(value, int):
        return None
    if value > made_of.vcpus_maximum:
        return NoCpuRoom(name=situation.domain.name, maximum=made_of.vcpus_maximum).problem
    if value < made_of.vcpus and made_of.accelerator != Accelerator.KVM.value:
        return CpusStay().problem
    return None


async def set_processors(host: ManagedHost, ref: Ref, _setting: Setting, value: Value) -> None:
    """The machine has that many processors. Raises GuestKeepsCpus, HypervisorRefused."""
    made_of = known(host, ref).live
    if made_of is None or not isinstance(value, int) or value == made_of.vcpus:
        return
    try:
        await host.act(devices.set_processors, ref, value, LIVE)
    except HypervisorRefused as error:
        if value > made_of.vcpus:
            raise
        await host.read_now(ref)
        raise GuestKeepsCpus(count=_count(host, ref), detail=error.detail) from error
    await host.read_now(ref)
    if _count(host, ref) != value:
        raise GuestKeepsCpus(count=_count(host, ref))


def _count(host: ManagedHost, ref: Ref) -> int:
    made_of = known(host, ref).live
    return made_of.vcpus if made_of else 0
