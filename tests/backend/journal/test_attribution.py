from backend.jobs import Job, JobState
from backend.journal.attribution import AFTERWARDS_S, BY_ITSELF, EXPLAINED, Span, explanation
from backend.journal.entry import What, fact
from backend.model import Kind, Ref
from tests.backend.journal.conftest import HOST, NOW, OTHER, VM

POOL = Ref("t", Kind.STORAGE_POOL, "p")


def span(
    operation: str,
    subject: Ref = VM,
    *,
    ended_at: float | None = None,
    result: object = None,
    state: JobState = JobState.RUNNING,
) -> Span:
    job = Job(1, operation, subject, "x", state, NOW, ended_at, result=result)
    return Span(job, subject)


def does(one: Span, what: What, subject: Ref = VM, *, at: float = NOW + 1) -> bool:
    return explanation(subject, fact(what), at, [one]) is one.job


def test_a_verb_explains_what_it_does() -> None:
    assert does(span("domain.start"), What.STARTED)
    assert not does(span("domain.start"), What.TURNED_OFF), "somebody else did that meanwhile"
    assert not does(span("domain.start"), What.NOTES)
    assert not does(span("domain.start"), What.STARTED, OTHER)


def test_a_verb_that_is_not_known_explains_whatever_happens_meanwhile() -> None:
    assert does(span("nic.attach"), What.NIC_ADDED)
    assert does(span("snapshot.revert"), What.REVERTED)
    assert not does(span("nic.attach"), What.NIC_ADDED, OTHER)


def test_what_happens_by_itself_is_nobody_s_job() -> None:
    assert not does(span("nic.attach"), What.PANICKED)
    assert not does(span("domain.destroy"), What.CRASHED)
    assert not {what for told in EXPLAINED.values() for what in told} & BY_ITSELF


def test_only_while_it_runs_and_a_little_after() -> None:
    done = span("domain.start", ended_at=NOW + 5, state=JobState.DONE)
    assert does(done, What.STARTED, at=NOW + 5 + AFTERWARDS_S)
    assert not does(done, What.STARTED, at=NOW + 6 + AFTERWARDS_S)
    assert not does(done, What.STARTED, at=NOW - 1)


def test_looking_does_nothing() -> None:
    assert not does(span("host.refresh", HOST), What.CREATED)


def test_what_a_host_s_job_made_is_told_by_its_result() -> None:
    made = span("machine.create", HOST, ended_at=NOW + 1, result=VM, state=JobState.DONE)
    assert does(made, What.CREATED)
    assert not does(made, What.CREATED, OTHER)
    assert does(made, What.VOLUME_MADE, POOL)
    assert not does(made, What.STARTED)


def test_the_known_verb_comes_before_the_unknown() -> None:
    other, known = span("script.run"), span("domain.start")
    for spans in ([other, known], [known, other]):
        assert explanation(VM, fact(What.STARTED), NOW, spans) is known.job


def test_deleting_a_machine_deletes_its_disks() -> None:
    assert does(span("domain.delete"), What.VOLUME_DELETED, POOL)
    assert not does(span("domain.start"), What.VOLUME_DELETED, POOL)
