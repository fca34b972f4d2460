"""What stands at the right end of the tool bar: it looks like a field, and opens the palette."""

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QSizePolicy,
    QStyle,
    QStyleOptionFocusRect,
    QStyleOptionFrame,
    QWidget,
)
from typing_extensions import override

from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone

WIDTH, HEIGHT = 340, 30
_ICON_SIZE = 16


def _tr(text: str) -> str:
    return QCoreApplication.translate("palette", text)


class PaletteField(QAbstractButton):
    """A button in a field's clothes. A letter typed on it is the first one looked for."""

    typed = Signal(str)
    """str: the letter that was typed on it."""

    def __init__(self, command: QAction) -> None:
        super().__init__()
        self._keys = command.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.setText(_tr("Search machines, actions, settings"))
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(self._keys)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(WIDTH)
        self.clicked.connect(command.trigger)

    @override
    def sizeHint(self) -> QSize:
        """Ask for room for the sentence."""
        return QSize(WIDTH, HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        """Get by with the lens and the keys."""
        return QSize(30 * GRID, HEIGHT)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, and take the letter along."""
        opening = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
        has_modifier = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if event.key() in opening:
            self.click()
        elif event.text().isprintable() and event.text().strip() and not has_modifier:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a field, a lens, the hint and the keys."""
        painter = QPainter(self)
        frame = QStyleOptionFrame()
        frame.initFrom(self)
        frame.lineWidth = 1
        frame.state &= ~QStyle.StateFlag.State_HasFocus
        style = self.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, frame, painter, self)
        room = self.rect().adjusted(2 * GRID, 0, -2 * GRID - 2, 0)
        spot = QRect(room.left(), room.center().y() - _ICON_SIZE // 2 + 1, _ICON_SIZE, _ICON_SIZE)
        icon("ph.magnifying-glass", Tone.MUTED).paint(painter, spot)
        room.setLeft(spot.right() + 2 * GRID)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, self._keys)
        metrics = self.fontMetrics()
        room.setRight(room.right() - metrics.horizontalAdvance(self._keys) - 3 * GRID)
        words = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(middle), words)
        if self.hasFocus():
            focus = QStyleOptionFocusRect()
            focus.initFrom(self)
            style.drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, focus, painter, self)


def edge() -> QWidget:
    """Return the room between the field and the window's edge."""
    room = QWidget()
    room.setFixedWidth(GRID)
    return room


def gap() -> QWidget:
    """Return the room that pushes the field to the right."""
    room = QWidget()
    room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return room
