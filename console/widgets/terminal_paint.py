"""Paints lines of a terminal: each run where its column is, whatever the font makes of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Final
from unicodedata import combining

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from console.widgets.terminal_lines import Line, Run
from console.widgets.terminal_palette import Ground, colours

_PIECE: Final = re.compile(r"[\x00-\x7f]+|.")


@dataclass(frozen=True, slots=True)
class Cell:
    """The room of one sign, in logical pixels; `font` fills it exactly."""

    font: QFont
    width: int
    height: int
    ascent: int


def cell_of(font: QFont) -> Cell:
    """Return the room of a sign in a font whose signs are all as wide."""
    metrics = QFontMetricsF(font)
    advance = metrics.horizontalAdvance("M" * 16) / 16
    width = max(1, ceil(advance - 0.2))
    spaced = QFont(font)
    spaced.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, width - advance)
    spaced.setKerning(False)
    return Cell(spaced, width, max(1, ceil(metrics.height())), round(metrics.ascent()))


class LinePainter:
    """Paints one terminal's lines with a painter that was begun."""

    def __init__(self, painter: QPainter, cell: Cell, ground: Ground, *, is_faint: bool) -> None:
        self._painter = painter
        self._cell = cell
        self._ground = ground
        self._is_faint = is_faint
        self._fonts: dict[tuple[bool, bool, bool, bool], QFont] = {}

    def paint(self, line: Line, y: int) -> None:
        """Paint a line whose top is at `y`."""
        for run in line:
            self._paint_run(run, y)

    def mark(self, columns: tuple[int, int], y: int, colour: str) -> None:
        """Lay a colour below some columns of a line, before it is painted."""
        start, end = columns
        if end > start:
            self._painter.fillRect(self._room(start, end - start, y), QColor(colour))

    def cursor(self, column: int, width: int, y: int, *, is_full: bool) -> None:
        """Show where the guest writes next: full while keys go there, else its outline."""
        room, colour = self._room(column, width, y), QColor(self._ground.text)
        if is_full:
            self._painter.fillRect(room, colour)
        else:
            self._painter.setPen(colour)
            self._painter.drawRect(room.adjusted(0, 0, -1, -1))

    def under_cursor(self, run: Run, y: int) -> None:
        """Paint what stands below a full cursor, so that it can be read there."""
        self._write(run, y, QColor(self._ground.back))

    def _paint_run(self, run: Run, y: int) -> None:
        text, back = colours(run.style, self._ground)
        if self._is_faint:
            text, back = QColor(self._ground.faint), None
        if back is not None:
            self._painter.fillRect(self._room(run.column, run.width, y), back)
        self._write(run, y, text)

    def _write(self, run: Run, y: int, colour: QColor) -> None:
        if not run.text.strip() and not run.style.underscore:
            return
        self._painter.setPen(colour)
        self._painter.setFont(self._font(run))
        for column, text in _pieces(run):
            self._painter.drawText(column * self._cell.width, y + self._cell.ascent, text)

    def _font(self, run: Run) -> QFont:
        style = run.style
        key = (style.bold, style.italics, style.underscore, style.strikethrough)
        if key not in self._fonts:
            font = QFont(self._cell.font)
            font.setBold(style.bold)
            font.setItalic(style.italics)
            font.setUnderline(style.underscore)
            font.setStrikeOut(style.strikethrough)
            self._fonts[key] = font
        return self._fonts[key]

    def _room(self, column: int, width: int, y: int) -> QRect:
        cell = self._cell
        return QRect(column * cell.width, y, width * cell.width, cell.height)


def _pieces(run: Run) -> Iterator[tuple[int, str]]:
    """Yield what is written in one go, and where: other fonts have other widths for their signs."""
    if run.width != len(run.text) or combining(run.text[-1]):
        yield run.column, run.text
        return
    for found in _PIECE.finditer(run.text):
        yield run.column + found.start(), found[0]
