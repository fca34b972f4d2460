"""What a user does, in a word each."""

from PySide6.QtWidgets import QToolButton

from console.shell.list_view import ListPage
from console.shell.window import MainWindow
from tests.fakes.machines import domain
from tests.fakes.turning import turn


def page(shell: MainWindow) -> ListPage:
    assert shell.panes.result.list
    return shell.panes.result.list


def names(shell: MainWindow) -> list[str]:
    model = page(shell).area.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def choose(shell: MainWindow, *machines: str) -> None:
    page(shell).area.pane.choose([domain(name).ref for name in machines])


def row(shell: MainWindow, action_id: str) -> QToolButton:
    """Return the line of an action in the actions pane."""
    turn()
    action = shell.actions_of.action(action_id)
    buttons = shell.panes.actions_pane.findChildren(QToolButton)
    return next(b for b in buttons if b.defaultAction() is action and b.isVisible())


def offered(shell: MainWindow) -> dict[str, bool]:
    return {
        entry.id: not entry.refusal for group in shell.actions_of.groups for entry in group.entries
    }
