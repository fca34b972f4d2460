import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from backend.errors import Problem
from backend.jobs import Job, JobState
from backend.journal import rows
from backend.journal.entry import (
    Author,
    AuthorKind,
    During,
    Entry,
    Fact,
    PastJob,
    What,
    fact,
)
from backend.model import Kind, Ref
from tests.backend.journal.conftest import CELADON, NOW, VM, entry

TEXT = st.text(max_size=20)
ARGUMENTS = st.dictionaries(TEXT, st.one_of(TEXT, st.integers(-(2**60), 2**60)), max_size=3).map(
    lambda told: tuple(sorted(told.items()))
)
PROBLEMS = st.one_of(
    st.none(), st.builds(Problem, TEXT, ARGUMENTS, st.lists(TEXT, max_size=2).map(tuple))
)
ENTRIES = st.builds(
    Entry,
    uid=st.integers(0, 2**62),
    at=st.floats(0, 1e11),
    subject=st.builds(Ref, TEXT, st.sampled_from(Kind), TEXT),
    name=TEXT,
    facts=st.lists(st.builds(Fact, TEXT, ARGUMENTS), max_size=3).map(tuple),
    author=st.builds(Author, st.sampled_from(AuthorKind), TEXT, TEXT, st.integers(0, 2**22)),
    during=st.sampled_from(During),
    problem=PROBLEMS,
)


@given(ENTRIES)
def test_an_entry_comes_back_as_it_went(one: Entry) -> None:
    assert rows.parse_entry(rows.dump_entry(one)) == one


@given(PROBLEMS, st.sampled_from(JobState), st.booleans(), st.lists(TEXT, max_size=2).map(tuple))
def test_a_job_comes_back_as_it_went(
    problem: Problem | None, state: JobState, has_subject: bool, unused: tuple[str, ...]
) -> None:
    subject = VM if has_subject else None
    job = Job(7, "domain.start", subject, "web-01", state, NOW, NOW + 1)
    job = replace(job, problem=problem, unused=unused)
    past = PastJob(12, job, CELADON)
    assert rows.parse_job(rows.dump_job(past, "1.2.3")) == (past, "1.2.3")


def test_what_a_later_version_wrote_is_passed_over() -> None:
    columns = dict(zip(rows.ENTRY_COLUMNS, rows.dump_entry(entry()), strict=True))
    for changes in ({"kind": "dragon"}, {"author": "dragon"}, {"facts": "{"}):
        assert rows.parse_entry(tuple((columns | changes).values())) is None
    job = PastJob(1, Job(1, "x", None, "", JobState.DONE, NOW), CELADON)
    told = dict(zip(rows.JOB_COLUMNS, rows.dump_job(job, "s"), strict=True))
    assert rows.parse_job(tuple((told | {"state": "dreaming"}).values())) is None
    assert rows.parse_standing("[") is None
    assert rows.parse_standing("[]") is None


def test_a_fact_of_a_later_version_is_kept() -> None:
    later = replace(entry(), facts=(Fact("levitated"),))
    assert rows.parse_entry(rows.dump_entry(later)) == later


def test_equal_facts_give_equal_texts() -> None:
    one = fact(What.RENAMED, before="ä", after="b")
    assert rows.dump_facts([one]) == rows.dump_facts([fact(What.RENAMED, after="b", before="ä")])
    assert json.loads(rows.dump_facts([one])) == [["renamed", {"after": "b", "before": "ä"}]]
