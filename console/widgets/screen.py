"""A guest's screen that can be used: keys and pointer go to the guest while it is entered.

It is entered by a click or by Return, and left by the keys of `release` or when the focus goes
elsewhere; then nothing stays pressed. What is done is told (`performed`), to whomever it concerns.
"""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from backend.display.channel import News, PointerMode, Standing
from backend.display.input import Event
from backend.display.surface import Cursor
from console.widgets.screen_hands import ScreenHands
from console.widgets.screen_picture import ScreenPicture
from console.widgets.screen_release import LoneChord, Release

_CHORD: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Screen(ScreenPicture):
    """A screen with a keyboard and a pointer before it."""

    performed = Signal(tuple)
    """tuple[Event, ...]: what is to be done at the guest."""
    entered = Signal()
    """Keys and pointer go to the guest from here on."""
    left = Signal()
    """They are this program's again."""
    full_screen_asked = Signal()
    """Ctrl+Alt+Return was pressed inside."""

    # Qt has events for it before this class has begun.
    _is_entered = False

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.release = Release.LEFT
        self._chord = LoneChord()
        self._hands = ScreenHands(self._perform)
        self._is_view_only = False
        self._takes_input = True
        self._standing: Standing | None = None
        self._is_in_the_middle = False
        self._cursor: Cursor | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    @property
    def is_entered(self) -> bool:
        """Whether keys go to the guest."""
        return self._is_entered

    def set_view_only(self, *, is_on: bool) -> None:
        """Only look on; or be able to use it again."""
        self._is_view_only = is_on
        if is_on:
            self.leave()

    def enter(self) -> None:
        """Have keys go to the guest, if there is one to feel them."""
        can_use = self._takes_input and not self._is_view_only
        if self._is_entered or not can_use or self.reason or self.surface is None:
            return
        self.setFocus()
        self._is_entered, self._is_in_the_middle = True, False
        self._show_cursor()
        self.entered.emit()

    def leave(self) -> None:
        """Have the keyboard back; nothing stays pressed."""
        if not self._is_entered:
            return
        self._hands.let_go()
        self._chord.forget()
        self._is_entered = False
        self._show_cursor()
        self.left.emit()

    @override
    def show_news(self, news: News) -> None:
        super().show_news(news)
        if news.standing is self._standing:
            return
        self._standing = news.standing
        self._takes_input = news.standing.takes_input
        if not self._takes_input:
            self.leave()
        now = (news.standing.pointer, news.standing.cursor)
        if now != (self._hands.pointer, self._cursor):
            self._hands.pointer, self._cursor = now
            self._is_in_the_middle = False
            self._show_cursor()

    @override
    def set_away(self, reason: str) -> None:
        if reason:
            self.leave()
        super().set_away(reason)

    @override
    def forget(self) -> None:
        self.leave()
        super().forget()

    @override
    def event(self, event: QEvent) -> bool:
        """Have every key, also those that are shortcuts elsewhere or go from field to field."""
        if self._is_entered and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            is_chord = self._chord.heed(event)
            if event.type() == QEvent.Type.KeyPress:
                self.keyPressEvent(event)
                return True
            if is_chord:
                self.leave()
                return True
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._chord.forget()
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell the guest, or enter or leave."""
        is_chord = event.modifiers() & _CHORD == _CHORD
        if not self._is_entered:
            if event.key() in (*_ENTER, Qt.Key.Key_Space):
                self.enter()
            else:
                event.ignore()
        elif self.release.is_pressed(event):
            self.leave()
        elif is_chord and event.key() in _ENTER:
            self._hands.let_go()
            self.full_screen_asked.emit()
        else:
            self._hands.press(event)

    @override
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Tell the guest."""
        self._hands.release(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave: what goes up meanwhile would never be heard of."""
        self.leave()
        super().focusOutEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Enter, and press there."""
        self.enter()
        if self._is_entered:
            self.mouseMoveEvent(event)
            self._hands.press_button(event.button())

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Press once more: the guest knows by itself what a double click is."""
        self.mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go there."""
        self.mouseMoveEvent(event)
        self._hands.release_button(event.button())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the guest's pointer to the same pixel, or by the same distance."""
        placed = self.placement()
        if not self._is_entered or placed is None:
            return
        if self._hands.pointer is PointerMode.ABSOLUTE:
            self._hands.move_to(*placed.to_guest(event.position()))
            return
        # Kept in the middle, so that no edge of the display ends a way.
        middle = self.mapToGlobal(self.seen().center())
        if self._is_in_the_middle:
            self._hands.move_by(event.globalPosition().toPoint() - middle)
        self._is_in_the_middle = True
        if QCursor.pos() != middle:
            QCursor.setPos(middle)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the guest's wheel; not entered, the page's."""
        if self._is_entered:
            self._hands.turn(event.angleDelta())
            event.accept()
        else:
            event.ignore()

    def _perform(self, events: tuple[Event, ...]) -> None:
        self.performed.emit(events)

    def _show_cursor(self) -> None:
        """Have the guest's own pointer where it is told apart from its picture, else a dot."""
        if not self._is_entered:
            self.unsetCursor()
        elif self._hands.pointer is PointerMode.RELATIVE:
            self.setCursor(Qt.CursorShape.BlankCursor)
        else:
            self.setCursor(_as_cursor(self._cursor) if self._cursor else _dot())


def _as_cursor(cursor: Cursor) -> QCursor:
    if cursor.width == 0 or cursor.height == 0:
        return QCursor(Qt.CursorShape.BlankCursor)
    image = QImage(
        cursor.pixels, cursor.width, cursor.height, 4 * cursor.width, QImage.Format.Format_ARGB32
    )
    return QCursor(QPixmap.fromImage(image.copy()), cursor.hot_x, cursor.hot_y)


def _dot() -> QCursor:
    """Return a pointer for guests that draw their own or none: small enough to hide nothing."""
    image = QImage(QSize(5, 5), QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    for x in range(1, 4):
        for y in range(1, 4):
            image.setPixelColor(QPoint(x, y), QColor("black"))
    return QCursor(QPixmap.fromImage(image), 2, 2)
