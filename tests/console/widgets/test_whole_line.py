from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.sdk.views import Cell
from console.widgets.table import Table
from console.widgets.table_model import Line, TableColumn
from console.widgets.whole_line import WholeLine
from tests.fakes.turning import turn

LONG = "a-rather-long-name-of-a-virtual-hard-disk-number-07.qcow2"
PATH = f"/srv/storage/{LONG}"


@pytest.fixture
def whole(qtbot: QtBot) -> Iterator[WholeLine]:
    page = QWidget()
    table = Table("Disks", (TableColumn("Drive"), TableColumn("Medium", 20)))
    made = WholeLine(table)
    column = QVBoxLayout(page)
    column.addWidget(table, 1)
    column.addWidget(made)
    qtbot.addWidget(page)
    page.resize(300, 300)
    page.show()
    table.set_lines(
        (
            Line("heading", (Cell("Disks of this machine, one and all of them, here"),),
                 is_heading=True),
            Line("long", (Cell("vda"), Cell(LONG))),
            Line("short", (Cell("vdb"), Cell("b"))),
            Line("file", (Cell("vdc"), Cell("c.img", tooltip="/srv/c.img"))),
            Line("told", (Cell("vdd"), Cell("d", tooltip="The machine went on from here."))),
        ),
        "",
    )  # fmt: skip
    yield made
    del page


def choose(whole: WholeLine, key: str) -> str:
    whole._table.choose(key)
    for _ in range(3):
        turn()
    return whole.text() if whole.isVisible() else ""


def test_what_is_cut_off_stands_below_in_full(whole: WholeLine) -> None:
    assert not whole.isVisible()
    assert choose(whole, "long") == f"Medium: {LONG}"
    assert choose(whole, "short") == ""
    assert choose(whole, "heading") == ""


def test_so_does_what_a_tooltip_has_the_whole_of(whole: WholeLine) -> None:
    assert choose(whole, "file") == "Medium: /srv/c.img"
    assert choose(whole, "told") == "", "that says something else"


def test_with_more_room_it_goes(whole: WholeLine) -> None:
    assert choose(whole, "long")
    whole.window().resize(1200, 300)
    for _ in range(3):
        turn()
    assert not whole.isVisible()


def test_what_is_chosen_stays_in_sight(whole: WholeLine) -> None:
    table = whole._table
    table.set_lines(tuple(Line(n, (Cell(str(n)), Cell(LONG))) for n in range(40)), "")
    for _ in range(3):
        turn()
    last = table.indexAt(table.viewport().rect().bottomLeft())
    table.setCurrentIndex(last.siblingAtRow(last.row() - 1))
    for _ in range(4):
        turn()
    assert whole.isVisible()
    chosen = table.visualRect(table.currentIndex()).adjusted(0, 0, 0, -1)  # Qt's own is one off
    assert table.viewport().rect().contains(chosen)
