"""Steps of something under way: how each stands, what was seen of it, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPalette, QPen, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from console.sdk.look import GRID, line_colour, picture
from console.sdk.nodes import Tone
from console.widgets.elided_label import ElidedLabel

_ICON: Final = 4 * GRID
_FRAME_MS: Final = 60
_TURN: Final = 30
_DETAIL_LEAST: Final = 30 * GRID


class Mark(Enum):
    """How a step stands. NOT_KNOWN: nobody can tell, which is no yes."""

    AHEAD = "ahead"
    UNDER_WAY = "under_way"
    DONE = "done"
    NOT_KNOWN = "not_known"
    FAILED = "failed"


_ICONS: Final = {
    Mark.AHEAD: ("ph.circle", Tone.MUTED),
    Mark.DONE: ("ph.check-circle-fill", Tone.GOOD),
    Mark.NOT_KNOWN: ("ph.minus", Tone.MUTED),
    Mark.FAILED: ("ph.x-circle-fill", Tone.BAD),
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step in words: what it is, what was seen of it, and when, or what it is instead of seen."""

    name: str
    mark: Mark
    told: str
    detail: str = ""
    tooltip: str = ""


class MarkIcon(QWidget):
    """A mark as a picture; what is under way turns while somebody sees it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_ICON + 2, _ICON + 2)
        self._mark = Mark.AHEAD
        self._angle = 0
        self._clock = QTimer(self)
        self._clock.setInterval(_FRAME_MS)
        self._clock.timeout.connect(self._turn)

    def set_mark(self, mark: Mark) -> None:
        """Show this."""
        if mark is not self._mark:
            self._mark = mark
            self._settle()
            self.update()

    @property
    def turns(self) -> bool:
        """Whether it moves."""
        return self._clock.isActive()

    @override
    def sizeHint(self) -> QSize:
        return QSize(_ICON + 2, _ICON + 2)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._mark is not Mark.UNDER_WAY:
            name, tone = _ICONS[self._mark]
            painter.drawPixmap(1, 1, picture(name, tone, _ICON, self.devicePixelRatioF()))
        else:
            ring = QRectF(self.rect()).adjusted(3, 3, -3, -3)
            painter.setPen(QPen(line_colour(self.palette()), 2))
            painter.drawEllipse(ring)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 2))
            painter.drawArc(ring, -self._angle * 16, 100 * 16)
        painter.end()

    def _settle(self) -> None:
        if self._mark is Mark.UNDER_WAY and self.isVisible():
            self._clock.start()
        else:
            self._clock.stop()

    def _turn(self) -> None:
        self._angle = (self._angle + _TURN) % 360
        self.update()


@dataclass(frozen=True, slots=True)
class _Row:
    icon: MarkIcon
    name: QLabel
    detail: ElidedLabel
    told: QLabel

    def parts(self) -> tuple[QWidget, ...]:
        return (self.icon, self.name, self.detail, self.told)


class StepRows(QWidget):
    """The steps as they stand; each says all of itself to whoever cannot see it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(3 * GRID)
        self._grid.setVerticalSpacing(2 * GRID)
        self._grid.setColumnStretch(1, 5)
        self._grid.setColumnStretch(2, 6)
        self._rows: list[_Row] = []
        self.lines: tuple[StepLine, ...] = ()

    def set_lines(self, lines: Sequence[StepLine]) -> None:
        """Show these; a step that has not changed stays as it is."""
        self.lines = tuple(lines)
        while len(self._rows) < len(lines):
            self._rows.append(self._make_row(len(self._rows)))
        for number, row in enumerate(self._rows):
            for part in row.parts():
                part.setVisible(number < len(lines))
            if number < len(lines):
                _write(row, lines[number])
        self.setAccessibleDescription("; ".join(_spoken(line) for line in lines))

    def _make_row(self, number: int) -> _Row:
        row = _Row(MarkIcon(), QLabel(), ElidedLabel(least=_DETAIL_LEAST), QLabel())
        row.detail.set_tone(Tone.MUTED)
        row.detail.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for column, part in enumerate(row.parts()):
            self._grid.addWidget(part, number, column)
        return row


def _write(row: _Row, line: StepLine) -> None:
    row.icon.set_mark(line.mark)
    row.name.setText(line.name)
    row.detail.setText(line.detail)
    row.told.setText(line.told)
    row.name.setAccessibleName(_spoken(line))
    for part in (row.icon, row.name, row.told):
        part.setToolTip(line.tooltip)
    faint = line.mark in (Mark.AHEAD, Mark.NOT_KNOWN)
    ink = QPalette.ColorRole.PlaceholderText if faint else QPalette.ColorRole.Text
    for label in (row.name, row.told):
        label.setForegroundRole(ink)


def _spoken(line: StepLine) -> str:
    return ", ".join(filter(None, (line.name, line.told, line.detail)))
