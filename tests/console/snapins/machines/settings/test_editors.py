"""A field for each kind of value: what is shown comes back as it was."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from backend.errors import Problem
from backend.settings import Bounds, Choice, Entry, Value, ValueKind
from console.snapins.machines.settings.editors import Editor, editor_for
from console.widgets.order_list import OrderList
from console.widgets.quantity_box import QuantityBox
from tests.console.snapins.machines.settings.sheets import NOTES, choices, entry

UNSET = Bounds(can_be_unset=True)
CASES = [
    (ValueKind.SWITCH, Bounds(), (True, False)),
    (ValueKind.SWITCH, UNSET, (True, False, None)),
    (ValueKind.NUMBER, Bounds(0, 10), (0, 7)),
    (ValueKind.NUMBER, UNSET, (None, 0, 5)),
    (ValueKind.BYTES, Bounds(0, None), (2**31, 2**62)),
    (ValueKind.WORD, Bounds(choices=choices("a", "b")), ("a", "b", "not offered")),
    (ValueKind.WORD, Bounds(choices=choices("a"), can_be_unset=True), (None, "a")),
    (ValueKind.WORD, Bounds(choices=choices("a"), is_open=True), ("a", "typed")),
    (ValueKind.NUMBER, Bounds(choices=choices(1, 2)), (1, 2)),
    (ValueKind.TEXT, Bounds(), ("", "x")),
    (ValueKind.TEXT, UNSET, (None, "x")),
    (ValueKind.LIST, UNSET, (None, ("a", "b"))),
    (ValueKind.LIST, Bounds(choices=choices("a", "b", "c")), (("b", "a"), ())),
]


def made(qtbot: QtBot, one: Entry) -> Editor:
    editor = editor_for(one)
    qtbot.addWidget(editor.widget)
    return editor


@pytest.mark.parametrize(("kind", "bounds", "values"), CASES)
def test_what_is_shown_comes_back(
    qtbot: QtBot, kind: ValueKind, bounds: Bounds, values: tuple[Value, ...]
) -> None:
    editor = made(qtbot, entry(kind, bounds))
    heard: list[int] = []
    editor.edited.connect(lambda: heard.append(1))
    for value in values:
        editor.show(entry(kind, bounds, value), value)
        assert editor.value == value
        assert type(editor.value) is type(value)
        assert editor.complaint == ""
    assert heard == []  # what the program shows is no edit


def test_a_choice_that_will_not_do_says_so(qtbot: QtBot) -> None:
    bounds = Bounds(choices=(Choice("a"), Choice("b", Problem("NotSupported"))))
    editor = made(qtbot, entry(ValueKind.WORD, bounds, "a"))
    editor.show(entry(ValueKind.WORD, bounds, "a"), "a")
    box = editor.widget
    assert isinstance(box, QComboBox)
    assert [box.itemText(row) for row in range(2)] == ["a", "b (not on this server)"]
    heard: list[Value] = []
    editor.edited.connect(lambda: heard.append(editor.value))
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert heard == ["b"]


def test_who_types_within_an_open_choice_stays_there(qtbot: QtBot) -> None:
    bounds = Bounds(choices=choices("a", "b"), is_open=True)
    editor = made(qtbot, entry(ValueKind.WORD, bounds, "name"))
    editor.show(entry(ValueKind.WORD, bounds, "name"), "name")
    editor.edited.connect(lambda: editor.show(entry(ValueKind.WORD, bounds), editor.value))
    assert isinstance(editor.widget, QComboBox)
    line = editor.widget.lineEdit()
    assert line is not None
    line.setCursorPosition(2)
    QTest.keyClicks(line, "xy")
    assert (editor.value, line.cursorPosition()) == ("naxyme", 4)


def test_an_open_choice_offers_what_comes_while_one_types(qtbot: QtBot) -> None:
    bounds = Bounds(choices=choices("a"), is_open=True)
    editor = made(qtbot, entry(ValueKind.WORD, bounds))
    editor.show(entry(ValueKind.WORD, bounds, "typed"), "typed")
    more = Bounds(choices=choices("a", "new"), is_open=True)
    editor.show(entry(ValueKind.WORD, more, "typed"), "typed")
    assert isinstance(editor.widget, QComboBox)
    assert editor.widget.findText("new") >= 0
    assert editor.value == "typed"


def test_an_order_follows_what_comes_and_goes(qtbot: QtBot) -> None:
    editor = made(qtbot, entry(ValueKind.LIST, Bounds(choices=choices("a", "b"))))
    rows = editor.widget
    assert isinstance(rows, OrderList)

    def shown(*offered: str) -> list[str]:
        editor.show(entry(ValueKind.LIST, Bounds(choices=choices(*offered))), ("a",))
        return [rows.rows.item(row).text() for row in range(rows.rows.count())]

    assert len(shown("a", "b")) == 2
    assert len(shown("a", "b", "c")) == 3
    assert len(shown("a")) == 1
    assert editor.value == ("a",)


def test_an_order_that_is_shown_again_keeps_what_is_off_where_it_is(qtbot: QtBot) -> None:
    one = entry(ValueKind.LIST, Bounds(choices=choices("a", "b", "c")))
    editor = made(qtbot, one)
    assert isinstance(editor.widget, OrderList)
    editor.show(one, ("a",))
    rows = editor.widget.rows
    rows.setCurrentRow(2)
    editor.widget.shift(-1)
    before = [rows.item(row).text() for row in range(3)]
    editor.show(one, ("a",))
    assert [rows.item(row).text() for row in range(3)] == before


def test_a_box_and_a_line_tell_of_edits(qtbot: QtBot) -> None:
    heard: list[Value] = []
    switch = made(qtbot, entry(ValueKind.SWITCH, Bounds()))
    text = made(qtbot, entry(ValueKind.TEXT, Bounds()))
    for editor in (switch, text):
        editor.edited.connect(lambda one=editor: heard.append(one.value))
    assert isinstance(switch.widget, QCheckBox)
    assert isinstance(text.widget, QLineEdit)
    switch.widget.click()
    QTest.keyClicks(text.widget, "x")
    assert heard == [True, "x"]


def test_a_number_that_is_none_is_complained_of(qtbot: QtBot) -> None:
    editor = made(qtbot, entry(ValueKind.NUMBER, Bounds(1, 5), 3))
    editor.show(entry(ValueKind.NUMBER, Bounds(1, 5), 3), 3)
    assert isinstance(editor.widget, QuantityBox)
    editor.widget.lineEdit().setText("")
    QTest.keyClicks(editor.widget.lineEdit(), "many")
    assert "no number" in editor.complaint


def test_notes_have_several_lines_and_typing_tells(qtbot: QtBot) -> None:
    one = Entry(NOTES, ValueKind.TEXT, UNSET, "a\nb")
    editor = made(qtbot, one)
    editor.show(one, "a\nb")
    assert isinstance(editor.widget, QPlainTextEdit)
    assert editor.value == "a\nb"
    with qtbot.waitSignal(editor.edited):
        QTest.keyClicks(editor.widget, "c")


@pytest.mark.parametrize(("kind", "bounds", "values"), CASES)
def test_locked_the_keyboard_changes_nothing(
    qtbot: QtBot, kind: ValueKind, bounds: Bounds, values: tuple[Value, ...]
) -> None:
    editor = made(qtbot, entry(kind, bounds, values[0]))
    editor.show(entry(kind, bounds, values[0]), values[0])
    editor.lock(True)  # noqa: FBT003
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_X):
        if editor.widget.isEnabled():
            QTest.keyClick(editor.widget, key)
    assert editor.value == values[0]
    # What can still be walked through can be read and copied, and not be written.
    assert not editor.widget.isEnabled() or isinstance(editor.widget, QLineEdit | OrderList)
