"""A dialog about one list."""

from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from console.sdk.list_layout import stand_beside


def test_what_can_be_done_stands_beside_and_close_closes(qtbot: QtBot) -> None:
    dialog, shown = QDialog(), QListWidget()
    buttons = [QPushButton("Add"), QPushButton("Delete")]
    search, hint = QLineEdit(), QLabel("None yet")
    stand_beside(dialog, shown, buttons, above=search, below=hint)
    qtbot.addWidget(dialog)
    dialog.show()
    assert all(button.x() > shown.geometry().right() for button in buttons)
    assert buttons[0].y() < buttons[1].y() < shown.geometry().bottom()
    assert search.geometry().bottom() < shown.y() < shown.geometry().bottom() < hint.y()
    others = [one for one in dialog.findChildren(QPushButton) if one not in buttons]
    (close,) = others
    assert close.text() == "Close"
    close.click()
    assert not dialog.isVisible()
