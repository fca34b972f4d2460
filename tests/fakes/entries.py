"""Entries of the journal."""

import itertools
import time

from backend.errors import Problem
from backend.journal.entry import (
    OUTSIDE,
    Author,
    AuthorKind,
    During,
    Entry,
    Fact,
    What,
    fact,
)
from backend.model import Ref
from tests.fakes.machines import domain

VM = domain("web-01").ref
OTHER = domain("db-01").ref
CELADON = Author(AuthorKind.CELADON, "ada", "desk", 4711)

_uids = itertools.count(1)


def entry(
    *facts: What | Fact,
    at: float | None = None,
    subject: Ref = VM,
    author: Author = OUTSIDE,
    during: During = During.LIVE,
    problem: Problem | None = None,
) -> Entry:
    told = tuple(one if isinstance(one, Fact) else fact(one) for one in facts)
    when = time.time() if at is None else at
    name = subject.key.removeprefix("uuid-")
    return Entry(next(_uids), when, subject, name, told, author, during, problem)
