"""Every error has its sentence, and the words for figures are those an administrator reads."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale

from backend.errors import DiskFull, Problem, ShutdownTimedOut, WrongState
from backend.jobs import Job, JobState
from backend.model import Domain, DomainState, Kind, Ref, StateReason
from console.sdk import wording

MACHINE = Domain(Ref("here", Kind.DOMAIN, "1"), "web-01", DomainState.RUNNING)
JOB = Job(1, "domain.start", MACHINE.ref, "web-01", JobState.RUNNING, 0.0)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


def test_arguments_are_put_in_words() -> None:
    full = DiskFull(path="/srv", needed_bytes=20 * 1024**3, free_bytes=1536 * 1024**2).problem
    assert "/srv has 1.5 GiB free and this needs 20 GiB" in wording.sentence(full)
    assert "after 60 s" in wording.sentence(ShutdownTimedOut(name="a", seconds=60).problem)
    assert "“a” is shutting down now" in wording.sentence(
        WrongState(name="a", state="shutting_down").problem
    )


def test_an_unknown_id_is_a_fault_of_ours() -> None:
    assert wording.sentence(Problem("Nonsense")) == wording.sentence(Problem("Unexpected"))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0 B"),
        (1000, "1,000 B"),
        (1024, "1 KiB"),
        (1536 * 1024**2, "1.5 GiB"),
        (2 * 1024**3, "2 GiB"),
        (128 * 1024**2, "128 MiB"),
        (5 * 1024**4, "5 TiB"),
    ],
)
def test_sizes(number: int, text: str) -> None:
    assert wording.size(number) == text


def test_part_and_whole_share_the_unit() -> None:
    assert wording.size_of(300 * 1024**2, 1024**3) == "0.3 of 1 GiB"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-1, "0 s"),
        (35, "35 s"),
        (90, "90 s"),
        (720, "12 min"),
        (15120, "04:12"),
        (274320, "3 d 04:12"),
    ],
)
def test_durations(seconds: float, text: str) -> None:
    assert wording.duration(seconds) == text


def test_a_moment_tells_the_date_unless_it_was_today() -> None:
    now = 1_700_000_000.0
    assert ":" in wording.moment(now, now)
    assert "Nov" not in wording.moment(now, now)
    assert "Nov" in wording.moment(now - 86400 * 3, now)
    assert "2022" in wording.moment(now - 86400 * 366, now)


@pytest.mark.parametrize("value", DomainState)
@pytest.mark.parametrize("reason", StateReason)
def test_every_state_has_a_word(value: DomainState, reason: StateReason) -> None:
    assert wording.state(replace(MACHINE, state=value, reason=reason))


def test_states_an_administrator_meets_are_told_apart() -> None:
    off = replace(MACHINE, state=DomainState.OFF)
    paused = replace(MACHINE, state=DomainState.PAUSED)
    assert wording.state(off) == "Off"
    assert wording.state(replace(off, has_saved_state=True)) == "Saved"
    assert wording.state(replace(off, reason=StateReason.START_FAILED)) == "Start failed"
    assert wording.state(replace(off, reason=StateReason.CRASHED)) == "Crashed"
    assert wording.state(paused) == "Paused"
    assert wording.state(replace(paused, reason=StateReason.DISK_FULL)) == "Paused-Critical"
    assert wording.state(replace(paused, reason=StateReason.PANICKED)) == "Panicked"


def test_jobs_are_told_in_words() -> None:
    assert wording.job_title(JOB) == "Starting web-01"
    assert wording.job_failure(JOB) == "Starting web-01 failed"
    assert wording.job_activity(replace(JOB, progress=0.4)) == "Starting 40 %"
    notes = replace(JOB, operation="domain.set_notes", stage="waiting")
    assert wording.job_activity(notes) == "Writing the notes, waiting"
    assert wording.job_title(replace(JOB, operation="x.y")) == "x.y web-01"


def test_a_deed_is_named_as_one_says_it_behind_undo() -> None:
    assert wording.deed(replace(JOB, operation="domain.rename")) == "Rename web-01"
    assert wording.deed(JOB) == "Starting web-01"
