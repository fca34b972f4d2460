"""The strip above what may no longer be true, or not be changed: why, and what one can do."""

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QWidget

from console.sdk import wording
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.sdk.views import Message
from console.shell.action_set import ActionSet
from console.shell.buttons import fill_with_actions


def _tr(text: str) -> str:
    return QCoreApplication.translate("outdated_strip", text)


class OutdatedStrip(QFrame):
    """One message in a line or two; hidden while there is none."""

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._message: Message | None = None
        self._tone = Tone.BAD
        self.setAccessibleName(_tr("What to know of what is shown"))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self._mark = QLabel()
        self._title = ToneLabel()
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._words = ToneLabel()
        self._words.setWordWrap(True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(2 * GRID)
        grid = QGridLayout(self)
        grid.setContentsMargins(4 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._mark, 0, 0)
        grid.addWidget(self._title, 0, 1)
        grid.addWidget(self._words, 1, 1)
        grid.addLayout(self._buttons, 0, 2, 2, 1, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_message(self, message: Message | None, tone: Tone = Tone.BAD) -> None:
        """Say this from now on; None hides the strip."""
        before, self._message = self._message, message
        self._tone = tone
        self.setVisible(message is not None)
        if message is None:
            return
        self._title.setText(message.title)
        self.count()
        if before is None or (before.actions, before.icon) != (message.actions, message.icon):
            fill_with_actions(self._buttons, self._actions, message.actions)
            self.tint()

    def count(self) -> None:
        """Say anew how long it is until the moment that the message names."""
        if self._message:
            words = wording.counted(self._message.body, self._message.counts_to)
            self._words.setText(words)
            self.setAccessibleDescription(f"{self._message.title}. {words}")

    def tint(self) -> None:
        """Take the icon in the colours of the palette."""
        if self._message:
            mark = icon(self._message.icon, self._tone)
            self._mark.setPixmap(mark.pixmap(QSize(18, 18)))
