"""Scroll bars, drawn flat: a slider on the ground of what it scrolls, without a groove."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QStyle, QStyleOption, QWidget

from console.shell.button_style import outline_colour

_Role = QPalette.ColorRole
_State = QStyle.StateFlag


def draw_scroll_bar(
    option: QStyleOption, painter: QPainter, slider: QRect, widget: QWidget | None
) -> None:
    """Draw one whose slider is there; where there is nothing to scroll, only the ground."""
    painter.fillRect(option.rect, option.palette.brush(_ground(widget)))
    if slider.size() == option.rect.size() or not option.state & _State.State_Enabled:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    is_over = bool(option.state & (_State.State_MouseOver | _State.State_Sunken))
    painter.setBrush(outline_colour(option.palette) if is_over else option.palette.brush(_Role.Mid))
    painter.drawRoundedRect(QRectF(slider).adjusted(3, 3, -3, -3), 3, 3)
    painter.restore()


def _ground(bar: QWidget | None) -> QPalette.ColorRole:
    around = bar.parentWidget() if bar else None
    while around is not None and not isinstance(around, QAbstractScrollArea):
        around = around.parentWidget()
    # What has no ground of its own is seen through to the one below, which Base is mostly.
    is_own = around is not None and around.viewport().autoFillBackground()
    return around.viewport().backgroundRole() if around and is_own else _Role.Base
