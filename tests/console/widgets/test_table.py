import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.sdk.views import Cell
from console.widgets.cells import ROW_HEIGHT
from console.widgets.table import Table, take_what_is_left
from console.widgets.table_model import Line, TableColumn
from tests.fakes.turning import turn


def lines(count: int) -> tuple[Line, ...]:
    return tuple(
        Line(n, (Cell(f"line {n}", "ph.play", Tone.GOOD), Cell("x" * n))) for n in range(count)
    )


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made = Table("Things", (TableColumn("Name"), TableColumn("Detail")))
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


def test_empty_it_says_why(table: Table) -> None:
    table.set_lines((), "There is none.")
    assert table.empty_words == "There is none."
    assert table.accessibleDescription() == "There is none."
    blank = table.grab().toImage()
    table.set_lines(lines(1), "There is none.")
    assert table.empty_words == ""
    assert table.grab().toImage() != blank


def test_keys_open_and_copy(table: Table) -> None:
    table.set_lines(lines(3), "")
    opened: list[object] = []
    table.opened.connect(opened.append)
    table.choose(1)
    assert table.current_key() == 1
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [1]
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Name\tDetail\nline 1\tx\n"
    table.selectAll()
    assert [line.key for line in table.selected()] == [0, 1, 2]


def test_what_is_selected_stays_while_lines_come(table: Table) -> None:
    table.set_lines(lines(3)[1:], "")
    table.choose(2)
    table.set_lines(lines(3), "")
    assert table.current_key() == 2
    assert [line.key for line in table.selected()] == [2]


def test_what_is_chosen_is_alone_selected_whatever_keys_are_held(table: Table) -> None:
    table.set_lines(lines(3), "")
    table.choose(0)
    QTest.keyPress(table, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.keyboardModifiers() is Qt.KeyboardModifier.ControlModifier
    for _ in range(2):
        table.choose(2)
        assert [line.key for line in table.selected()] == [2]
    QTest.keyRelease(table, Qt.Key.Key_Control)
    assert QGuiApplication.keyboardModifiers() is Qt.KeyboardModifier.NoModifier


def test_a_heading_opens_and_closes(table: Table, qtbot: QtBot) -> None:
    table.set_lines((Line("day", (Cell("Today"),), lines(2), is_heading=True),), "")
    day = table.lines_model.index(0, 0)
    assert table.isExpanded(day)
    assert table.isFirstColumnSpanned(0, QModelIndex())
    table.setCurrentIndex(day)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert not table.isExpanded(day)
    table.set_lines((Line("day", (Cell("Today"),), lines(3), is_heading=True),), "")
    assert not table.isExpanded(table.lines_model.index(0, 0)), "it stays as the user left it"
    table.grab()


def test_the_end_is_told_as_it_nears(table: Table, qtbot: QtBot) -> None:
    neared: list[None] = []
    table.end_neared.connect(lambda: neared.append(None))
    table.set_lines(lines(200), "")
    qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() > 0)
    neared.clear()
    table.verticalScrollBar().setValue(10)
    assert neared == []
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    assert neared


def test_lines_below_lines_can_be_shown_as_a_tree(table: Table) -> None:
    table.show_tree()
    table.set_lines((Line("root", (Cell("root"),), lines(1)),), "")
    assert table.isExpanded(table.lines_model.index(0, 0))
    assert table.indentation() > 0
    assert table.rootIsDecorated()
    table.set_lines(lines(2), "")
    assert not table.rootIsDecorated(), "room for arrows where there are none"


def test_where_it_is_narrow_the_titles_are_still_read(qtbot: QtBot) -> None:
    titles = ("Examined", "Finding", "Measured", "Evidence")
    table = Table("Causes", [TableColumn(title, 30) for title in titles])
    qtbot.addWidget(table)
    table.resize(1200, 300)
    table.show()
    assert [table.columnWidth(n) for n in range(3)] == [table.columnWidth(0)] * 3
    table.resize(300, 300)
    metrics = table.header().fontMetrics()
    for number, title in enumerate(titles[:-1]):
        assert table.columnWidth(number) > metrics.horizontalAdvance(title) + GRID
    assert table.columnWidth(1) < table.columnWidth(0), "the first tells the lines apart"


def test_where_a_page_is_low_it_is_not_overlapped(qtbot: QtBot) -> None:
    page, area = QWidget(), QScrollArea()
    column = QVBoxLayout(page)
    above, below = QLabel("some words " * 30, wordWrap=True), QPushButton("Copy")
    table = Table("Things", (TableColumn("Name"), TableColumn("Detail")))
    take_what_is_left(table)
    column.addWidget(above)
    column.addWidget(table, 1)
    column.addWidget(below)
    area.setWidgetResizable(True)
    area.setWidget(page)
    qtbot.addWidget(area)
    area.resize(260, 150)
    area.show()
    turn()
    assert above.geometry().bottom() < table.y()
    assert table.geometry().bottom() < below.y()
    assert table.viewport().height() >= 2 * ROW_HEIGHT
    area.resize(260, 900)
    turn()
    assert table.height() > 500


def test_where_it_scrolls_sideways_what_stands_there_is_read_whole(qtbot: QtBot) -> None:
    columns = (TableColumn("Adapter", 28), TableColumn("IP", 30), TableColumn("Notes", 30))
    table = Table("Adapters", columns)
    qtbot.addWidget(table)
    table.resize(150, 300)
    table.show()
    narrow = table.columnWidth(1)
    cells = (Cell("eth0"), Cell("fd00:1234:5678::1/64"), Cell(""))
    table.set_lines([Line("a", cells)], "")
    words = table.fontMetrics().horizontalAdvance("fd00:1234:5678::1/64")
    assert narrow < words < table.columnWidth(1)
    table.set_lines([Line("a", cells), Line("b", (Cell("x" * 500), *cells[1:]))], "")
    assert table.columnWidth(0) < 400, "no wider than it wishes to be"
