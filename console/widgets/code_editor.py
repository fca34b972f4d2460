"""Code to be written: as a code view, with line numbers, and a file can be dropped on it."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from console.sdk.look import GRID
from console.widgets.code_view import CodeView
from console.widgets.highlight import Language


class CodeEditor(CodeView):
    """Tab goes on to the next widget, so that the keyboard alone leads out of it."""

    file_dropped = Signal(Path)
    """Path: somebody let a file fall here."""

    def __init__(self, name: str, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(name, language, parent)
        self.setReadOnly(False)
        self.setTabChangesFocus(True)
        self._margin = _Margin(self)
        self.blockCountChanged.connect(lambda _count: self._make_room())
        self.updateRequest.connect(self._on_update)
        self._make_room()

    def go_to(self, line: int, column: int) -> None:
        """Have the cursor stand there; both count from 1."""
        block = self.document().findBlockByNumber(line - 1)
        cursor = QTextCursor(block if block.isValid() else self.document().lastBlock())
        cursor.movePosition(
            QTextCursor.MoveOperation.Right,
            QTextCursor.MoveMode.MoveAnchor,
            min(column - 1, max(0, cursor.block().length() - 1)),
        )
        self.setTextCursor(cursor)
        self.setFocus()

    def margin_width(self) -> int:
        """Return the room that the line numbers take."""
        digits = max(3, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("9") * digits + 3 * GRID

    def paint_numbers(self, event: QPaintEvent) -> None:
        """Draw the numbers of the lines that are seen."""
        painter = QPainter(self._margin)
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.AlternateBase))
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        block = self.firstVisibleBlock()
        place = self.blockBoundingGeometry(block).translated(self.contentOffset())
        top, height = round(place.top()), self.fontMetrics().height()
        while block.isValid() and top <= event.rect().bottom():
            if block.isVisible():
                box = QRect(0, top, self._margin.width() - 2 * GRID, height)
                painter.drawText(box, Qt.AlignmentFlag.AlignRight, str(block.blockNumber() + 1))
            top += round(self.blockBoundingRect(block).height())
            block = block.next()
        painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the numbers at the left edge."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._margin.setGeometry(
            QRect(inside.topLeft(), QSize(self.margin_width(), inside.height()))
        )

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take texts and files."""
        return source.hasUrls() or super().canInsertFromMimeData(source)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        """Tell of a file; a text goes in, as a text."""
        files = [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
        if files:
            self.file_dropped.emit(Path(files[0]))
        else:
            super().insertFromMimeData(source)

    def _make_room(self) -> None:
        self.setViewportMargins(self.margin_width(), 0, 0, 0)
        self._margin.setFixedWidth(self.margin_width())

    def _on_update(self, _rect: QRect, scrolled: int) -> None:
        if scrolled:
            self._margin.scroll(0, scrolled)
        else:
            self._margin.update()


class _Margin(QWidget):
    """The strip with the numbers; drawn by its editor, which knows where the lines are."""

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__(editor)
        self._editor = editor

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._editor.paint_numbers(event)
