"""It is typed in, numbered, and takes a file that is dropped on it for a file."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.widgets.code_editor import CodeEditor
from console.widgets.highlight import Language


def opened(qtbot: QtBot, text: str = "") -> CodeEditor:
    editor = CodeEditor("Description", Language.XML)
    qtbot.addWidget(editor)
    editor.setPlainText(text)
    editor.resize(300, 200)
    editor.show()
    return editor


def test_it_is_typed_in(qtbot: QtBot) -> None:
    editor = opened(qtbot)
    QTest.keyClicks(editor, "<a/>")
    assert editor.toPlainText() == "<a/>"
    assert not editor.isReadOnly()


def test_numbers_take_the_room_they_need(qtbot: QtBot) -> None:
    editor = opened(qtbot, "a\nb")
    few = editor.margin_width()
    assert editor.viewportMargins().left() == few
    before = editor.grab().toImage()
    editor.setPlainText("\n" * 20_000)
    assert editor.margin_width() > few
    assert editor.viewportMargins().left() == editor.margin_width()
    assert editor.grab().toImage() != before


def test_the_cursor_goes_where_the_fault_is(qtbot: QtBot) -> None:
    editor = opened(qtbot, "one\ntwo\nthree")
    editor.go_to(2, 3)
    cursor = editor.textCursor()
    assert (cursor.blockNumber(), cursor.positionInBlock()) == (1, 2)
    editor.go_to(99, 99)
    assert editor.textCursor().blockNumber() == 2


def test_a_file_is_told_of_and_a_text_goes_in(qtbot: QtBot) -> None:
    editor = opened(qtbot)
    file, text = QMimeData(), QMimeData()
    file.setUrls([QUrl.fromLocalFile("/tmp/a.xml")])
    text.setText("<b/>")
    assert editor.canInsertFromMimeData(file)
    with qtbot.waitSignal(editor.file_dropped) as told:
        editor.insertFromMimeData(file)
    assert told.args == [Path("/tmp/a.xml")]
    assert editor.toPlainText() == ""
    editor.insertFromMimeData(text)
    assert editor.toPlainText() == "<b/>"
