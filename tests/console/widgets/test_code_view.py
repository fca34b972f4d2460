"""It is read, walked through and selected by keys, and changed by nobody."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.sdk.look import tone_colour
from console.sdk.nodes import Tone
from console.shell.theme import Appearance, palette_for
from console.widgets.code_view import CodeView
from console.widgets.highlight import Language


def test_it_is_read_by_keys_and_not_changed(qtbot: QtBot) -> None:
    view = CodeView("Script", Language.SHELL)
    qtbot.addWidget(view)
    view.setPlainText("one two")
    view.show()
    QTest.keyClicks(view, "x")
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert view.toPlainText() == "one two"
    assert view.textCursor().selectedText() == "two"
    assert view.accessibleName() == "Script"
    assert QFontInfo(view.font()).fixedPitch()


def test_tab_goes_on(qtbot: QtBot) -> None:
    window = QWidget()
    view, after = CodeView("Script", Language.SHELL), QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(view)
    column.addWidget(after)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert window.focusWidget() is after


def test_its_colours_follow_the_palette(qtbot: QtBot) -> None:
    view = CodeView("Script", Language.SHELL)
    qtbot.addWidget(view)
    view.setPlainText("# a")
    dark = palette_for(Appearance.DARK)
    view.setPalette(dark)
    (stretch,) = view.document().begin().layout().formats()
    assert stretch.format.foreground().color() == tone_colour(dark, Tone.MUTED)
