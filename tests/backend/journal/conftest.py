"""Things to write down, and somebody who hears what the journal tells."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.journal.entry import OUTSIDE, Author, AuthorKind, During, Entry, Fact, What, fact
from backend.model import Kind, Ref

HOST = Ref("t", Kind.HOST, "t")
VM = Ref("t", Kind.DOMAIN, "uuid-1")
OTHER = Ref("t", Kind.DOMAIN, "uuid-2")
CELADON = Author(AuthorKind.CELADON, "ada", "desk", 4711)
NOW = 1_760_000_000.0

_uids = itertools.count(1)


def entry(
    what: What | Fact = What.STARTED,
    *,
    at: float = NOW,
    subject: Ref = VM,
    author: Author = OUTSIDE,
    during: During = During.LIVE,
) -> Entry:
    said = what if isinstance(what, Fact) else fact(what)
    return Entry(next(_uids), at, subject, "web-01", (said,), author, during)


def whats(entries: "list[Entry] | tuple[Entry, ...]") -> list[str]:
    return [one.what for found in entries for one in found.facts]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal.sqlite"


MakeEntry = Callable[..., Entry]
