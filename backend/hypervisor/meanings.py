"""What libvirt's numbers in events mean (virDomainEventType with its details, and the like)."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

import libvirt

from backend.hypervisor.events import AgentChanged, BlockJob, GraphicsClient, Lifecycle
from backend.model import Kind


class Turn(Enum):
    """The turns that a machine's life takes, as libvirt tells them."""

    BOOTED = "STARTED_BOOTED"
    ARRIVED = "STARTED_MIGRATED"
    RESTORED = "STARTED_RESTORED"
    STARTED_FROM_SNAPSHOT = "STARTED_FROM_SNAPSHOT"
    STARTED_WAKING = "STARTED_WAKEUP"
    PAUSED = "SUSPENDED_PAUSED"
    PAUSED_MIGRATED = "SUSPENDED_MIGRATED"
    PAUSED_BY_DISK = "SUSPENDED_IOERROR"
    PAUSED_BY_WATCHDOG = "SUSPENDED_WATCHDOG"
    PAUSED_RESTORED = "SUSPENDED_RESTORED"
    PAUSED_FROM_SNAPSHOT = "SUSPENDED_FROM_SNAPSHOT"
    RESUMED = "RESUMED_UNPAUSED"
    RESUMED_MIGRATED = "RESUMED_MIGRATED"
    RESUMED_FROM_SNAPSHOT = "RESUMED_FROM_SNAPSHOT"
    SHUT_DOWN = "STOPPED_SHUTDOWN"
    DESTROYED = "STOPPED_DESTROYED"
    CRASHED = "STOPPED_CRASHED"
    LEFT = "STOPPED_MIGRATED"
    SAVED = "STOPPED_SAVED"
    FAILED = "STOPPED_FAILED"
    STOPPED_FROM_SNAPSHOT = "STOPPED_FROM_SNAPSHOT"
    GUEST_ENDS = "SHUTDOWN_GUEST"
    HOST_ENDS = "SHUTDOWN_HOST"
    ENDS = "SHUTDOWN_FINISHED"
    SLEPT = "PMSUSPENDED_MEMORY"
    HIBERNATED = "PMSUSPENDED_DISK"
    PANICKED = "CRASHED_PANICKED"
    PANICKED_AND_LOADED = "CRASHED_CRASHLOADED"
    DEFINED_AGAIN = "DEFINED_UPDATED"


def _known_turns() -> Mapping[tuple[int, int], Turn]:
    found = {}
    for turn in Turn:
        event, _, _detail = turn.value.partition("_")
        kind = getattr(libvirt, f"VIR_DOMAIN_EVENT_{event}", None)
        detail = getattr(libvirt, f"VIR_DOMAIN_EVENT_{turn.value}", None)
        if kind is not None and detail is not None:  # else newer than the binding's libvirt
            found[kind, detail] = turn
    return found


_TURNS: Final = _known_turns()


def turn_of(event: Lifecycle) -> Turn | None:
    """Return what a machine's lifecycle event means; None for what says nothing of its life."""
    if event.ref.kind is not Kind.DOMAIN:
        return None
    return _TURNS.get((event.event, event.detail))


def is_agent_there(event: AgentChanged) -> bool:
    """Whether the agent came; else it went."""
    return bool(event.state == libvirt.VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_STATE_CONNECTED)


class BlockJobEnd(Enum):
    """How a block job ended."""

    DONE = libvirt.VIR_DOMAIN_BLOCK_JOB_COMPLETED
    FAILED = libvirt.VIR_DOMAIN_BLOCK_JOB_FAILED
    CANCELLED = libvirt.VIR_DOMAIN_BLOCK_JOB_CANCELED


_BLOCK_JOBS: Final = {
    getattr(libvirt, f"VIR_DOMAIN_BLOCK_JOB_TYPE_{name.upper()}", -1): name
    for name in ("pull", "copy", "commit", "active_commit", "backup")
}


def block_job_name(event: BlockJob) -> str:
    """Return what the block job does: "copy", "commit", "active_commit", "pull", "backup"."""
    return _BLOCK_JOBS.get(event.type, "")


def block_job_end(event: BlockJob) -> BlockJobEnd | None:
    """Return how it ended; None while it goes on."""
    try:
        return BlockJobEnd(event.status)
    except ValueError:
        return None


class ViewerTurn(Enum):
    """What a viewer of a machine's screen did."""

    CAME = libvirt.VIR_DOMAIN_EVENT_GRAPHICS_INITIALIZE
    LEFT = libvirt.VIR_DOMAIN_EVENT_GRAPHICS_DISCONNECT


def viewer_turn(event: GraphicsClient) -> ViewerTurn | None:
    """Return what the viewer did; None for what comes before it sees anything."""
    try:
        return ViewerTurn(event.phase)
    except ValueError:
        return None
