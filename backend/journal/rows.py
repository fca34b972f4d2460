"""The lines of the journal's file: an entry, a job, a standing as columns, and back.

What a later version wrote and this one does not know (a kind, an author) is passed over, not an
error: None is returned for such a line.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from backend.errors import Argument, Problem
from backend.jobs import Job, JobState
from backend.journal.entry import Author, AuthorKind, During, Entry, Fact, PastJob
from backend.model import Kind, Ref

Standing = Mapping[str, Any]
"""What was last known of a thing, as JSON takes it; made and compared by `standing`."""

ENTRY_COLUMNS: Final = (
    "uid", "at", "host", "kind", "key", "name", "facts", "author", "user", "computer", "process",
    "during", "problem",
)  # fmt: skip
JOB_COLUMNS: Final = (
    "uid", "id", "operation", "host", "kind", "key", "name", "state", "started_at", "ended_at",
    "problem", "user", "computer", "process", "session", "unused",
)  # fmt: skip


def dump_entry(entry: Entry) -> tuple[Any, ...]:
    """Return an entry's columns."""
    subject, author = entry.subject, entry.author
    return (
        entry.uid, entry.at, subject.host, subject.kind.value, subject.key, entry.name,
        dump_facts(entry.facts), author.kind.value, author.user, author.computer, author.process,
        entry.during.value, _dump_problem(entry.problem),
    )  # fmt: skip


def parse_entry(row: Sequence[Any]) -> Entry | None:
    """Return the entry of a line."""
    uid, at, host, kind, key, name, facts, author, user, computer, process, during, problem = row
    try:
        return Entry(
            uid=uid,
            at=at,
            subject=Ref(host, Kind(kind), key),
            name=name,
            facts=_parse_facts(facts),
            author=Author(AuthorKind(author), user, computer, process),
            during=During(during),
            problem=_parse_problem(problem),
        )
    except (ValueError, TypeError, KeyError):
        return None


def dump_job(past: PastJob, session: str) -> tuple[Any, ...]:
    """Return a job's columns."""
    job, author, subject = past.job, past.author, past.job.subject
    place = (subject.host, subject.kind.value, subject.key) if subject else ("", "", "")
    return (
        past.uid, job.id, job.operation, *place, job.subject_name, job.state.value,
        job.started_at, job.ended_at, _dump_problem(job.problem), author.user, author.computer,
        author.process, session, json.dumps(job.unused) if job.unused else "",
    )  # fmt: skip


def parse_job(row: Sequence[Any]) -> tuple[PastJob, str] | None:
    """Return the job of a line, and the session that it was of."""
    (uid, number, operation, host, kind, key, name, state, started_at, ended_at, problem, user,
     computer, process, session, unused) = row  # fmt: skip
    try:
        job = Job(
            id=number,
            operation=operation,
            subject=Ref(host, Kind(kind), key) if kind else None,
            subject_name=name,
            state=JobState(state),
            started_at=started_at,
            ended_at=ended_at,
            problem=_parse_problem(problem),
            unused=tuple(map(str, json.loads(unused))) if unused else (),
        )
    except (ValueError, TypeError, KeyError):
        return None
    return PastJob(uid, job, Author(AuthorKind.CELADON, user, computer, process)), session


def dump_facts(facts: Sequence[Fact]) -> str:
    """Return facts as JSON: equal ones give equal texts."""
    return json.dumps([[fact.what, dict(fact.arguments)] for fact in facts])


def _parse_facts(text: str) -> tuple[Fact, ...]:
    return tuple(Fact(str(what), _arguments(told)) for what, told in json.loads(text))


def _arguments(told: Mapping[str, Argument]) -> tuple[tuple[str, Argument], ...]:
    return tuple(sorted(told.items()))


def _dump_problem(problem: Problem | None) -> str | None:
    if problem is None:
        return None
    parts = [problem.message_id, dict(problem.arguments), problem.detail]
    return json.dumps(parts)


def _parse_problem(text: str | None) -> Problem | None:
    if text is None:
        return None
    message_id, told, detail = json.loads(text)
    return Problem(str(message_id), _arguments(told), tuple(detail))


def dump_standing(standing: Standing) -> str:
    """Return a standing as JSON."""
    return json.dumps(standing, sort_keys=True)


def parse_standing(text: str) -> Standing | None:
    """Return the standing of a line."""
    try:
        told = json.loads(text)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None
