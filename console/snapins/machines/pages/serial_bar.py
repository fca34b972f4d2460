"""The tool bar of a serial console: which port, and what one does with its text."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from backend.ports import SerialPort
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.widgets.elided_label import ElidedLabel


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


_ICONS: Final = {
    "copy": "ph.copy",
    "paste": "ph.clipboard-text",
    "find": "ph.magnifying-glass",
    "save": "ph.floppy-disk",
    "clear": "ph.eraser",
    "smaller": "ph.magnifying-glass-minus",
    "larger": "ph.magnifying-glass-plus",
    "size": "ph.ruler",
}


def port_words(port: SerialPort) -> str:
    """Return what a port is called: serial ports as on a computer, consoles by their driver."""
    number = port.number + 1
    if port.kind == "serial":
        return _tr("Serial port {number} (COM{number})").format(number=number)
    return _tr("{model} console {number}").format(model=port.model, number=number)


class SerialBar(QWidget):
    """The port's choice, where there are several; buttons; at the right end the size."""

    port_chosen = Signal(object)
    """SerialPort."""
    asked = Signal(str)
    """What is to be done: a word of `_ICONS`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ports = QComboBox()
        self.ports.setAccessibleName(_tr("Port"))
        self.ports.currentIndexChanged.connect(self._on_chosen)
        self.buttons = {word: self._button(word, text) for word, text in _words().items()}
        self.status = ElidedLabel(least=1, mode=Qt.TextElideMode.ElideRight)
        self.status.set_tone(Tone.MUTED)
        self.status.setAccessibleName(_tr("Size of the terminal"))
        self._lay_out()

    def set_ports(self, ports: Sequence[SerialPort], chosen: SerialPort | None) -> None:
        """Offer these; one that is alone needs no choice."""
        with QSignalBlocker(self.ports):
            self.ports.clear()
            for port in ports:
                self.ports.addItem(port_words(port), port)
            self.ports.setCurrentIndex(ports.index(chosen) if chosen in ports else -1)
        self.ports.setVisible(len(ports) > 1)

    def set_live(self, *, is_live: bool) -> None:
        """Offer what needs somebody who reads, or do not."""
        for word in ("paste", "size"):
            self.buttons[word].setEnabled(is_live)

    def _on_chosen(self, at: int) -> None:
        if at >= 0:
            self.port_chosen.emit(self.ports.itemData(at))

    def _button(self, word: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(_ICONS[word]))
        button.setIconSize(QSize(18, 18))
        button.setText(text)
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setMinimumHeight(8 * GRID)
        button.clicked.connect(lambda _on=False: self.asked.emit(word))
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, 3 * GRID, GRID)
        row.setSpacing(GRID)
        row.addWidget(self.ports)
        for word, button in self.buttons.items():
            if word in ("save", "smaller", "size"):
                row.addSpacing(2 * GRID)
            row.addWidget(button)
        row.addWidget(self.status, 1)
        self.status.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.status.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)


def _words() -> dict[str, str]:
    return {
        "copy": _tr("Copy"),
        "paste": _tr("Paste"),
        "find": _tr("Find"),
        "save": _tr("Save Text As..."),
        "clear": _tr("Clear"),
        "smaller": _tr("Smaller Text"),
        "larger": _tr("Larger Text"),
        "size": _tr("Tell the Guest This Size"),
    }
