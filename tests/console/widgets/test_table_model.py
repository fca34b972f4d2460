from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from console.sdk.views import Align, Cell
from console.widgets.table_model import Line, TableColumn, TableModel, as_tsv

COLUMNS = (TableColumn("Name"), TableColumn("Size", align=Align.RIGHT))


def line(key: str, size: str = "", *below: Line, is_heading: bool = False) -> Line:
    return Line(key, (Cell(key, tooltip=f"about {key}"), Cell(size)), below, is_heading)


def model(qtbot: QtBot, *lines: Line) -> TableModel:
    made = TableModel(COLUMNS)
    made.tester = QAbstractItemModelTester(  # type: ignore[attr-defined]
        made, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    made.set_lines(lines)
    return made


def names(made: TableModel, below: QModelIndex | None = None) -> list[str]:
    place = below or QModelIndex()
    return [str(made.index(row, 0, place).data()) for row in range(made.rowCount(place))]


def test_lines_come_and_go_and_those_that_stay_keep_their_place(qtbot: QtBot) -> None:
    made = model(qtbot, line("a"), line("b"), line("c"))
    kept = QPersistentModelIndex(made.find("c"))
    made.set_lines([line("new"), line("a"), line("c"), line("d")])
    assert names(made) == ["new", "a", "c", "d"]
    assert kept.isValid()
    assert kept.row() == 2
    made.set_lines([])
    assert names(made) == []
    assert not kept.isValid()


def test_only_what_differs_is_told(qtbot: QtBot) -> None:
    made = model(qtbot, line("a", "1"), line("b", "2"))
    told: list[int] = []
    made.dataChanged.connect(lambda first, _last: told.append(first.row()))
    made.set_lines([line("a", "1"), line("b", "3")])
    assert told == [1]


def test_lines_below_lines(qtbot: QtBot) -> None:
    made = model(qtbot, line("day", "", line("x"), line("y"), is_heading=True))
    day = made.index(0, 0)
    assert names(made, day) == ["x", "y"]
    assert made.parent(made.find("y")) == day
    made.set_lines([line("day", "", line("w"), line("x"), is_heading=True)])
    assert names(made, made.index(0, 0)) == ["w", "x"]
    assert not made.find("y").isValid()
    assert made.line(made.find("w")).key == "w"


def test_what_a_cell_shows(qtbot: QtBot) -> None:
    made = model(qtbot, line("a", "1"))
    roles = Qt.ItemDataRole
    assert made.index(0, 0).data(roles.ToolTipRole) == "about a"
    made.tip = lambda key, column: f"{key} {column} now"
    assert made.index(0, 1).data(roles.ToolTipRole) == "a 1 now"
    assert made.index(0, 1).data(roles.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert made.headerData(1, Qt.Orientation.Horizontal) == "Size"
    assert made.index(0, 0).data(roles.DecorationRole) is None


def test_text_of_a_table() -> None:
    lines = [line("day", "", line("a\nb", "1 MiB"), is_heading=True), line("c", "", line("=1"))]
    assert as_tsv(COLUMNS, lines) == "Name\tSize\na b\t1 MiB\nc\t\n'=1\t\n"
