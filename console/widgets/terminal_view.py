"""The picture of a terminal: its lines, those that scrolled away, and what is marked in them.

What comes is shown a little in each turn of the loop, and painted at most once a frame.
"""

from math import ceil, floor
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontDatabase, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from console.sdk.look import GRID, is_dark
from console.widgets.terminal_intake import Intake
from console.widgets.terminal_lines import EMPTY, Line, Run
from console.widgets.terminal_paint import Cell, LinePainter, cell_of
from console.widgets.terminal_palette import DARK, LIGHT
from console.widgets.terminal_selection import Place, Selection

_TURN_S: Final = 0.008
_FRAME_MS: Final = 16
_LEAST: Final = (20, 4)
_MOST: Final = (400, 150)
_SMALLEST_PT: Final = 6.0
_LARGEST_PT: Final = 40.0
_MARGIN: Final = 2 * GRID


class TerminalView(QAbstractScrollArea):
    """Shows what a guest wrote; `reply` tells what the guest asked to be told."""

    reply = Signal(bytes)
    drained = Signal()
    """All that came is shown: there is time for more."""
    resized = Signal(int, int)
    """Columns and lines, when there is room for others than before."""
    zoomed = Signal(int)
    """By how many points it is larger than the system's font now."""

    _is_made = False  # asked for while Qt makes it

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.intake = Intake(80, 24, self.reply.emit)
        self.selection = Selection()
        self.found: tuple[Place, Place] | None = None
        self.zoom = 0
        self._is_away = False
        self._is_cursor_full = False
        self._lines: dict[int, Line] = {}
        self._cell: Cell = cell_of(self._wanted_font())
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._work)
        self._is_made = True
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self.viewport().update)

    @property
    def first_shown(self) -> int:
        """The number of the line at the top."""
        return self.intake.screen.first + self.verticalScrollBar().value()

    def put(self, data: bytes, lost: bytes = b"", words: str = "") -> None:
        """Show this; `words` say before it that something, which ended in `lost`, is not shown."""
        if words:
            self.intake.skip(lost, words)
        self.intake.put(data)
        if not self._turn.isActive():
            self._turn.start(0)

    def set_away(self, *, is_away: bool) -> None:
        """Show the text as what it was, or as what it is."""
        if is_away is not self._is_away:
            self._is_away = is_away
            self.viewport().update()

    def clear(self) -> None:
        """Forget what was written before the line of the cursor."""
        self.selection.start(Place(0, 0))
        self.found = None
        self.intake.screen.clear()
        self._settle()

    def swap(self, intake: Intake | None) -> Intake:
        """Show what another guest wrote (None: one that wrote nothing); return what was shown."""
        before, size = self.intake, self.intake.screen
        self.intake = intake or Intake(size.columns, size.lines, self.reply.emit)
        self.intake.screen.resize(size.lines, size.columns)
        self.selection.start(Place(0, 0))
        self.found = None
        self._settle()
        if self.intake.is_busy and not self._turn.isActive():
            self._turn.start(0)
        return before

    def set_zoom(self, points: int) -> None:
        """Write larger than the system does by so many points, as far as that can be read."""
        plain = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).pointSizeF()
        least, most = ceil(_SMALLEST_PT - plain), floor(_LARGEST_PT - plain)
        self.zoom = min(max(points, least), most)
        self._fit()
        self.zoomed.emit(self.zoom)

    def place_at(self, point: QPointF) -> Place:
        """Return the place below a point of the viewport, the nearest that there is."""
        screen = self.intake.screen
        row = int((point.y() - _MARGIN) // self._cell.height)
        column = round((point.x() - _MARGIN) / self._cell.width)
        line = self.first_shown + min(max(row, 0), screen.lines - 1)
        return Place(line, min(max(column, 0), screen.columns))

    def cursor_place(self) -> QRect:
        """Return where the guest writes next, in the viewport."""
        screen, cell = self.intake.screen, self._cell
        x, y = screen.cursor.x, screen.top + screen.cursor.y - self.first_shown
        return QRect(_MARGIN + x * cell.width, _MARGIN + y * cell.height, cell.width, cell.height)

    def show_line(self, line: int) -> None:
        """Scroll until that line can be seen."""
        screen, bar = self.intake.screen, self.verticalScrollBar()
        if not self.first_shown <= line < self.first_shown + screen.lines:
            bar.setValue(line - screen.first - screen.lines // 2)

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette and the font of the program."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have as many columns and lines as there is room for."""
        super().resizeEvent(event)
        self._fit()

    @override
    def sizeHint(self) -> QSize:
        """Ask for eighty columns of eight lines alone: else its page scrolls where it is low."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(80 * self._cell.width + 2 * _MARGIN + bar, 8 * self._cell.height + 2 * _MARGIN)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines that can be seen."""
        ground = DARK if is_dark(self.palette()) else LIGHT
        screen, first = self.intake.screen, self.first_shown
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), ground.back)
        painter.translate(_MARGIN, _MARGIN)
        lines = LinePainter(painter, self._cell, ground, is_faint=self._is_away)
        found = _selection_of(self.found)
        for row in range(screen.lines):
            number, y = first + row, row * self._cell.height
            line = self._line(number)
            lines.paint(line, y)
            marked = self.selection.columns(number, screen.columns)
            hit = found.columns(number, screen.columns)
            for columns, colour in ((hit, ground.found), (marked, ground.selected)):
                if columns[1] > columns[0]:
                    lines.mark(columns, y, colour)
                    lines.paint(_part(line, columns), y)
        if not self._is_away and not screen.cursor.hidden:
            self._paint_cursor(lines, screen.top + screen.cursor.y - first)
        painter.end()

    def _paint_cursor(self, lines: LinePainter, row: int) -> None:
        screen = self.intake.screen
        if not 0 <= row < screen.lines:
            return
        column, y = min(screen.cursor.x, screen.columns - 1), row * self._cell.height
        below = _part(self._line(screen.top + screen.cursor.y), (column, column + 1))
        lines.cursor(column, below[0].width if below else 1, y, is_full=self._is_cursor_full)
        if below and self._is_cursor_full:
            lines.under_cursor(below[0], y)

    def _line(self, number: int) -> Line:
        screen = self.intake.screen
        if not screen.first <= number < screen.top + screen.lines:
            return EMPTY
        if number not in self._lines:
            self._lines[number] = screen.line(number)
        return self._lines[number]

    def _work(self) -> None:
        bar, screen = self.verticalScrollBar(), self.intake.screen
        is_at_end, oldest = bar.value() == bar.maximum(), screen.first
        self.intake.work(_TURN_S)
        if screen.dirty:
            screen.dirty.clear()
        self._settle(None if is_at_end else bar.value() + oldest)
        if self.intake.is_busy:
            self._turn.start(_FRAME_MS)
        else:
            self.drained.emit()

    def _settle(self, top: int | None = None) -> None:
        """Show what has changed: the end, or still the line `top`."""
        bar, screen = self.verticalScrollBar(), self.intake.screen
        self._lines.clear()
        bar.setPageStep(screen.lines)
        bar.setRange(0, len(screen.history))
        bar.setValue(bar.maximum() if top is None else max(0, top - screen.first))
        self.viewport().update()

    def _fit(self) -> None:
        if not self._is_made:
            return
        screen, room = self.intake.screen, self.viewport().size()
        self._cell = cell_of(self._wanted_font())
        columns = (room.width() - 2 * _MARGIN) // self._cell.width
        lines = (room.height() - 2 * _MARGIN) // self._cell.height
        columns = min(max(columns, _LEAST[0]), _MOST[0])
        lines = min(max(lines, _LEAST[1]), _MOST[1])
        if (columns, lines) != (screen.columns, screen.lines):
            screen.resize(lines, columns)
            self.resized.emit(columns, lines)
        self._settle()

    def _wanted_font(self) -> QFont:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(font.pointSizeF() + self.zoom)
        return font


def _selection_of(places: tuple[Place, Place] | None) -> Selection:
    selection = Selection()
    if places:
        selection.select(*places)
    return selection


def _part(line: Line, columns: tuple[int, int]) -> Line:
    """Return what of a line stands in these columns."""
    start, end = columns
    kept: list[Run] = []
    for run in line:
        if run.column >= end or run.column + run.width <= start:
            continue
        if run.width == len(run.text):
            first, last = max(start, run.column), min(end, run.column + run.width)
            text = run.text[first - run.column : last - run.column]
            kept.append(Run(first, last - first, text, run.style))
        else:
            kept.append(run)
    return tuple(kept)
