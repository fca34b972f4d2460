"""libvirt's events, all of them, as typed values.

An event is a hint, never data: it says which record to read again. It carries what libvirt sends
with it for those who wait for that very event (a removed device, a full disk). Names and integers
are libvirt's (virDomainEventID and the callbacks' signatures); the binding fixes the order of
arguments.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import libvirt

from backend.model import Kind, Ref

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened to `ref`."""

    constant: ClassVar[str] = ""
    ref: Ref


@dataclass(frozen=True, slots=True)
class Lifecycle(Event):
    """A domain, network or pool was defined, started, stopped...: virDomainEventType and detail."""

    constant = "VIR_DOMAIN_EVENT_ID_LIFECYCLE"
    event: int
    detail: int


@dataclass(frozen=True, slots=True)
class Rebooted(Event):
    """The guest rebooted itself."""

    constant = "VIR_DOMAIN_EVENT_ID_REBOOT"


@dataclass(frozen=True, slots=True)
class ClockChanged(Event):
    """The guest set its clock."""

    constant = "VIR_DOMAIN_EVENT_ID_RTC_CHANGE"
    offset_s: int


@dataclass(frozen=True, slots=True)
class WatchdogFired(Event):
    """The guest did not feed its watchdog."""

    constant = "VIR_DOMAIN_EVENT_ID_WATCHDOG"
    action: int


@dataclass(frozen=True, slots=True)
class DiskFailed(Event):
    """Reading or writing a disk failed on the host; `reason` is "enospc" when it was full."""

    constant = "VIR_DOMAIN_EVENT_ID_IO_ERROR_REASON"
    path: str
    alias: str
    action: int
    reason: str


@dataclass(frozen=True, slots=True)
class GraphicsClient(Event):
    """A viewer connected, authenticated or left."""

    constant = "VIR_DOMAIN_EVENT_ID_GRAPHICS"
    phase: int
    local: Mapping[str, Any]
    remote: Mapping[str, Any]
    scheme: str
    subject: Any


@dataclass(frozen=True, slots=True)
class ControlFailed(Event):
    """The hypervisor can no longer talk to its guest process."""

    constant = "VIR_DOMAIN_EVENT_ID_CONTROL_ERROR"


@dataclass(frozen=True, slots=True)
class BlockJob(Event):
    """A block job (copy, commit, pull) on disk `target` changed its status."""

    constant = "VIR_DOMAIN_EVENT_ID_BLOCK_JOB_2"
    target: str
    type: int
    status: int


@dataclass(frozen=True, slots=True)
class MediumChanged(Event):
    """A drive got another source, or lost it at a start."""

    constant = "VIR_DOMAIN_EVENT_ID_DISK_CHANGE"
    old_path: str | None
    new_path: str | None
    alias: str
    reason: int


@dataclass(frozen=True, slots=True)
class TrayMoved(Event):
    """The guest opened or closed a drive's tray."""

    constant = "VIR_DOMAIN_EVENT_ID_TRAY_CHANGE"
    alias: str
    reason: int


@dataclass(frozen=True, slots=True)
class GuestWoke(Event):
    """The guest woke from sleep."""

    constant = "VIR_DOMAIN_EVENT_ID_PMWAKEUP"
    reason: int


@dataclass(frozen=True, slots=True)
class GuestSlept(Event):
    """The guest went to sleep in memory."""

    constant = "VIR_DOMAIN_EVENT_ID_PMSUSPEND"
    reason: int


@dataclass(frozen=True, slots=True)
class GuestHibernated(Event):
    """The guest went to sleep on its disk."""

    constant = "VIR_DOMAIN_EVENT_ID_PMSUSPEND_DISK"
    reason: int


@dataclass(frozen=True, slots=True)
class BalloonChanged(Event):
    """The guest gave or took memory; the figure is what it has, in KiB."""

    constant = "VIR_DOMAIN_EVENT_ID_BALLOON_CHANGE"
    actual_kib: int


@dataclass(frozen=True, slots=True)
class DeviceRemoved(Event):
    """The guest let a device go: only this means that it is gone."""

    constant = "VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED"
    alias: str


@dataclass(frozen=True, slots=True)
class DeviceAdded(Event):
    """A device was shown to the guest."""

    constant = "VIR_DOMAIN_EVENT_ID_DEVICE_ADDED"
    alias: str


@dataclass(frozen=True, slots=True)
class DeviceRemovalFailed(Event):
    """The guest refused to let a device go."""

    constant = "VIR_DOMAIN_EVENT_ID_DEVICE_REMOVAL_FAILED"
    alias: str


@dataclass(frozen=True, slots=True)
class Tuned(Event):
    """Tunables (pinning, I/O limits) changed."""

    constant = "VIR_DOMAIN_EVENT_ID_TUNABLE"
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AgentChanged(Event):
    """The guest agent connected or went: virConnectDomainEventAgentLifecycleState."""

    constant = "VIR_DOMAIN_EVENT_ID_AGENT_LIFECYCLE"
    state: int
    reason: int


@dataclass(frozen=True, slots=True)
class MigrationPassed(Event):
    """A live migration began another pass over memory."""

    constant = "VIR_DOMAIN_EVENT_ID_MIGRATION_ITERATION"
    iteration: int


@dataclass(frozen=True, slots=True)
class HypervisorJobEnded(Event):
    """A save, dump or migration ended; the values are its statistics."""

    constant = "VIR_DOMAIN_EVENT_ID_JOB_COMPLETED"
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MetadataChanged(Event):
    """Title, description or an element of somebody's own changed."""

    constant = "VIR_DOMAIN_EVENT_ID_METADATA_CHANGE"
    type: int
    namespace: str | None


@dataclass(frozen=True, slots=True)
class ThresholdCrossed(Event):
    """A disk was written past the threshold set for it (bytes)."""

    constant = "VIR_DOMAIN_EVENT_ID_BLOCK_THRESHOLD"
    device: str
    path: str | None
    threshold: int
    excess: int


@dataclass(frozen=True, slots=True)
class MemoryFailed(Event):
    """The host's memory has a fault where this machine lives."""

    constant = "VIR_DOMAIN_EVENT_ID_MEMORY_FAILURE"
    recipient: int
    action: int
    flags: int


@dataclass(frozen=True, slots=True)
class MemoryDeviceResized(Event):
    """The guest plugged or unplugged blocks of a memory device; the size is in KiB."""

    constant = "VIR_DOMAIN_EVENT_ID_MEMORY_DEVICE_SIZE_CHANGE"
    alias: str
    size_kib: int


@dataclass(frozen=True, slots=True)
class MacChanged(Event):
    """The guest gave an adapter another hardware address."""

    constant = "VIR_DOMAIN_EVENT_ID_NIC_MAC_CHANGE"
    alias: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class VcpuRemoved(Event):
    """The guest let a virtual processor go."""

    constant = "VIR_DOMAIN_EVENT_ID_VCPU_REMOVED"
    vcpu: int


@dataclass(frozen=True, slots=True)
class ChannelChanged(Event):
    """A program in the guest opened or closed a channel other than the agent's."""

    constant = "VIR_DOMAIN_EVENT_ID_CHANNEL_LIFECYCLE"
    state: int
    reason: int


@dataclass(frozen=True, slots=True)
class PoolRefreshed(Event):
    """A storage pool was read anew."""

    constant = "VIR_STORAGE_POOL_EVENT_ID_REFRESH"


# Not here, for they only repeat: IO_ERROR (as IO_ERROR_REASON) and BLOCK_JOB (as BLOCK_JOB_2).
DOMAIN_EVENTS: tuple[type[Event], ...] = (
    Lifecycle, Rebooted, ClockChanged, WatchdogFired, DiskFailed, GraphicsClient, ControlFailed,
    BlockJob, MediumChanged, TrayMoved, GuestWoke, GuestSlept, GuestHibernated, BalloonChanged,
    DeviceRemoved, DeviceAdded, DeviceRemovalFailed, Tuned, AgentChanged, MigrationPassed,
    HypervisorJobEnded, MetadataChanged, ThresholdCrossed, MemoryFailed, MemoryDeviceResized,
    MacChanged, VcpuRemoved, ChannelChanged,
)  # fmt: skip
Deliver = Callable[[Event], None]


Release = Callable[[], object]


def register(connect: "libvirt.virConnect", host: str, deliver: Deliver) -> tuple[Release, ...]:
    """Call `deliver` (in libvirt's event thread) with every event of a host from now on.

    What this driver does not know is left out; the full listing finds such changes. Returns what
    ends that, for before the connection is closed: it lives on while an event is registered.
    """
    releases: list[Release] = []

    def listen(name: str, off: str, kind: type[Event], constant: str, at: Kind) -> None:
        receive = _receiver(kind, deliver, lambda thing: Ref(host, at, thing.UUIDString()))
        event_id = getattr(libvirt, constant, None)
        if event_id is None:
            return  # newer than the libvirt that the binding was built against
        try:
            number = getattr(connect, name)(None, event_id, receive, None)
        except libvirt.libvirtError as error:
            log.debug("%s: %s", constant, error)
        else:
            releases.append(lambda: getattr(connect, off)(number))

    for kind in DOMAIN_EVENTS:
        listen("domainEventRegisterAny", "domainEventDeregisterAny", kind, kind.constant,
               Kind.DOMAIN)  # fmt: skip
    listen("networkEventRegisterAny", "networkEventDeregisterAny", Lifecycle,
           "VIR_NETWORK_EVENT_ID_LIFECYCLE", Kind.NETWORK)  # fmt: skip
    for kind, constant in (
        (Lifecycle, "VIR_STORAGE_POOL_EVENT_ID_LIFECYCLE"),
        (PoolRefreshed, PoolRefreshed.constant),
    ):
        listen("storagePoolEventRegisterAny", "storagePoolEventDeregisterAny", kind, constant,
               Kind.STORAGE_POOL)  # fmt: skip
    return tuple(releases)


def _receiver(
    kind: type[Event], deliver: Deliver, name: Callable[[Any], Ref]
) -> Callable[..., None]:
    def receive(_connect: object, thing: object, *arguments: Any) -> None:
        # libvirt prints what a callback raises and goes on, so it is caught and logged here.
        try:
            deliver(kind(name(thing), *arguments[:-1]))
        except (libvirt.libvirtError, TypeError):
            log.exception("an event of kind %s could not be read", kind.__name__)

    return receive


def on_close(connect: "libvirt.virConnect", closed: Callable[[], None]) -> tuple[Release, ...]:
    """Call `closed` (in libvirt's event thread) when the connection breaks, if it tells."""

    def hear(_connect: object, reason: int, _context: object) -> None:
        if reason != libvirt.VIR_CONNECT_CLOSE_REASON_CLIENT:  # that is ourselves
            closed()

    try:
        connect.registerCloseCallback(hear, None)
    except libvirt.libvirtError as error:
        log.debug("no close callback: %s", error)
        return ()
    return (connect.unregisterCloseCallback,)
