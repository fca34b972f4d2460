import inspect
import threading
import time
from typing import Any

import libvirt
import pytest

from backend.hypervisor import events
from backend.hypervisor.eventloop import THREAD_NAME
from backend.hypervisor.events import DOMAIN_EVENTS, DeviceRemoved, Lifecycle, MetadataChanged
from backend.model import Kind, Ref

REPEATS = {"VIR_DOMAIN_EVENT_ID_IO_ERROR", "VIR_DOMAIN_EVENT_ID_BLOCK_JOB"}


def test_every_event_that_this_libvirt_has_is_typed() -> None:
    theirs = {name for name in dir(libvirt) if name.startswith("VIR_DOMAIN_EVENT_ID_")}
    ours = {kind.constant for kind in DOMAIN_EVENTS}
    assert theirs - REPEATS <= ours


DISPATCHERS: dict[type[events.Event], str] = {
    Lifecycle: "DomainEventLifecycle", events.Rebooted: "DomainEventGeneric",
    events.ClockChanged: "DomainEventRTCChange", events.WatchdogFired: "DomainEventWatchdog",
    events.DiskFailed: "DomainEventIOErrorReason", events.GraphicsClient: "DomainEventGraphics",
    events.ControlFailed: "DomainEventGeneric", events.BlockJob: "DomainEventBlockJob",
    events.MediumChanged: "DomainEventDiskChange", events.TrayMoved: "DomainEventTrayChange",
    events.GuestWoke: "DomainEventPMWakeup", events.GuestSlept: "DomainEventPMSuspend",
    events.GuestHibernated: "DomainEventPMSuspendDisk",
    events.BalloonChanged: "DomainEventBalloonChange", DeviceRemoved: "DomainEventDeviceRemoved",
    events.DeviceAdded: "DomainEventDeviceAdded", events.Tuned: "DomainEventTunable",
    events.DeviceRemovalFailed: "DomainEventDeviceRemovalFailed",
    events.AgentChanged: "DomainEventAgentLifecycle",
    events.MigrationPassed: "DomainEventMigrationIteration",
    events.HypervisorJobEnded: "DomainEventJobCompleted",
    MetadataChanged: "DomainEventMetadataChange",
    events.ThresholdCrossed: "DomainEventBlockThreshold",
    events.MemoryFailed: "DomainEventMemoryFailure",
    events.MemoryDeviceResized: "DomainEventMemoryDeviceSizeChange",
    events.MacChanged: "DomainEventNICMACChange", events.VcpuRemoved: "DomainEventVcpuRemoved",
    events.ChannelChanged: "DomainEventChannelLifecycle",
}  # fmt: skip


@pytest.mark.parametrize("kind", DOMAIN_EVENTS, ids=lambda kind: kind.__name__)
def test_every_event_takes_what_the_binding_gives(kind: type[events.Event], ref: Ref) -> None:
    """The binding's own dispatcher calls us, so a wrong number of arguments shows."""
    dispatch = getattr(libvirt.virConnect, f"_dispatch{DISPATCHERS[kind]}Callback", None)
    if dispatch is None:
        pytest.fail("this binding has another dispatcher now")
    given = list(inspect.signature(dispatch).parameters)[2:-1]
    heard: list[events.Event] = []
    receive = events._receiver(kind, heard.append, lambda _thing: ref)
    receive(None, object(), *given, None)
    assert [type(event) for event in heard] == [kind]


def test_what_cannot_be_read_is_logged_and_stops_nothing(ref: Ref, expected_log: Any) -> None:
    expected_log("could not be read")
    receive = events._receiver(DeviceRemoved, lambda _event: None, lambda _thing: ref)
    receive(None, object(), "one", "too", "many", None)


def test_who_let_go_of_them_hears_of_no_event_any_more(connect: Any, ref: Ref) -> None:
    is_told = threading.Event()
    domain = connect.lookupByUUIDString(ref.key)
    heard: list[events.Event] = []
    releases = events.register(connect, "h", heard.append)
    for release in releases:
        release()
    events.register(connect, "h", lambda _event: is_told.set())
    domain.suspend()
    assert is_told.wait(5), "events come in their order: this one would have come by now"
    assert heard == []


class Breaking:
    """A connection that breaks when it is told to; `reason` is libvirt's."""

    def __init__(self) -> None:
        self.hear: Any = None

    def registerCloseCallback(self, hear: Any, _opaque: object) -> None:
        self.hear = hear

    def unregisterCloseCallback(self) -> None:
        self.hear = None


def test_a_connection_that_breaks_is_told_and_one_that_we_close_is_not() -> None:
    connect, closed = Breaking(), list[str]()
    (release,) = events.on_close(connect, lambda: closed.append("closed"))
    connect.hear(connect, libvirt.VIR_CONNECT_CLOSE_REASON_CLIENT, None)
    assert closed == []
    connect.hear(connect, libvirt.VIR_CONNECT_CLOSE_REASON_EOF, None)
    assert closed == ["closed"]
    release()
    assert connect.hear is None


def test_events_arrive_typed_in_libvirts_own_thread(connect: Any, ref: Ref) -> None:
    heard: list[events.Event] = []
    threads: set[str] = set()
    all_in = threading.Event()

    def hear(event: events.Event) -> None:
        threads.add(threading.current_thread().name)
        heard.append(event)
        if len(heard) == 3:
            all_in.set()

    events.register(connect, "h", hear)
    domain = connect.lookupByUUIDString(ref.key)
    domain.suspend()
    domain.setMetadata(libvirt.VIR_DOMAIN_METADATA_TITLE, "t", None, None, 0)
    connect.networkLookupByName("default").destroy()
    assert all_in.wait(5)
    time.sleep(0.05)
    assert threads == {THREAD_NAME}
    assert [type(event) for event in heard] == [Lifecycle, MetadataChanged, Lifecycle]
    assert heard[0].ref == ref
    assert heard[2].ref.kind is Kind.NETWORK
