"""Buttons, boxes and rings as the style draws them: flat, with outlines that can be seen."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyleOption, QStyleOptionButton

_Role = QPalette.ColorRole
_State = QStyle.StateFlag
_OUTLINE = {False: "#858d89", True: "#6b737a"}


def outline_colour(palette: QPalette) -> QColor:
    """Return the colour of a field's outline: 3:1 against its base."""
    return QColor(_OUTLINE[palette.color(_Role.Base).lightness() < 128])


def outline_of(option: QStyleOption) -> QColor:
    """Return the colour of the outline that a field has as it is now."""
    if not option.state & _State.State_Enabled:
        return option.palette.color(_Role.Mid)
    has_focus = bool(option.state & _State.State_HasFocus)
    return option.palette.color(_Role.Accent) if has_focus else outline_colour(option.palette)


def draw_push_button(option: QStyleOption, painter: QPainter) -> None:
    """Draw a button with a frame; the default one is filled."""
    palette = option.palette
    area = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
    is_default = isinstance(option, QStyleOptionButton) and bool(
        option.features & QStyleOptionButton.ButtonFeature.DefaultButton
    )
    is_enabled = bool(option.state & _State.State_Enabled)
    outline = palette.color(_Role.Accent) if is_default else outline_colour(palette)
    painter.setPen(QPen(outline if is_enabled else palette.color(_Role.Mid), 1))
    painter.setBrush(palette.brush(_Role.Button))
    painter.drawRoundedRect(area, 4, 4)
    if is_default and is_enabled:
        painter.setBrush(palette.brush(_Role.Highlight))
        painter.drawRoundedRect(area, 4, 4)
    if option.state & (_State.State_Sunken | _State.State_On | _State.State_MouseOver):
        wash = QColor(palette.color(_Role.WindowText))
        wash.setAlpha(30 if option.state & _State.State_Sunken else 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(wash)
        painter.drawRoundedRect(area, 4, 4)


def draw_check_box(option: QStyleOption, painter: QPainter) -> None:
    """Draw a box, and its tick."""
    palette = option.palette
    is_on = bool(option.state & _State.State_On)
    is_enabled = bool(option.state & _State.State_Enabled)
    box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
    accent = palette.color(_Role.Accent if is_enabled else _Role.Mid)
    painter.setPen(accent if is_on else outline_colour(palette))
    painter.setBrush(accent if is_on else palette.color(_Role.Base))
    painter.drawRoundedRect(box, 3, 3)
    if is_on:
        painter.setPen(QPen(palette.color(_Role.Base), 1.8))
        left, top, size = box.left(), box.top(), box.width()
        corner = QPointF(left + size * 0.42, top + size * 0.72)
        painter.drawLine(QPointF(left + size * 0.22, top + size * 0.52), corner)
        painter.drawLine(corner, QPointF(left + size * 0.78, top + size * 0.28))


def draw_radio(option: QStyleOption, painter: QPainter) -> None:
    """Draw a ring, and what fills it."""
    palette = option.palette
    is_on = bool(option.state & _State.State_On)
    ring = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(palette.color(_Role.Accent) if is_on else outline_colour(palette))
    painter.setBrush(palette.color(_Role.Base))
    painter.drawEllipse(ring)
    if is_on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(_Role.Accent))
        third = ring.width() * 0.27
        painter.drawEllipse(ring.adjusted(third, third, -third, -third))


def draw_focus(option: QStyleOption, painter: QPainter) -> None:
    """Draw a ring, for those who go by keys: after a click one knows where one is."""
    if option.state & _State.State_KeyboardFocusChange:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(option.palette.color(_Role.Accent))
        painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def draw_button_focus(option: QStyleOption, painter: QPainter) -> None:
    """Draw a ring thicker than the outline that tells the default button."""
    by_keys = _State.State_HasFocus | _State.State_KeyboardFocusChange
    if option.state & by_keys == by_keys:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(option.palette.color(_Role.Accent), 2))
        painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 4, 4)


def draw_flat_button(option: QStyleOption, painter: QPainter) -> None:
    """Draw a button of a bar: a ground only where the pointer or the keyboard is."""
    is_down = bool(option.state & (_State.State_Sunken | _State.State_On))
    is_over = bool(option.state & _State.State_MouseOver and option.state & _State.State_Enabled)
    is_flat = bool(option.state & _State.State_AutoRaise)
    area = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
    if not is_flat:
        painter.setPen(outline_colour(option.palette))
        painter.setBrush(option.palette.brush(_Role.Button))
        painter.drawRoundedRect(area, 4, 4)
    if is_down or is_over:
        wash = QColor(option.palette.color(_Role.WindowText))
        wash.setAlpha(30 if is_down else 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(wash)
        painter.drawRoundedRect(area, 4, 4)
    if option.state & _State.State_HasFocus:
        draw_focus(option, painter)
