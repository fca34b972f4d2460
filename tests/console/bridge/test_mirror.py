"""The GUI thread's own copy."""

from backend.errors import Gone
from backend.jobs import Job, JobState
from backend.model import Change, Domain, Guest, Host, Kind
from console.bridge.mirror import JOBS_KEPT, LISTED_KEPT, SAMPLES_KEPT, Mirror
from tests.fakes.machines import HOST, domain, host, reading


def test_records_by_class_and_host() -> None:
    mirror = Mirror()
    web = domain("web")
    guest = Guest(web.ref.of(Kind.GUEST), does_agent_answer=True)
    for record in (web, host(), guest):
        mirror.apply_change(Change(record.ref, None, record))
    assert mirror.record(web.ref, Domain) == web
    assert mirror.record(web.ref, Host) is None
    assert mirror.guest(web.ref) == guest
    assert list(mirror.records(Domain, "elsewhere")) == []
    assert mirror.any_record(HOST) == host()
    mirror.apply_change(Change(web.ref, web, None))
    assert list(mirror.records(Domain)) == []


def test_readings_are_a_ring() -> None:
    mirror, ref = Mirror(), domain("web").ref
    for at in range(5 * SAMPLES_KEPT):
        mirror.apply_samples([reading(ref, float(at))])
    kept = mirror.samples(ref)
    assert SAMPLES_KEPT <= len(kept) < 2 * SAMPLES_KEPT
    assert kept[-1].at == 5 * SAMPLES_KEPT - 1
    mirror.forget_samples(lambda _ref: False)
    assert list(mirror.samples(ref)) == []


def test_jobs_are_kept_but_not_for_ever() -> None:
    mirror, ref = Mirror(), domain("web").ref
    for number in range(JOBS_KEPT + 10):
        mirror.apply_job(Job(number, "domain.start", ref, "web", JobState.DONE, 0.0))
    assert len(mirror.jobs()) == JOBS_KEPT
    assert mirror.jobs()[-1].id == JOBS_KEPT + 9


def test_a_cancelled_job_is_neither_failure_nor_success() -> None:
    mirror, ref = Mirror(), domain("web").ref
    problem = Gone(name="web").problem
    mirror.apply_job(Job(1, "x", ref, "", JobState.FAILED, 0.0, problem=problem))
    mirror.apply_job(Job(2, "x", ref, "", JobState.CANCELLED, 0.0))
    failure = mirror.last_failure(ref)
    assert failure is not None
    assert failure.id == 1


def test_of_those_that_are_only_listed_fewer_readings_are_kept() -> None:
    mirror = Mirror()
    single, listed = domain("single").ref, domain("listed").ref
    for at in range(5 * LISTED_KEPT):
        read = [reading(single, float(at)), reading(listed, float(at))]
        mirror.apply_samples(read, {single}.__contains__)
    assert len(mirror.samples(single)) == 5 * LISTED_KEPT
    assert LISTED_KEPT <= len(mirror.samples(listed)) < 2 * LISTED_KEPT
    assert mirror.samples(listed)[-1].at == 5 * LISTED_KEPT - 1
