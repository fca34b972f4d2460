"""A quiet strip across a page: something to know, and buttons that go on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from console.sdk.forms import ToneLabel
from console.sdk.look import GRID
from console.sdk.mark import Mark
from console.sdk.nodes import Tone


class NoteStrip(QFrame):
    """One note at a time; without one it is not there."""

    pressed = Signal(str)
    """str: the key of the button that was pressed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Highlight)
        self._mark = Mark(4 * GRID + 2)
        self.text = ToneLabel()
        self.text.setWordWrap(True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(2 * GRID)
        row = QHBoxLayout(self)
        row.setContentsMargins(7 * GRID, 2 * GRID, 4 * GRID, 2 * GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.text, 1)
        row.addLayout(self._buttons)
        self._shown: tuple[object, ...] = ()
        self.hide()

    def show_note(
        self, words: str, tone: Tone = Tone.WARNING, buttons: Sequence[tuple[str, str]] = ()
    ) -> bool:
        """Say this, with a button for each (key, words); "" takes the strip away.

        Whether that is another note than before: its buttons come last for Tab.
        """
        self.setVisible(bool(words))
        if self._shown == (words, tone, tuple(buttons)):
            return False
        self._shown = (words, tone, tuple(buttons))
        self.text.setText(words)
        self.text.setAccessibleName(words)
        self.setAccessibleDescription(words)
        mark = "ph.warning-circle" if tone is not Tone.PLAIN else "ph.info"
        self._mark.show_icon(mark, tone)
        while item := self._buttons.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for key, text in buttons:
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, told=key: self.pressed.emit(told))
            self._buttons.addWidget(button)
        return True

    def buttons(self) -> tuple[QPushButton, ...]:
        """Return its buttons, as they stand."""
        items = (self._buttons.itemAt(row) for row in range(self._buttons.count()))
        found = (item.widget() for item in items if item)
        return tuple(one for one in found if isinstance(one, QPushButton))
