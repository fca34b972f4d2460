"""What somebody typed is told from what a program put into a field."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.sdk.typed_text import has_typed, put_in


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
