"""Keys and clicks on headings."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.shell.window import MainWindow
from tests.console.shell.steps import names, page


def grouped(shell: MainWindow) -> None:
    page(shell).area.arranger.group_by("state")


def line_of(shell: MainWindow, beginning: str) -> int:
    return next(i for i, name in enumerate(names(shell)) if name.startswith(beginning))


def stand_on(shell: MainWindow, line: int) -> None:
    area = page(shell).area
    area.selected.setCurrentIndex(area.model.index(line, 0), area.selected.SelectionFlag.NoUpdate)


def click(shell: MainWindow, line: int, x: int) -> None:
    pane = page(shell).area.pane
    rect = pane.visualRect(page(shell).area.model.index(line, 0))
    place = QPoint(x, rect.center().y())
    QTest.mouseClick(
        pane.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
    )


def test_keys_close_and_open_and_lead_to_the_heading(shell: MainWindow) -> None:
    grouped(shell)
    pane = page(shell).area.pane
    whole = names(shell)
    stand_on(shell, line_of(shell, "Running") + 2)
    QTest.keyClick(pane, Qt.Key.Key_Left)
    assert pane.currentIndex().row() == line_of(shell, "Running")
    QTest.keyClick(pane, Qt.Key.Key_Left)
    assert "web-01" not in names(shell)
    assert pane.currentIndex().row() == line_of(shell, "Running")
    QTest.keyClick(pane, Qt.Key.Key_Right)
    assert names(shell) == whole
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        QTest.keyClick(pane, key)
    assert names(shell) == whole


def test_arrow_keys_go_over_headings_and_select_only_rows(shell: MainWindow) -> None:
    grouped(shell)
    pane = page(shell).area.pane
    stand_on(shell, 0)
    seen = []
    for _ in names(shell)[1:]:
        QTest.keyClick(pane, Qt.Key.Key_Down)
        seen.append(pane.currentIndex().row())
    assert seen == list(range(1, len(names(shell))))
    QTest.keyClick(pane, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page(shell).chosen()) == 9


def test_a_click_on_a_heading_selects_its_rows_and_on_its_arrow_closes_it(
    shell: MainWindow, qtbot: QtBot
) -> None:
    grouped(shell)
    line = line_of(shell, "Running")
    click(shell, line, 120)
    assert {record.ref.key for record in page(shell).chosen()} == {
        "uuid-web-01", "uuid-web-02", "uuid-db-01", "uuid-cache-01"
    }  # fmt: skip
    click(shell, line_of(shell, "Running"), 10)
    assert "web-01" not in names(shell)
    assert page(shell).chosen() == ()
    click(shell, line_of(shell, "Running"), 120)
    assert "web-01" in names(shell)
    assert len(page(shell).chosen()) == 4
