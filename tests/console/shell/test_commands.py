"""The window's own commands."""

from PySide6.QtGui import QKeySequence

from console.shell.theme import Appearance
from console.shell.window import MainWindow
from tests.fakes import snapin


def test_refresh_is_handed_on_to_the_node(shell: MainWindow) -> None:
    assert shell.commands.refresh.isEnabled()
    shell.commands.refresh.trigger()
    assert snapin.calls == [("refresh", ())]
    shell.context.navigate("host/rack-2")
    assert not shell.commands.refresh.isEnabled()


def test_no_keys_are_given_twice(shell: MainWindow) -> None:
    keys = [
        action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
        for action in shell.actions()
        if not action.shortcut().isEmpty()
    ]
    assert len(keys) == len(set(keys))


def test_an_appearance_is_chosen_in_the_menu(shell: MainWindow) -> None:
    for appearance in (Appearance.DARK, Appearance.LIGHT):
        shell.commands.appearances[appearance].trigger()
        assert shell.session.theme.appearance is appearance
