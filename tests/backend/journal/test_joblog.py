from collections.abc import Iterator
from dataclasses import replace

import pytest

from backend.errors import ShutdownTimedOut
from backend.jobs import Job, JobState
from backend.journal.entry import What, fact
from backend.journal.joblog import JobLog
from backend.journal.keeper import Journal
from tests.backend.journal.conftest import CELADON, HOST, NOW, VM

RUNNING = Job(1, "domain.shutdown", VM, "web-01", JobState.RUNNING, NOW)
DONE = replace(RUNNING, state=JobState.DONE, ended_at=NOW + 1)


@pytest.fixture
def journal() -> Iterator[Journal]:
    kept = Journal(None)
    yield kept
    kept.close()


@pytest.fixture
def log(journal: Journal) -> JobLog:
    return JobLog(journal, CELADON)


def test_starts_and_ends_go_into_the_history(log: JobLog, journal: Journal) -> None:
    assert log.follow(RUNNING)
    assert not log.follow(replace(RUNNING, progress=0.5)), "how far it is is no history"
    (past,) = journal.read_jobs().result(5).jobs
    assert (past.job.state, past.author) == (JobState.RUNNING, CELADON)
    assert log.follow(DONE)
    (again,) = journal.read_jobs().result(5).jobs
    assert (again.job.state, again.uid) == (JobState.DONE, past.uid)


def test_what_is_told_is_not_told_again(log: JobLog) -> None:
    assert log.outcome(DONE) == fact(What.DONE, operation="domain.shutdown")
    log.mark_told(DONE, fact(What.SHUT_DOWN))
    assert log.outcome(DONE) is None


def test_what_made_something_is_told_by_that(log: JobLog) -> None:
    assert log.outcome(replace(DONE, operation="machine.create", subject=HOST, result=VM)) is None


def test_failures_are_always_told_once(log: JobLog) -> None:
    problem = ShutdownTimedOut(name="web-01", seconds=60).problem
    failed = replace(DONE, state=JobState.FAILED, problem=problem)
    log.mark_told(failed, fact(What.SHUT_DOWN))
    assert log.outcome(failed) == fact(What.FAILED, operation="domain.shutdown")
    start = replace(failed, id=2, operation="domain.start")
    assert log.outcome(start) == fact(What.START_FAILED)
    log.mark_told(start, fact(What.STARTED))
    assert log.outcome(start) == fact(What.START_FAILED), "it ran, and then it failed"
    log.mark_told(start, fact(What.START_FAILED))
    assert log.outcome(start) is None


def test_a_cancel_is_told_and_looking_is_not(log: JobLog) -> None:
    cancelled = replace(DONE, state=JobState.CANCELLED)
    assert log.outcome(cancelled) == fact(What.CANCELLED, operation="domain.shutdown")
    assert log.outcome(replace(DONE, operation="host.refresh", subject=HOST)) is None


def test_it_knows_who_may_be_making_something(log: JobLog) -> None:
    assert not log.is_making("t")
    log.follow(RUNNING)
    assert not log.is_making("t")
    log.follow(replace(RUNNING, id=2, operation="machine.create", subject=HOST))
    assert log.is_making("t")
    assert not log.is_making("x")
    assert len(log.spans("t")) == 2


def test_it_forgets_what_ended_long_ago(log: JobLog) -> None:
    log.follow(RUNNING)
    log.follow(DONE)  # which was years ago, by this clock
    log.follow(replace(RUNNING, id=3))
    assert [span.job.id for span in log.spans("t")] == [3]


def test_a_file_that_is_being_made_is_written_down_while_the_job_runs(
    log: JobLog, journal: Journal
) -> None:
    log.follow(RUNNING)
    assert not log.follow(replace(RUNNING, unused=("/images/a.qcow2",))), "it has not ended"
    (past,) = journal.read_jobs().result(5).jobs
    assert past.job.unused == ("/images/a.qcow2",)
    log.follow(DONE)
    (past,) = journal.read_jobs().result(5).jobs
    assert past.job.unused == ()
