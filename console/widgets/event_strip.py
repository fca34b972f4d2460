"""What happened in the time that is seen, in words: each leads to its moment."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from console.sdk.look import GRID, tone_colour
from console.widgets.curve import TimeMark
from console.widgets.time_span import clock, moment
from console.widgets.time_view import TimeView

_DOT: Final = 8
_GAP: Final = 4 * GRID
_WIDEST: Final = 240
_TOLD: Final = 20
_DAY_S: Final = 86_400.0


def _tr(text: str) -> str:
    return QCoreApplication.translate("event_strip", text)


@dataclass(frozen=True, slots=True)
class _Chip:
    """One moment, and where it stands."""

    mark: TimeMark
    text: str
    room: QRectF


class EventStrip(QWidget):
    """The newest, as many as there is room for. By keyboard, the charts lead to them."""

    def __init__(self, view: TimeView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.setAccessibleName(_tr("What happened"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        view.moved.connect(self.show_marks)
        view.crossed.connect(self.update)

    def show_marks(self) -> None:
        """Show what happened, as the view has it now."""
        # Of thousands the newest: a drag comes by here more often than the screen is painted.
        told = [self._words(mark) for mark in self._seen()[-_TOLD:]]
        self.setAccessibleDescription(", ".join(told))
        self.update()

    def chips(self) -> tuple[_Chip, ...]:
        """Return what is shown and where, from left to right."""
        metrics, right = self.fontMetrics(), float(self.width())
        found: list[_Chip] = []
        for mark in reversed(self._seen()):
            text = metrics.elidedText(self._words(mark), Qt.TextElideMode.ElideRight, _WIDEST)
            width = metrics.horizontalAdvance(text) + _DOT + 2 * GRID
            if right - width < 0:
                break
            found.append(_Chip(mark, text, QRectF(right - width, 0, width, self.height())))
            right -= width + _GAP
        shift = found[-1].room.left() if found else 0.0
        return tuple(
            _Chip(chip.mark, chip.text, chip.room.translated(-shift, 0)) for chip in reversed(found)
        )

    @override
    def sizeHint(self) -> QSize:
        """Ask for one line."""
        return QSize(120, self.fontMetrics().height() + GRID)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the moments, or that there were none."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, left = self.palette(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        chips = self.chips()
        if not chips:
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(self.rect(), left, _tr("Nothing happened in this time."))
        for chip in chips:
            dot = QRectF(0, 0, _DOT, _DOT)
            dot.moveCenter(chip.room.center())
            dot.moveLeft(chip.room.left())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tone_colour(palette, chip.mark.tone))
            painter.drawEllipse(dot)
            is_here = self._view.cross == chip.mark.seconds
            role = QPalette.ColorRole.Accent if is_here else QPalette.ColorRole.Text
            painter.setPen(palette.color(role))
            painter.drawText(chip.room.adjusted(_DOT + GRID, 0, GRID, 0), left, chip.text)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Stand the cross-hair where it happened."""
        if chip := self._at(event.position().x()):
            self._view.step_to(chip.mark.seconds)
            self._view.set_cross(chip.mark.seconds, pin=True)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer what leads somewhere."""
        is_chip = self._at(event.position().x()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_chip else Qt.CursorShape.ArrowCursor)

    @override
    def event(self, event: QEvent) -> bool:
        """Tell in a tooltip what was elided."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            chip = self._at(event.pos().x())
            if chip is not None:
                at = moment(chip.mark.seconds, 0.0, self._view.now)
                QToolTip.showText(event.globalPos(), f"{at}  {chip.mark.text}", self)
                return True
        return super().event(event)

    def _seen(self) -> list[TimeMark]:
        return [mark for mark in self._view.marks if self._view.span.holds(mark.seconds)]

    def _words(self, mark: TimeMark) -> str:
        length_s = self._view.span.length_s
        if length_s <= _DAY_S:
            return f"{clock(mark.seconds, 60.0)} {mark.text}"
        return f"{moment(mark.seconds, length_s, self._view.now)} {mark.text}"

    def _at(self, x: float) -> _Chip | None:
        return next((c for c in self.chips() if c.room.left() <= x <= c.room.right()), None)
