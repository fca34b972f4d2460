"""Changes as lines of a table: day by day, newest first, and how it was before all of them."""

from itertools import groupby
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.journal.entry import Entry, What
from backend.operations.alterations import Alteration
from console.sdk import happenings
from console.sdk.nodes import Tone
from console.sdk.views import Cell
from console.snapins.machines.history import words
from console.snapins.machines.history.past import FIRST, Past
from console.widgets.table_model import Line, TableColumn


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


def columns() -> tuple[TableColumn, ...]:
    """Return the columns."""
    return (
        TableColumn(_tr("Time"), 10),
        TableColumn(_tr("Change"), 64),
        TableColumn(_tr("By"), 30),
    )


def lines(past: Past) -> tuple[Line, ...]:
    """Return the lines, below the days."""
    days = groupby(past.changes, lambda change: happenings.day(change.entry.at))
    told = [
        Line(
            ("day", title),
            (Cell(title),),
            tuple(_line(change, past.now) for change in found),
            is_heading=True,
        )
        for title, found in days
    ]
    if past.first:
        told.append(_first(past.first == past.now))
    return tuple(told)


def _line(change: Alteration, now: str) -> Line:
    icon, tone = _mark(change, now)
    told = "\n".join(words.told_of(change))
    who = words.by(change.entry)
    return Line(
        change.entry.uid,
        (
            Cell(happenings.clock(change.entry.at), tone=Tone.MUTED),
            Cell(words.headline(change), icon, tone, tooltip=told),
            Cell(who, tone=Tone.MUTED, tooltip=happenings.about_author(change.entry)),
        ),
    )


def _mark(change: Alteration, now: str) -> tuple[str, Tone]:
    if change.after and change.after == now:
        return "ph.check-circle", Tone.GOOD
    return _MARKS.get(_kind(change.entry), "ph.sliders-horizontal"), Tone.MUTED


_MARKS: Final[dict[str, str]] = {What.CREATED: "ph.plus-circle", What.DELETED: "ph.trash"}


def _kind(entry: Entry) -> str:
    whats = {fact.what for fact in entry.facts}
    return next((what for what in _MARKS if what in whats), "")


def _first(is_now: object) -> Line:
    title = _tr("Before that")
    words_of = _tr("As it was when Celadon first saw it")
    mark = ("ph.check-circle", Tone.GOOD) if is_now else ("ph.flag", Tone.MUTED)
    return Line(
        ("day", FIRST),
        (Cell(title),),
        (Line(FIRST, (Cell(""), Cell(words_of, *mark), Cell(""))),),
        is_heading=True,
    )
