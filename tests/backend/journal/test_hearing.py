from dataclasses import fields
from typing import Any

import libvirt
import pytest

from backend.hypervisor import events
from backend.journal.entry import GUEST, HOST, OUTSIDE, Author, What
from backend.journal.hearing import hear
from backend.model import Kind, Ref
from tests.backend.journal.conftest import NOW, VM


def lifecycle(event: str, detail: str, ref: Ref = VM) -> events.Lifecycle:
    constant = f"VIR_DOMAIN_EVENT_{event}"
    return events.Lifecycle(
        ref, getattr(libvirt, constant), getattr(libvirt, f"{constant}_{detail}")
    )


@pytest.mark.parametrize(
    ("event", "what", "author"),
    [
        (lifecycle("STARTED", "BOOTED"), What.STARTED, OUTSIDE),
        (lifecycle("STARTED", "RESTORED"), What.RESTORED, OUTSIDE),
        (lifecycle("SHUTDOWN", "GUEST"), What.SHUT_DOWN, GUEST),
        (lifecycle("SHUTDOWN", "HOST"), What.SHUT_DOWN, HOST),
        (lifecycle("STOPPED", "DESTROYED"), What.TURNED_OFF, OUTSIDE),
        (lifecycle("STOPPED", "FAILED"), What.CRASHED, HOST),
        (lifecycle("STOPPED", "MIGRATED"), What.LEFT, OUTSIDE),
        (lifecycle("SUSPENDED", "WATCHDOG"), What.WATCHDOG, GUEST),
        (lifecycle("CRASHED", "PANICKED"), What.PANICKED, GUEST),
        (events.Rebooted(VM), What.RESTARTED, GUEST),
        (events.ControlFailed(VM), What.CONTROL_FAILED, HOST),
        (events.MemoryFailed(VM, 0, 0, 0), What.MEMORY_FAILED, HOST),
        (events.AgentChanged(VM, 1, 2), What.AGENT_CONNECTED, GUEST),
        (events.AgentChanged(VM, 2, 2), What.AGENT_LEFT, GUEST),
        (events.DeviceRemovalFailed(VM, "net0"), What.REMOVAL_REFUSED, GUEST),
        (events.BlockJob(VM, "vda", 2, 0), What.BLOCK_JOB_DONE, OUTSIDE),
        (events.BlockJob(VM, "vda", 2, 1), What.BLOCK_JOB_FAILED, OUTSIDE),
        (events.BlockJob(VM, "vda", 2, 2), What.BLOCK_JOB_CANCELLED, OUTSIDE),
    ],
)
def test_what_is_heard(event: events.Event, what: What, author: Author) -> None:
    heard = hear(event, NOW)
    assert heard
    assert (heard.fact.what, heard.author, heard.at) == (what, author, NOW)


def test_what_comes_with_an_event_is_kept() -> None:
    full = hear(events.DiskFailed(VM, "/images/a", "virtio-disk0", 1, "enospc"), NOW)
    assert full
    assert (full.fact["path"], full.fact["reason"]) == ("/images/a", "enospc")
    copied = hear(events.BlockJob(VM, "vda", 2, 0), NOW)
    assert copied
    assert (copied.fact["target"], copied.fact["job"]) == ("vda", "copy")
    seen = hear(events.GraphicsClient(VM, 1, {}, {"node": "10.0.0.7"}, "vnc", None), NOW)
    assert seen
    assert (seen.fact.what, seen.fact["address"]) == (What.VIEWER_CAME, "10.0.0.7")


@pytest.mark.parametrize(
    "event",
    [
        lifecycle("DEFINED", "ADDED"),
        lifecycle("STARTED", "BOOTED", Ref("t", Kind.NETWORK, "n")),
        events.ClockChanged(VM, 3),
        events.BalloonChanged(VM, 1024),
        events.BlockJob(VM, "vda", 2, 3),
        events.GraphicsClient(VM, 0, {}, {}, "", None),
        events.MigrationPassed(VM, 1),
    ],
)
def test_what_is_passed_over(event: events.Event) -> None:
    assert hear(event, NOW) is None


@pytest.mark.parametrize("kind", events.DOMAIN_EVENTS, ids=lambda kind: kind.__name__)
def test_no_event_whatever_it_carries_is_an_error(kind: type[events.Event]) -> None:
    for number in range(12):
        given: dict[str, Any] = {
            field.name: {} if "Mapping" in str(field.type) else number
            for field in fields(kind)
            if field.name != "ref"
        }
        hear(kind(VM, **given), NOW)
