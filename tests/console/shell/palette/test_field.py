"""The field in the tool bar: a button that opens the palette, and takes a first letter along."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.shell.palette.field import PaletteField
from console.shell.window import MainWindow

Key = Qt.Key


def field(shell: MainWindow) -> PaletteField:
    (found,) = shell.findChildren(PaletteField)
    return found


def test_a_letter_on_the_field_begins_the_search(shell: MainWindow) -> None:
    QTest.keyClicks(field(shell), "w")
    assert shell.finder.isVisible()
    assert shell.finder.entry.text() == "w"


def test_it_opens_by_click_and_by_keys(shell: MainWindow) -> None:
    for key in (Key.Key_Return, Key.Key_Space, Key.Key_Down, None):
        if key is None:
            QTest.mouseClick(field(shell), Qt.MouseButton.LeftButton)
        else:
            QTest.keyClick(field(shell), key)
        assert shell.finder.isVisible()
        assert shell.finder.entry.text() == ""
        shell.finder.dismiss()


def test_a_key_of_another_command_opens_nothing(shell: MainWindow) -> None:
    QTest.keyClick(field(shell), Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field(shell), Key.Key_Left)
    assert not shell.finder.isVisible()


def test_it_is_heard_with_its_keys(shell: MainWindow) -> None:
    assert field(shell).accessibleName() == "Search machines, actions, settings"
    assert field(shell).accessibleDescription() == "Ctrl+K"
    assert field(shell).focusPolicy() & Qt.FocusPolicy.TabFocus
