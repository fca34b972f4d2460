"""The menu of a machine, for windows that have no actions pane."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from backend.model import DomainState, Record
from console.snapins.machines.menu import machine_menu
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain

RUNNING = domain("web-01", DomainState.RUNNING)


def menu_of(context: LentContext, qtbot: QtBot) -> QMenu:
    menu = machine_menu(context, RUNNING, None)
    qtbot.addWidget(menu)
    return menu


def test_it_has_what_applies_and_does_it(context: LentContext, qtbot: QtBot) -> None:
    menu = menu_of(context, qtbot)
    entries = {entry.text(): entry for entry in menu.actions() if entry.text()}
    assert {"Shut Down", "Pause", "Settings..."} <= set(entries)
    assert "Start" not in entries
    rename = entries["Rename..."]
    assert not rename.isEnabled()
    assert rename.toolTip()
    entries["Pause"].trigger()
    assert [one.operation for one in context.engine.submissions] == ["domain.suspend"]


def test_what_no_longer_applies_is_not_done(
    context: LentContext, qtbot: QtBot, until: Callable[[Record], None]
) -> None:
    menu = menu_of(context, qtbot)
    until(replace(RUNNING, state=DomainState.OFF))
    next(entry for entry in menu.actions() if entry.text() == "Pause").trigger()
    assert context.engine.submissions == []
