"""Changes as lines of a table: day by day, newest first, and how it was before all of them."""

import time
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


class Lines:
    """The lines of one past. What a change did is put into words once, not with each page read."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Alteration, bool, str, Line]] = {}

    def of(self, past: Past) -> tuple[Line, ...]:
        """Return the lines, below the days."""
        titles: dict[tuple[int, ...], str] = {}
        found = [self._known_line(change, past.now, titles) for change in past.changes]
        told = [
            Line(
                ("day", title),
                (Cell(title),),
                tuple(line for _, line in below),
                is_heading=True,
            )
            for title, below in groupby(found, key=lambda one: one[0])
        ]
        if past.first:
            told.append(_first(past.first == past.now))
        return tuple(told)

    def _known_line(
        self, change: Alteration, now: str, titles: dict[tuple[int, ...], str]
    ) -> tuple[str, Line]:
        """Return a change's day and line."""
        is_now, at = change.after == now, change.entry.at
        of_day = time.localtime(at)[:3]
        day = titles.get(of_day) or titles.setdefault(of_day, happenings.day(at))
        known = self._known.get(change.entry.uid)
        # By identity: to compare two definitions' comparison costs more than its words.
        if known is None or known[0] is not change or known[1:3] != (is_now, day):
            known = (change, is_now, day, _line(change, now))
            self._known[change.entry.uid] = known
        return day, known[3]


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
