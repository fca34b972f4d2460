"""Quiet buttons can be heard."""

from pytestqt.qtbot import QtBot

from console.shell.buttons import quiet_button


def test_a_quiet_button_has_a_name_and_a_tooltip(qtbot: QtBot) -> None:
    plain, told = quiet_button("Dismiss"), quiet_button("Dismiss", "Take it away")
    qtbot.addWidget(plain)
    qtbot.addWidget(told)
    assert (plain.accessibleName(), plain.toolTip()) == ("Dismiss", "Dismiss")
    assert told.toolTip() == "Take it away"
