"""For programs that go step by step: what waits, and what it raises."""

import pytest

from backend.blocking import until_connected, until_done
from backend.engine import Engine
from backend.errors import EffectNotSeen, ProblemError, WrongState
from backend.jobs import JobState
from backend.model import HostState, Ref
from backend.operations import domain
from backend.specs import HostSpec
from tests.backend.conftest import Heard


def test_a_host_is_waited_for(uri: str) -> None:
    engine = Engine([HostSpec("t", "Test", uri)])
    engine.start()
    try:
        assert until_connected(engine, "t").state is HostState.CONNECTED
        with pytest.raises(EffectNotSeen):
            until_connected(engine, "another", deadline_s=0.1)
    finally:
        engine.close()


def test_what_keeps_a_host_away_is_raised() -> None:
    engine = Engine([HostSpec("t", "Test", "test:///nowhere/at/all.xml")])
    engine.start()
    try:
        with pytest.raises(ProblemError):
            until_connected(engine, "t", deadline_s=30)
    finally:
        engine.close()


def test_jobs_are_waited_for_together(heard: Heard, vm: Ref) -> None:
    engine = heard.engine
    submit = engine.submit
    done = until_done(engine, submit(domain.suspend, vm), submit(domain.set_notes, vm, "x"))
    assert [job.operation for job in done] == ["domain.suspend", "domain.set_notes"]
    assert all(job.state is JobState.DONE for job in done)


def test_what_a_job_failed_with_is_raised(heard: Heard, vm: Ref) -> None:
    with pytest.raises(ProblemError) as raised:
        until_done(heard.engine, heard.engine.submit(domain.start, vm))
    assert raised.value.problem.message_id == WrongState.message_id
    assert "WrongState(" in str(raised.value)
