"""A line above the screen: what to know of it, and what one can do about it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from console.sdk.forms import ToneLabel
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


@dataclass(frozen=True, slots=True)
class Deed:
    """A button: what it says, and what it does."""

    text: str
    act: Callable[[], object]


class DisplayStrip(QFrame):
    """One sentence with its buttons; hidden while there is none."""

    said = Signal()
    """There is something else to know, and other buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_tr("What to know of the screen"))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self._symbol, self._tone = "", Tone.PLAIN
        self._mark = QLabel()
        self.words = ToneLabel()
        self.words.setWordWrap(True)
        self.buttons: list[QPushButton] = []
        self._deeds: tuple[Deed, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(4 * GRID, GRID, 3 * GRID, GRID)
        self._row.setSpacing(2 * GRID)
        self._row.addWidget(self._mark)
        self._row.addWidget(self.words, 1)
        self.hide()

    def say(
        self, words: str, *deeds: Deed, symbol: str = "ph.info", tone: Tone = Tone.PLAIN
    ) -> None:
        """Say this from now on; of the same again only what is done may be another thing's."""
        self._deeds = deeds
        is_same = words == self.words.text() and not self.isHidden()
        if is_same and [deed.text for deed in deeds] == [one.text() for one in self.buttons]:
            return
        for button in self.buttons:
            button.deleteLater()
        self.buttons = [self._button(number, deed.text) for number, deed in enumerate(deeds)]
        for button in self.buttons:
            self._row.addWidget(button)
        self.words.setText(words)
        self.setAccessibleDescription(words)
        self._symbol, self._tone = symbol, tone
        self._tint()
        self.show()
        self.said.emit()

    def clear(self) -> None:
        """Say nothing."""
        self.hide()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Take the icon in the colours of the palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_mark"):
            self._tint()

    def _tint(self) -> None:
        self._mark.setPixmap(icon(self._symbol, self._tone).pixmap(QSize(18, 18)))

    def _button(self, number: int, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words)
        button.clicked.connect(lambda: self._do(number))
        return button

    def _do(self, number: int) -> None:
        self._deeds[number].act()
