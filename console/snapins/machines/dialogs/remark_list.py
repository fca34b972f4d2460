"""What one has to know before something is done: the backend's remarks, one below the other."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem
from typing_extensions import override

from backend.errors import Problem
from console.sdk import wording
from console.sdk.long_words import breakable
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.widgets.emptiness import paint_words


class RemarkList(QListWidget):
    """Remarks in words, each with its sign, from `lines` of them to twice as many seen at once."""

    def __init__(self, name: str, lines: int = 4) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)  # one can be a screenful
        self.empty_words = ""
        """What stands in place of remarks."""
        self._lines = lines
        self._fit()

    def show_remarks(self, remarks: Iterable[Problem], otherwise: str) -> None:
        """Show these; if there are none, say so quietly, in these words."""
        self.clear()
        for remark in remarks:
            words = "\n".join((wording.sentence(remark), *remark.detail))
            item = QListWidgetItem(icon("ph.warning", Tone.WARNING), breakable(words))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
            self.addItem(item)
        self.empty_words = "" if self.count() else otherwise
        self.setAccessibleDescription(self.empty_words)
        self.viewport().update()
        self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Say in the middle that there is nothing, if there is."""
        super().paintEvent(event)
        paint_words(self, self.empty_words)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have as many lines as the words take at this width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        least = self._lines * self.fontMetrics().lineSpacing()
        wanted = sum(self.sizeHintForRow(row) for row in range(self.count()))
        self.setFixedHeight(min(max(least, wanted), 2 * least) + 4 * GRID)
