"""Puts the help together for a window."""

from typing import TYPE_CHECKING

from console.shell.help import reference
from console.shell.help.desk import HelpDesk
from console.shell.help.library import Library
from console.shell.resources import resource

if TYPE_CHECKING:
    from console.shell.window import MainWindow


def make_desk(window: "MainWindow") -> HelpDesk:
    """Return the help of a window."""
    desk = HelpDesk(window, lambda: read(window))
    window.session.ended.connect(desk.close)
    return desk


def read(window: "MainWindow") -> Library:
    """Read the pages, with what only the program knows of itself."""
    return Library(
        resource("help"),
        {
            "keys of actions": lambda: reference.keys_of_actions(window.actions_of.declared()),
            "filter fields": lambda: reference.filter_fields(window.scope),
            "keys of window": lambda: reference.keys_of_window(window.menuBar()),
        },
    )
