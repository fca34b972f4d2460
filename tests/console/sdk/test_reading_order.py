"""Tab goes as one reads."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from console.sdk.reading_order import fields, put_in_order, take_keys_where_it_scrolls


def test_fields_come_as_one_reads_and_from_what_scrolls(qtbot: QtBot) -> None:
    page, inside = QWidget(), QWidget()
    qtbot.addWidget(page)
    last, second, first = QPushButton("OK"), QLineEdit(), QLineEdit()
    last.setParent(page)
    room = QScrollArea()
    room.setWidget(inside)
    QFormLayout(inside).addRow("Second", second)
    form = QFormLayout(page)
    form.addRow("First", first)
    form.addRow("", QLabel("words"))
    form.addRow(room)
    assert list(fields(form)) == [first, second]
    assert put_in_order(form, last) is first
    assert first.nextInFocusChain() is second


def test_a_page_without_fields_has_no_first(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    assert put_in_order(QFormLayout(page)) is None


def test_tab_stops_at_what_scrolls_only_while_it_does(qtbot: QtBot) -> None:
    room, inside = QScrollArea(), QWidget()
    qtbot.addWidget(room)
    room.setWidget(inside)
    take_keys_where_it_scrolls(room)
    room.resize(200, 100)
    room.show()
    inside.resize(50, 50)
    assert room.focusPolicy() is Qt.FocusPolicy.NoFocus
    inside.resize(50, 500)
    assert room.focusPolicy() is Qt.FocusPolicy.StrongFocus
    inside.resize(50, 50)
    assert room.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_a_row_that_was_put_in_later_is_read_where_it_stands(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    form, first, second, whole = QFormLayout(page), QLineEdit(), QLineEdit(), QLineEdit()
    form.addRow("Second", second)
    form.insertRow(0, "First", first)
    form.addRow(whole)
    assert list(fields(form)) == [first, second, whole]


def test_one_begins_where_something_can_be_done(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    form, hidden, off, usable = QFormLayout(page), QLineEdit(), QLineEdit(), QLineEdit()
    for field in (hidden, off, usable):
        form.addRow(field)
    hidden.hide()
    off.setEnabled(False)
    page.show()
    assert put_in_order(form) is usable
