"""A view that says one thing."""

from PySide6.QtWidgets import QToolButton

from console.sdk.views import Message
from console.shell.message_view import MessageView
from console.shell.window import MainWindow


def test_it_says_it_and_offers_what_exists(shell: MainWindow) -> None:
    view = MessageView(shell.actions_of)
    view.show_message(Message("Title", "Body <b>", "ph.info", ("machine.new", "no.such")))
    assert view.accessibleName() == "Title"
    assert view._body.text() == "Body <b>"
    (button,) = view.findChildren(QToolButton)
    assert button.defaultAction() is shell.actions_of.action("machine.new")
    view.deleteLater()
