"""A view that says one thing and what to do about it: an empty list, an error, a hint."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from console.sdk import wording
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.sdk.reading_order import fields
from console.sdk.views import Message
from console.shell.action_set import ActionSet
from console.shell.buttons import fill_with_actions


class MessageView(QWidget):
    """Icon, title, body and buttons, in the middle of the room there is."""

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._message: Message | None = None
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)
        font.setBold(True)
        self._title.setFont(font)
        self._body = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._body.setWordWrap(True)
        self._body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (self._title, self._body):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(2 * GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(8 * GRID, 4 * GRID, 8 * GRID, 4 * GRID)
        column.setSpacing(2 * GRID)
        column.addStretch(2)
        for label in (self._icon, self._title, self._body):
            column.addWidget(label)
        column.addSpacing(2 * GRID)
        column.addLayout(self._buttons)
        column.addStretch(3)

    def show_message(self, message: Message) -> None:
        """Say this from now on."""
        if message == self._message:
            return
        self._message = message
        self.setAccessibleName(message.title)
        self._title.setText(message.title)
        self.count()
        self.tint()
        fill_with_actions(self._buttons, self._actions, message.actions)
        self._buttons.insertStretch(0, 1)
        self._buttons.addStretch(1)

    def buttons(self) -> Iterator[QWidget]:
        """Yield the buttons, in their order."""
        return fields(self._buttons)

    def count(self) -> None:
        """Say anew how long it is until the moment that the message names."""
        if self._message:
            self._body.setText(wording.counted(self._message.body, self._message.counts_to))

    def tint(self) -> None:
        """Take the icon in the colours of the palette."""
        if self._message:
            self._icon.setPixmap(icon(self._message.icon, Tone.MUTED).pixmap(40, 40))
