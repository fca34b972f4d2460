"""What somebody typed or chose is told from what a program put into a field."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from console.sdk.typed_text import Hand, has_typed, put_in
from tests.fakes.turning import turn


def window_of(qtbot: QtBot, *fields: QWidget) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    for field in fields:
        column.addWidget(field)
    window.show()
    return window


def test_a_proposal_is_not_typed(qtbot: QtBot) -> None:
    line, text = QLineEdit("proposal"), QPlainTextEdit("proposal")
    window = window_of(qtbot, line, text)
    line.setText("another")
    text.setPlainText("another")
    assert not has_typed(window)


def test_each_kind_of_field_knows_it(qtbot: QtBot) -> None:
    for field in (QLineEdit(), QPlainTextEdit(), QSpinBox()):
        window = window_of(qtbot, field)
        QTest.keyClicks(field, "7")
        assert has_typed(window)


def test_what_was_chosen_elsewhere_counts(qtbot: QtBot) -> None:
    line = QLineEdit()
    window = window_of(qtbot, line)
    put_in(line, "/images/a.qcow2")
    assert line.text() == "/images/a.qcow2"
    assert has_typed(window)
    line.clear()
    assert not has_typed(window)


def test_what_stands_over_it_asks_for_itself(qtbot: QtBot) -> None:
    window = window_of(qtbot, QLineEdit())
    over = QDialog(window)
    line = QLineEdit(over)
    over.show()
    QTest.keyClicks(line, "x")
    assert not has_typed(window)
    assert has_typed(over)


def test_what_stands_over_it_asks_for_its_choices_itself(qtbot: QtBot) -> None:
    window = window_of(qtbot, QLineEdit())
    over = QDialog(window)
    ticks = QCheckBox("a", over), QCheckBox("b", over)
    for one in (window, over):
        Hand(one)
    over.show()
    over.activateWindow()
    turn()
    for tick in ticks:
        tick.setFocus()
        QTest.keyClick(tick, Qt.Key.Key_Space)
    assert has_typed(over)
    assert not has_typed(window)


def test_of_choices_it_takes_several_that_are_otherwise_than_before(qtbot: QtBot) -> None:
    first, second, tick = QComboBox(), QComboBox(), QCheckBox("tick")
    for box in (first, second):
        box.addItems(["a", "b", "c"])
    window = window_of(qtbot, first, second, tick)
    Hand(window)
    window.activateWindow()
    turn()
    second.setCurrentIndex(2)
    tick.setChecked(True)  # by the program
    found = [has_typed(window)]
    deeds: tuple[tuple[QWidget, Qt.Key], ...] = (
        (first, Qt.Key.Key_Down),  # one
        (second, Qt.Key.Key_Up),  # two
        (first, Qt.Key.Key_Up),  # as before
        (tick, Qt.Key.Key_Space),  # two
    )
    for field, key in deeds:
        field.setFocus()
        QTest.keyClick(field, key)
        found.append(has_typed(window))
    assert found == [False, False, True, False, True]


def test_what_comes_late_into_a_field_that_has_the_keyboard_is_no_choice(qtbot: QtBot) -> None:
    boxes = QComboBox(), QComboBox()
    window = window_of(qtbot, *boxes)
    Hand(window)
    window.activateWindow()
    turn()
    for box in boxes:
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Tab)
        box.setFocus()
        box.addItems(["a", "b"])
    assert not has_typed(window)


def test_a_choice_from_a_list_counts(qtbot: QtBot) -> None:
    rows, many = QListWidget(), QSpinBox()
    rows.addItems(["a", "b"])
    rows.setCurrentRow(0)
    window = window_of(qtbot, rows, many)
    Hand(window)
    window.activateWindow()
    turn()
    below = rows.visualItemRect(rows.item(1)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=below)
    many.setFocus()
    QTest.keyClick(many, Qt.Key.Key_Up)
    assert has_typed(window)
