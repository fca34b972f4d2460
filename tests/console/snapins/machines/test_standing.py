"""What an administrator meets is told apart, each with its reason and the way on."""

from dataclasses import replace

import pytest

from backend.errors import Problem
from backend.jobs import Job, JobState
from backend.model import Domain, DomainState, StateReason
from console.sdk import wording
from console.sdk.nodes import Tone
from console.snapins.machines import actions, standing
from tests.fakes.machines import domain

S, R = DomainState, StateReason


def failure(operation: str, message_id: str, *detail: str) -> Job:
    problem = Problem(message_id, (("name", "a"), ("seconds", 60)), detail)
    return Job(1, operation, domain("a").ref, "a", JobState.FAILED, 0.0, 1.0, problem=problem)


def paused(reason: StateReason, *disks: str) -> Domain:
    failed = tuple((disk, "no space") for disk in disks)
    return replace(domain("a", S.PAUSED, reason=reason), failed_disks=failed)


@pytest.mark.parametrize(
    ("machine", "brief", "ways_on"),
    [
        (paused(R.DISK_FULL, "vda"), "Storage of vda is full", ("resume", "destroy")),
        (paused(R.IO_ERROR, "vda", "vdb"), "Input/output error on vda, vdb", ("resume", "destroy")),
        (paused(R.IO_ERROR), "Input/output error on a disk", ("resume", "destroy")),
        (paused(R.WATCHDOG), "Stopped by its watchdog", ("resume", "reset")),
        (paused(R.PANICKED), "The guest panicked", ("reset", "destroy")),
        (domain("a", S.CRASHED), "QEMU ended unexpectedly", ("start",)),
        (domain("a", reason=R.CRASHED), "QEMU ended unexpectedly", ("start",)),
        (domain("a", reason=R.START_FAILED), "The last start failed", ("start",)),
        (domain("a", S.RUNNING, reason=R.NOT_ANSWERING), "QEMU does not answer", ("destroy",)),
    ],
)
def test_trouble(machine: Domain, brief: str, ways_on: tuple[str, ...]) -> None:
    found = standing.trouble(machine, None)
    assert found
    assert found.brief == brief
    assert found.actions == tuple(f"domain.{name}" for name in ways_on)
    for action_id in found.actions:
        assert actions.action(action_id).applies(machine), "a way on that cannot be taken"
    assert standing.mark(machine).tone is found.tone


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("reason", R)
def test_each_way_on_can_be_taken_in_every_state(state: DomainState, reason: StateReason) -> None:
    machine = domain("a", state, reason=reason)
    for one in (machine, replace(machine, live=machine.next_start)):
        found = standing.trouble_of_state(one)
        for action_id in found.actions if found else ():
            assert actions.action(action_id).applies(one)


@pytest.mark.parametrize("reason", [R.MIGRATING, R.SAVING, R.STARTING, R.SNAPSHOT, R.NORMAL])
def test_a_pause_for_a_while_is_no_trouble(reason: StateReason) -> None:
    assert standing.trouble(paused(reason), None) is None


def test_a_saved_machine_is_in_no_trouble() -> None:
    saved = domain("a", reason=R.CRASHED, has_saved_state=True)
    assert standing.trouble(saved, None) is None
    assert standing.mark(saved).tone is Tone.MUTED


def test_a_failed_start_is_told_with_the_log_it_brought() -> None:
    failed = failure("domain.start", "StartFailed", "qemu: no such drive")
    found = standing.trouble(domain("a", reason=R.START_FAILED), failed)
    assert found
    assert found.detail == ("qemu: no such drive",)
    assert found.brief == "Starting a failed"


def test_a_start_that_succeeded_elsewhere_ends_the_trouble() -> None:
    assert standing.trouble(domain("a", S.RUNNING), failure("domain.start", "StartFailed")) is None


def test_a_shutdown_that_timed_out_offers_turn_off() -> None:
    late = failure("domain.shutdown", "ShutdownTimedOut")
    found = standing.trouble(domain("a", S.RUNNING), late)
    assert found
    assert found.actions == ("domain.shutdown", "domain.destroy")
    assert standing.trouble(domain("a"), late) is None, "it went off by itself after all"


def test_every_state_has_a_mark_of_its_own() -> None:
    marks = {standing.mark(domain("a", state)).icon for state in S}
    assert len(marks) == len(S)


def test_a_qemu_that_does_not_answer_says_so_in_any_state() -> None:
    for state in (DomainState.RUNNING, DomainState.PAUSED, DomainState.SHUTTING_DOWN):
        silent = domain("x", state, reason=StateReason.NOT_ANSWERING)
        found = standing.trouble_of_state(silent)
        assert found
        assert found.actions == ("domain.destroy",)
        assert "Wait" in found.text
        assert wording.state(silent) == "Not answering"
