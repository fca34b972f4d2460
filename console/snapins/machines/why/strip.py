"""The verdict across the top of the page: one sentence, what speaks for it, and the way on."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from console.sdk.forms import ToneLabel
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.snapins.machines.why.leads import Lead
from console.snapins.machines.why.verdict import Verdict
from console.widgets.abreast import Abreast

_ICON: Final = 6 * GRID
_WIDTH_FOR_TWO: Final = 600


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class VerdictStrip(QFrame):
    """One verdict at a time; without one it is not there."""

    followed = Signal()
    """The user wants to go where it leads."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._verdict: Verdict | None = None  # a change of the palette comes at once
        super().__init__(parent)
        self.setAccessibleName(_tr("What holds the machine up"))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self._mark = QLabel()
        self._mark.setFixedSize(_ICON, _ICON)
        self.title, self.detail = ToneLabel(), ToneLabel(tone=Tone.MUTED)
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.button = QPushButton()
        self.button.clicked.connect(self.followed)
        words = QVBoxLayout()
        words.setSpacing(GRID)
        for label in (self.title, self.detail):
            label.setWordWrap(True)
            words.addWidget(label)
        self._told = Abreast(_WIDTH_FOR_TWO)
        self._told.turned.connect(self._align)
        self._told.setSpacing(3 * GRID)
        self._told.addLayout(words, 1)
        self._told.addWidget(self.button)
        self._align()
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        row.setSpacing(3 * GRID)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._told, 1)
        self.hide()

    def show_verdict(self, verdict: Verdict | None, lead: Lead | None) -> None:
        """Say this, with a button where it leads anywhere."""
        self.setVisible(verdict is not None)
        if verdict is None or verdict == self._verdict:
            return
        self._verdict = verdict
        self.title.setText(verdict.title)
        self.detail.setText(verdict.detail)
        self.title.setAccessibleName(verdict.title)
        self.detail.setAccessibleName(verdict.detail)
        self.setAccessibleDescription(f"{verdict.title} {verdict.detail}")
        self.button.setVisible(lead is not None)
        if lead:
            self.button.setText(lead.words)
            self.button.setAccessibleName(f"{lead.words} ({verdict.title})")
            self.button.setIcon(icon(lead.icon))
        self._tint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Draw the mark anew in other colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._tint()

    def _align(self) -> None:
        edges = Qt.AlignmentFlag
        edge = edges.AlignVCenter if self._told.is_abreast else edges.AlignLeft
        self._told.setAlignment(self.button, edge)

    def _tint(self) -> None:
        if self._verdict:
            mark = icon(self._verdict.icon, self._verdict.tone)
            self._mark.setPixmap(mark.pixmap(QSize(_ICON, _ICON)))
