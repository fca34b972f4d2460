"""A screen on the whole display for a while, and then back where it was.

Its bar slides in from above, as VMConnect's does: while the keyboard is not the guest's, and when
the pointer rests at the upper edge. It says what gives the keyboard back: nothing else is seen.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QPoint,
    QPropertyAnimation,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QCloseEvent, QCursor, QKeyEvent, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.sdk.forms import ToneLabel
from console.sdk.look import GRID, icon
from console.sdk.reading_order import put_in_order
from console.widgets.screen import Screen

_DWELL_MS: Final = 250
_LINGER_MS: Final = 1200
_HINT_MS: Final = 6000
_SLIDE_MS: Final = 120
_EDGE: Final = 2


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class FullScreen(QWidget):
    """A window without a frame; `give_back` is called when it has let go of what it showed."""

    def __init__(self, give_back: Callable[[], None]) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._give_back = give_back
        self._guest: QWidget | None = None
        self._screen: Screen | None = None
        self.drop = _Drop(self)
        self._dwell = _single_shot(self, _DWELL_MS, self.drop.slide_in)
        self._linger = _single_shot(self, _LINGER_MS, self._on_enough)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.drop.pin.toggled.connect(self._on_enough)

    @property
    def is_shown(self) -> bool:
        """Whether it shows something now."""
        return self._guest is not None

    def begin(self, guest: QWidget, screen: Screen, bar: QWidget, hint: QWidget) -> None:
        """Show `guest`, in which `screen` is, on the whole of the display where it stands.

        `bar` slides in above it, and `hint` below that.
        """
        self._guest, self._screen = guest, screen
        self.setScreen(guest.screen())
        self._column.addWidget(guest, 1)
        self.drop.take(bar, hint, screen)
        screen.installEventFilter(self)
        screen.entered.connect(self._on_entered)
        screen.left.connect(self.drop.slide_in)
        self.showFullScreen()
        self.activateWindow()
        self.drop.slide_in()
        self._linger.start(_HINT_MS)

    def end(self) -> None:
        """Give it back."""
        if self._guest is None or self._screen is None:
            return
        screen, self._guest, self._screen = self._screen, None, None
        screen.removeEventFilter(self)
        screen.entered.disconnect(self._on_entered)
        screen.left.disconnect(self.drop.slide_in)
        self._dwell.stop()
        self._linger.stop()
        self.drop.withdraw()
        self._give_back()
        self.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the pointer rest at the upper edge, or leave it; the guest gets it all the same."""
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseMove:
            if self.mapFromGlobal(event.globalPosition().toPoint()).y() < _EDGE:
                if not self._dwell.isActive() and self.drop.is_away:
                    self._dwell.start()
            else:
                self._dwell.stop()
                if not self.drop.is_away and not self._linger.isActive():
                    self._linger.start(_LINGER_MS)
        return super().eventFilter(watched, event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the bar at the top, in the middle."""
        super().resizeEvent(event)
        self.drop.settle()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends it, while the guest does not have the keyboard."""
        is_chord = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Escape or (is_chord and event.key() == Qt.Key.Key_Return):
            self.end()
        else:
            super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Give it back instead of being closed."""
        event.ignore()
        self.end()

    def _on_entered(self) -> None:
        if not self._linger.isActive():  # who has just come sees for longer what there is
            self._linger.start(_LINGER_MS)

    def _on_enough(self) -> None:
        """Have the bar go, unless somebody uses it or would have nothing else to press."""
        is_needed = self._screen is None or not self._screen.is_entered
        if self.drop.is_used() or is_needed:
            if not self.drop.pin.isChecked() and not is_needed:
                self._linger.start(_LINGER_MS)
            self.drop.slide_in()
        else:
            self.drop.slide_out()


class _Drop(QFrame):
    """What slides in: whose screen it is, its bar, a pin that has it stay, and a line of words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self.setAccessibleName(_tr("Bar of the full screen"))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.is_away = True
        self.title = ToneLabel()
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.pin = QToolButton()
        self.pin.setCheckable(True)
        self.pin.setAutoRaise(True)
        self.pin.setIconSize(QSize(18, 18))
        self.pin.setMinimumHeight(8 * GRID)
        for tell in (self.pin.setToolTip, self.pin.setAccessibleName):
            tell(_tr("Keep This Bar"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(4 * GRID, 0, 2 * GRID, 0)
        self._row.setSpacing(2 * GRID)
        self._row.addWidget(self.title)
        self._row.addWidget(self.pin)
        self._column.addLayout(self._row)
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setDuration(_SLIDE_MS)
        self._slide.finished.connect(lambda: self.setVisible(not self.is_away))
        self.hide()

    def take(self, bar: QWidget, hint: QWidget, below: QWidget) -> None:
        """Have this bar, and words; Tab leads from there to what is below."""
        self._row.insertWidget(1, bar, 1)
        self._column.addWidget(hint)
        put_in_order(self._row, below)
        self.pin.setIcon(icon("ph.push-pin"))

    def is_used(self) -> bool:
        """Whether it is to stay: pinned, pointed at, with the keyboard, or a menu is open."""
        is_below = self.rect().contains(self.mapFromGlobal(QCursor.pos()))
        focus = QApplication.focusWidget()
        has_keyboard = focus is not None and self.isAncestorOf(focus)
        is_open = QApplication.activePopupWidget() is not None
        return self.pin.isChecked() or is_below or has_keyboard or is_open

    @property
    def is_sliding(self) -> bool:
        """Whether it comes or goes just now."""
        return self._slide.state() is QPropertyAnimation.State.Running

    def slide_in(self) -> None:
        """Come."""
        if self.is_away:
            self.is_away = False
            self._go_on()

    def slide_out(self) -> None:
        """Go."""
        if not self.is_away:
            self.is_away = True
            self._go_on()

    def settle(self) -> None:
        """Stand where it belongs, without a way there."""
        self._slide.stop()  # it would go on to where that was before
        self.setGeometry(self._place())
        self.setVisible(not self.is_away)

    def withdraw(self) -> None:
        """Be gone, and come anew the next time."""
        self.is_away = True
        self.settle()

    @override
    def event(self, event: QEvent) -> bool:
        """Be as high as the words are, which change while it is there."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.resize(self._place().size())
        return super().event(event)

    def _go_on(self) -> None:
        place = self._place()
        if not self.isVisible():
            self.setGeometry(place.translated(0, -place.height()))
        self.resize(place.size())
        self.raise_()
        self.show()
        self._slide.stop()
        self._slide.setStartValue(self.pos())
        self._slide.setEndValue(place.topLeft())
        self._slide.start()

    def _place(self) -> QRect:
        room = self._ground.width()
        wanted = self.sizeHint()
        width = min(room, max(wanted.width(), min(room, 280 * GRID)))
        height = self.heightForWidth(width) if self.hasHeightForWidth() else wanted.height()
        at = QPoint((room - width) // 2, -height if self.is_away else 0)
        return QRect(at, QSize(width, height))


def _single_shot(parent: QWidget, after_ms: int, act: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(after_ms)
    timer.timeout.connect(act)
    return timer
