import asyncio
import threading
import time

import pytest

from backend import engine as engines
from backend import jobs
from backend.engine import Engine
from backend.errors import Gone, HostUnknown
from backend.host.book import HostBook
from backend.host.managed import ManagedHost
from backend.jobs import JobState
from backend.journal.entry import What
from backend.measures import Measure, Unit
from backend.model import Alerts, Change, DomainState, Host, HostState, Kind, Ref
from backend.operations import domain
from backend.specs import HostSpec
from backend.thresholds import Rules, Threshold
from tests.backend.conftest import Heard


def test_a_host_brings_all_that_it_has(heard: Heard) -> None:
    kinds = {ref.kind for ref in heard.records}
    assert kinds == {Kind.HOST, Kind.DOMAIN, Kind.NETWORK, Kind.STORAGE_POOL}
    assert heard.host().processors > 0


def test_who_listens_late_hears_it_all_again(heard: Heard) -> None:
    late = Heard(heard.engine)
    late.until(lambda: late.records == heard.records)
    first = {change.ref: change for change in reversed(late.changes)}
    assert all(change.before is None for change in first.values())


def test_who_stopped_listening_hears_no_more(heard: Heard, vm: Ref) -> None:
    told: list[Change] = []
    stop = heard.engine.listen(
        on_change=told.append, on_job=lambda _job: None, on_samples=lambda _samples: None
    )
    heard.end_of(heard.engine.submit(domain.suspend, vm))
    assert any(change.before is not None for change in told)
    stop()
    heard.engine.query(domain.description, vm).result(5)  # by then it has been told of the end
    count = len(told)
    heard.end_of(heard.engine.submit(domain.resume, vm))
    assert len(told) == count


def test_a_verb_runs_as_a_job_and_ends_when_its_effect_shows(heard: Heard, vm: Ref) -> None:
    job = heard.end_of(heard.engine.submit(domain.suspend, vm))
    assert (job.state, job.operation, job.subject_name) == (
        JobState.DONE, "domain.suspend", "test",
    )  # fmt: skip
    machine = heard.domain()
    assert machine
    assert machine.state is DomainState.PAUSED


def test_a_question_is_answered_without_a_job(heard: Heard, vm: Ref) -> None:
    assert "<name>test</name>" in heard.engine.query(domain.description, vm).result(5)
    assert heard.jobs == {}


def test_a_question_to_nobody_is_an_error(heard: Heard) -> None:
    gone = Ref("t", Kind.DOMAIN, "gone")
    with pytest.raises(Gone):
        heard.engine.query(domain.owned_disks, gone).result(5)
    with pytest.raises(HostUnknown):
        heard.engine.query(domain.owned_disks, Ref("x", Kind.DOMAIN, "gone")).result(5)


def test_a_job_that_can_be_cancelled_is(heard: Heard, vm: Ref) -> None:
    async def wait_for_ever(_host: ManagedHost, _ref: Ref) -> None:
        jobs.report(is_cancellable=True)
        await asyncio.Event().wait()

    job_id = heard.engine.submit(wait_for_ever, vm)
    heard.until(lambda: job_id in heard.jobs and heard.jobs[job_id].is_cancellable)
    heard.engine.cancel(job_id)
    assert heard.end_of(job_id).state is JobState.CANCELLED


def test_closing_waits_for_no_hypervisor(uri: str) -> None:
    engine, release = Engine([HostSpec("t", "Test", uri)]), threading.Event()
    engine.start()
    heard = Heard(engine)
    heard.until(lambda: heard.records and heard.host().state is HostState.CONNECTED)

    async def hang(host: ManagedHost, _ref: Ref) -> None:
        await host.run_locally(release.wait, deadline_s=60)

    engine.submit(hang, Ref("t", Kind.HOST, "t"))
    heard.until(lambda: heard.jobs)
    began = time.monotonic()
    engine.close()
    release.set()
    assert time.monotonic() - began < 4  # it does not wait the 60 s; a deadline, not a timing


def test_an_engine_that_hangs_is_waited_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_CLOSE_DEADLINE_S", 0.01)
    engine, release = Engine([]), threading.Event()
    engine.start()
    engine._post(release.wait)
    waited: list[float | None] = []
    join = engine._thread.join

    def wait(deadline_s: float | None) -> None:
        waited.append(deadline_s)
        join(deadline_s)

    monkeypatch.setattr(engine._thread, "join", wait)
    engine.close()
    engine.close()
    assert waited == [0.01]
    release.set()
    join(10)
    assert not engine._thread.is_alive()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_engine_that_cannot_start_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(engines, "Journal", fail)
    engine = Engine([])
    starting = threading.Thread(target=engine.start, daemon=True)
    starting.start()
    starting.join(10)
    assert not starting.is_alive()
    engine.close()


def test_a_server_whose_address_is_none_ends_no_other(uri: str) -> None:
    wrong = HostSpec("w", "Wrong", "qemu+ssh://[rack-2/system", is_wanted=True)
    engine = Engine([wrong, HostSpec("t", "Test", uri)])
    engine.start()
    heard = Heard(engine)
    heard.until(lambda: len(hosts(heard)) == 2 and all(hosts(heard).values()))
    assert hosts(heard) == {"w": "UriInvalid", "t": "connected"}
    engine.close()


def hosts(heard: Heard) -> dict[str, str]:
    """Return how each host stands: connected, or why not."""
    told = (record for record in heard.records.values() if isinstance(record, Host))
    return {
        host.ref.host: host.problem.message_id
        if host.problem
        else "connected" * (host.state is HostState.CONNECTED)
        for host in told
    }


def test_one_that_cannot_even_be_managed_ends_no_other(
    uri: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    manage = HostBook.manage

    def refuse(book: HostBook, spec: HostSpec) -> None:
        if spec.id == "w":
            raise ValueError(spec.uri)
        manage(book, spec)

    monkeypatch.setattr(HostBook, "manage", refuse)
    engine = Engine([HostSpec("w", "Wrong", "wrong"), HostSpec("t", "Test", uri)])
    engine.start()
    heard = Heard(engine)
    heard.until(lambda: hosts(heard) == {"t": "connected"})
    assert "ValueError: wrong" in caplog.text
    caplog.clear()
    engine.close()


def test_after_the_end_nothing_is_raised_at_the_caller(uri: str) -> None:
    engine = Engine([HostSpec("t", "Test", uri)])
    engine.start()
    engine.close()
    engine.cancel(1)
    engine.watch(Ref("t", Kind.HOST, "t"))()


def test_a_figure_beyond_its_threshold_is_a_record_until_the_machine_is_off(
    heard: Heard, vm: Ref
) -> None:
    rule = Threshold("memory", Measure.MEMORY_ASSIGNED, 1.0, Unit.BYTES, duration_s=1.0)
    heard.engine.watch(vm)
    heard.engine.use_rules(Rules((rule,)))
    ref = vm.of(Kind.ALERTS)
    heard.until(lambda: ref in heard.records)
    alerts = heard.records[ref]
    assert isinstance(alerts, Alerts)
    assert [(one.threshold, one.is_known) for one in alerts.alerts] == [(rule, True)]
    heard.end_of(heard.engine.submit(domain.destroy, vm))
    heard.until(lambda: ref not in heard.records)
    whats = (What.ALERT_RAISED, What.ALERT_ENDED)
    heard.until(lambda: {one.what for e in heard.entries for one in e.facts} >= {*whats})
