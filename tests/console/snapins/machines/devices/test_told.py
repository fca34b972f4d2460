"""A tick is a thing that was seen; everything else is called what it is."""

from dataclasses import replace

import pytest

from backend.devices import Stage
from backend.errors import Problem
from backend.heartbeat import Heartbeat, Pulse
from backend.jobs import JobState, Step, StepState
from console.sdk.nodes import Tone
from console.snapins.machines.devices import told
from console.widgets.step_rows import Mark
from tests.console.snapins.machines.devices.offers import MAC, job, pulse, seen

HOST, SHOWN = seen("host_accepted", 0.08, "virtio", "default"), seen("shown_to_guest", 0.11)
UNTOLD = Problem("GuestTellsNothing")


def waiting(name: str) -> Step:
    return Step(name, MAC)


def unknown(name: str) -> Step:
    return Step(name, MAC, StepState.NOT_KNOWN, remark=UNTOLD)


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_words(stage: Stage) -> None:
    (line,) = told.lines(job(seen(stage.value, 1.0)))
    assert line.name[0].isupper()
    assert "_" not in line.name
    assert (line.mark, line.told) == (Mark.DONE, "1.00 s")


def test_the_first_that_is_waited_for_is_under_way_and_the_rest_is_ahead() -> None:
    lines = told.lines(job(HOST, waiting("driver_bound"), waiting("address")))
    assert [line.mark for line in lines] == [Mark.DONE, Mark.UNDER_WAY, Mark.AHEAD]
    assert [line.told for line in lines] == ["0.08 s", "waiting...", ""]
    assert lines[0].detail == "virtio, default"


def test_what_nobody_can_tell_is_not_known_and_never_a_tick() -> None:
    ended = job(HOST, SHOWN, unknown("driver_bound"), state=JobState.DONE)
    line = told.lines(ended)[-1]
    assert (line.mark, line.told) == (Mark.NOT_KNOWN, "not known")
    assert "guest agent" in line.tooltip
    assert told.remarks(ended) == line.tooltip
    result = told.outcome(ended, "")
    assert "not known" in result.text
    assert result.tone is Tone.WARNING


def test_what_was_not_seen_when_it_ended_is_said_so() -> None:
    lines = told.lines(job(HOST, waiting("driver_bound"), state=JobState.FAILED))
    assert (lines[1].mark, lines[1].told) == (Mark.AHEAD, "not seen")
    failed = Step("host_accepted", MAC, StepState.FAILED)
    assert told.lines(job(failed, state=JobState.FAILED))[0].mark is Mark.FAILED


@pytest.mark.parametrize(
    ("steps", "words", "tone"),
    [
        ((HOST, SHOWN, seen("address", 2.3, "10.0.9.4")), "answers at 10.0.9.4", Tone.GOOD),
        ((HOST, SHOWN, seen("driver_bound", 0.6)), "The guest uses it.", Tone.GOOD),
        ((HOST, SHOWN, waiting("driver_bound")), "does not use it yet", Tone.WARNING),
        ((HOST, seen("in_definition", 0.2)), "from its next start on", Tone.GOOD),
        ((seen("in_definition", 0.2),), "It is gone from the machine's next start", Tone.GOOD),
        ((seen("asked", 0.1), seen("removed", 0.2)), "has let it go", Tone.GOOD),
    ],
)
def test_the_end_in_one_line(steps: tuple[Step, ...], words: str, tone: Tone) -> None:
    result = told.outcome(job(*steps, state=JobState.DONE), "")
    assert words in result.text
    assert result.tone is tone


def test_a_failure_is_told_with_what_the_hypervisor_said() -> None:
    problem = Problem("DeviceRefused", (("device", "vdb"),), ("No more slots",))
    result = told.outcome(job(state=JobState.FAILED, problem=problem), "")
    assert "refused vdb" in result.text
    assert result.text.endswith("\nNo more slots")
    assert result.tone is Tone.BAD
    assert told.outcome(job(), "Under way.").text == "Under way."


def test_the_longest_gaps_stand_beside_each_other() -> None:
    beats = Heartbeat(Pulse.COUNTER, 20, ((-1.0, 30.0), (0.5, 31.4)))
    words = told.pulse_caption(beats, "adding")
    assert words == "Heartbeat of the guest: longest gap 31 ms while adding, 30 ms before"
    before = told.pulse_caption(Heartbeat(Pulse.COUNTER, 20, ((-1.0, 30.0),)), "adding")
    assert before.endswith("longest gap 30 ms before")
    assert told.pulse_caption(Heartbeat(Pulse.COUNTER, 20), "adding").endswith("not measured yet")
    only = Heartbeat(Pulse.COUNTER, 20, ((1.0, 30.0),))
    assert told.pulse_caption(only, "adding").endswith("longest gap 30 ms while adding")


@pytest.mark.parametrize("source", Pulse)
def test_it_says_who_told_the_heartbeat(source: Pulse) -> None:
    words = told.pulse_source(Heartbeat(source, 20, lost=2))
    assert words.startswith("Told by")
    assert "20 ms" in words
    assert words.endswith("Beats lost: 2.")
    assert ("delays it" in words) is (source is Pulse.AGENT)


def test_the_chart_marks_the_moment_and_what_was_seen_of_the_guest() -> None:
    found = told.marks(job(HOST, SHOWN, seen("driver_bound", 0.64), heartbeat=pulse()))
    assert [(mark.seconds, mark.text) for mark in found] == [(0.0, "begin"), (0.64, "driver")]


def test_a_disk_that_was_kept_is_named() -> None:
    kept = replace(job(), unused=("/images/web-vdb.qcow2",))
    assert told.remarks(kept) == "", "it may come to be used yet"
    assert "/images/web-vdb.qcow2" in told.remarks(replace(kept, state=JobState.FAILED))
