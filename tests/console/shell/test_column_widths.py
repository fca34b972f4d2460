import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.model import Domain
from console.sdk.context import Lookup
from console.sdk.look import GRID
from console.sdk.views import Cell, Column, Quantity
from console.shell.column_widths import LAST, ColumnWidths

NAME, STATE, SHARE, STATUS = range(4)
TAKEN = {NAME: 300, STATE: 60, SHARE: 50, STATUS: 400}


def _nothing(_record: Domain, _lookup: Lookup) -> Cell:
    return Cell("")


@pytest.fixture
def widths(qtbot: QtBot) -> ColumnWidths:
    del qtbot
    kinds = (Quantity.TEXT, Quantity.CHOICE, Quantity.SHARE, Quantity.TEXT)
    declared = zip(("Name", "State", "CPU", "Status"), (30, 14, 20, 30), kinds, strict=True)
    columns = [
        Column(title, title, _nothing, width=width, quantity=kind)
        for title, width, kind in declared
    ]
    metrics = QFontMetrics(QApplication.font())
    return ColumnWidths(columns, metrics, lambda number: TAKEN[number])


def test_with_much_room_they_are_as_declared(widths: ColumnWidths) -> None:
    every = range(4)
    assert widths.with_room(every, 5000) == {
        NAME: max(widths.wish(NAME), TAKEN[NAME] + 3 * GRID),
        **{number: widths.wish(number) for number in (STATE, SHARE, STATUS)},
    }


def test_words_give_way_before_a_column_leaves_and_figures_are_told_whole(
    widths: ColumnWidths,
) -> None:
    whole = widths.with_room(range(4), 5000)
    for room in range(5000, LAST, -7):
        share = widths.with_room(range(4), room)
        assert list(share) == list(range(len(share))), "the last ones leave"
        *others, last = share
        words = last in (NAME, STATUS)
        assert (
            sum(share[n] for n in others) + (LAST if words else share[last]) <= room or not others
        )
        if STATE in share:
            assert share[STATE] >= min(whole[STATE], TAKEN[STATE])
        if SHARE in share:
            assert share[SHARE] >= TAKEN[SHARE]
    assert list(widths.with_room(range(4), LAST)) == [NAME], "one stays in any case"


def test_all_that_was_asked_for_are_there_however_little_room(widths: ColumnWidths) -> None:
    assert list(widths.fitting(range(4), 100)) == [NAME, STATE, SHARE, STATUS]


def test_names_have_room_also_while_none_is_shown(
    widths: ColumnWidths, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = range(4)
    room = sum(widths.wish(number) for number in every) * 2 // 3
    monkeypatch.setattr(widths, "_about_width", lambda _number: 0)  # each group is folded
    assert widths.with_room(every, room)[NAME] >= widths.wish(NAME) * 3 // 4
