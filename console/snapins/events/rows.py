"""Entries of the journal as lines of a table: day by day, the newest first."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby

from PySide6.QtCore import QCoreApplication

from backend.journal.entry import Entry
from backend.model import Kind
from console.sdk import happenings as words
from console.sdk.nodes import Tone
from console.sdk.views import Cell
from console.widgets.table_model import Line, TableColumn

_SUBJECTS = {
    Kind.HOST: "ph.desktop-tower",
    Kind.DOMAIN: "ph.monitor",
    Kind.NETWORK: "ph.share-network",
    Kind.STORAGE_POOL: "ph.hard-drives",
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("events", text)


def columns(*, of_many: object) -> tuple[TableColumn, ...]:
    """Return the columns; `of_many` things, so that each line says of which it is."""
    subject = (TableColumn(_tr("Of"), 32),) if of_many else ()
    return (
        TableColumn(_tr("Time"), 9),
        *subject,
        TableColumn(_tr("Event"), 42),
        TableColumn(_tr("By"), 24),
        TableColumn(_tr("Details"), 40),
    )


def lines(entries: Iterable[Entry], *, of_many: object) -> tuple[Line, ...]:
    """Return the lines, below the days; the entries come newest first."""
    days = groupby(entries, lambda entry: words.day(entry.at))
    return tuple(
        Line(
            ("day", title),
            (Cell(title),),
            tuple(_line(entry, bool(of_many)) for entry in found),
            is_heading=True,
        )
        for title, found in days
    )


@lru_cache(maxsize=20_000)  # many are drawn again for one that came
def _line(entry: Entry, of_many: bool) -> Line:  # noqa: FBT001  # part of the cache's key
    icon, tone = words.mark(entry)
    subject = (Cell(entry.name, _SUBJECTS.get(entry.subject.kind, ""), Tone.MUTED),)
    text = words.headline(entry)
    detail = words.detail(entry)
    return Line(
        entry.uid,
        (
            Cell(words.clock(entry.at), tone=Tone.MUTED),
            *(subject if of_many else ()),
            Cell(text, icon, tone),
            Cell(words.author(entry.author), tooltip=words.about_author(entry)),
            Cell(_brief(entry) or detail, tone=Tone.MUTED, tooltip=detail),
        ),
    )


def _brief(entry: Entry) -> str:
    """Return of a problem what the hypervisor itself said: that tells most in a line."""
    return next(iter(entry.problem.detail), "") if entry.problem else ""


def chosen(entries: Sequence[Entry], filter_text: str) -> list[Entry]:
    """Return the entries in whose words every word of the filter occurs."""
    wanted = filter_text.casefold().split()
    if not wanted:
        return list(entries)
    return [entry for entry in entries if _has(entry, wanted)]


def _has(entry: Entry, wanted: Sequence[str]) -> bool:
    text = f"{_text(entry)} {words.day(entry.at).casefold()}"
    return all(word in text for word in wanted)


@lru_cache(maxsize=20_000)
def _text(entry: Entry) -> str:
    who = words.author(entry.author)
    return f"{entry.name} {words.headline(entry)} {who} {words.detail(entry)}".casefold()
