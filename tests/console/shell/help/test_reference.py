"""The keys in the help are those that the program has."""

from PySide6.QtGui import QKeySequence

from console.shell.help.reference import filter_fields, keys_of_actions, keys_of_window
from console.shell.window import MainWindow


def test_actions_with_keys_are_listed(shell: MainWindow) -> None:
    told = keys_of_actions(shell.actions_of.declared())
    assert "| Ctrl+N | Quick Create |" in told
    assert "| Del | Delete |" in told
    assert "Shut Down" not in told  # it has none


def test_the_commands_of_the_window_are_listed_and_new_keys_show(shell: MainWindow) -> None:
    assert "| Ctrl+K | Command Palette |" in keys_of_window(shell.menuBar())
    assert "| Alt+A | the menu Action |" in keys_of_window(shell.menuBar())
    shell.commands.jobs.setShortcut(QKeySequence("Ctrl+Alt+J"))
    told = keys_of_window(shell.menuBar())
    assert "| Ctrl+Alt+J | Jobs |" in told
    assert "Quick Create" not in told


def test_the_fields_of_the_filter_are_the_columns(shell: MainWindow) -> None:
    told = filter_fields(shell.scope)
    assert "`cpu` (CPU)" in told
    assert "`notes` (Notes)" in told  # those that are not shown, too
