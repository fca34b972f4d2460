"""A widget is about itself, or about what is around it."""

from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.sdk.topics import set_topic, topics_of


class AskDialog(QDialog):
    """A dialog of the program."""


def test_the_nearest_topic_comes_first_and_a_dialog_is_one_itself(qtbot: QtBot) -> None:
    window, dialog = QWidget(), AskDialog()
    qtbot.addWidget(window)
    set_topic(window, "node/machines")
    dialog.setParent(window, dialog.windowFlags())
    field, other = QLineEdit(), QLineEdit()
    layout = QVBoxLayout(dialog)
    layout.addWidget(field)
    layout.addWidget(other)
    set_topic(field, "ask/name")
    assert list(topics_of(field)) == ["ask/name", "dialog/AskDialog", "node/machines"]
    assert list(topics_of(other)) == ["dialog/AskDialog", "node/machines"]
    assert list(topics_of(None)) == []
