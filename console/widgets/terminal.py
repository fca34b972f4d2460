"""A terminal that can be used: keys go to the guest while it is entered, else they choose text.

It is entered by a click or by Return, and left by the keys that leave a guest's screen or when the
focus goes elsewhere. What is typed is told (`typed`), to whomever it concerns.
"""

from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from console.widgets.screen_release import LoneChord, Release
from console.widgets.terminal_keys import bytes_of
from console.widgets.terminal_selection import Place, word_at
from console.widgets.terminal_text import TerminalText

_K = Qt.Key
_M = Qt.KeyboardModifier
_ENTER: Final = (_K.Key_Return, _K.Key_Enter)
_OURS: Final = _M.ControlModifier | _M.ShiftModifier
_HELD: Final = _OURS | _M.AltModifier | _M.MetaModifier
# With Ctrl, or Ctrl and Shift, these are the terminal's while it has the keyboard.
_CHORDS: Final = (_K.Key_C, _K.Key_V, _K.Key_F, _K.Key_A, _K.Key_Insert)
_ANNOUNCE_MS: Final = 700
_ANNOUNCED: Final = 400


class Terminal(TerminalText):
    """A terminal with a keyboard before it."""

    typed = Signal(bytes)
    """What the guest is to read."""
    paste_asked = Signal()
    find_asked = Signal()
    entered = Signal()
    """Keys go to the guest from here on."""
    left = Signal()
    """They are this program's again."""

    _is_entered = False  # asked for while Qt makes it

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.release = Release.LEFT
        self._chord = LoneChord()
        self._is_live = False
        self._clicks = 0
        self._said = ""
        self._announce = QTimer(self)
        self._announce.setSingleShot(True)
        self._announce.setInterval(_ANNOUNCE_MS)
        self._announce.timeout.connect(self._say)
        self.drained.connect(self._on_drained)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)

    @property
    def is_entered(self) -> bool:
        """Whether keys go to the guest."""
        return self._is_entered

    def set_live(self, *, is_live: bool) -> None:
        """Have somebody who reads what is typed, or nobody."""
        self._is_live = is_live
        self.set_away(is_away=not is_live)
        if not is_live:
            self.leave()

    def enter(self) -> None:
        """Have keys go to the guest, if there is one that reads them."""
        if self._is_live and not self._is_entered:
            self.setFocus()
            self._is_entered = self._is_cursor_full = True
            self.updateMicroFocus()
            self.viewport().update()
            self.entered.emit()

    def leave(self) -> None:
        """Have the keyboard back."""
        if self._is_entered:
            self._is_entered = self._is_cursor_full = False
            self._chord.forget()
            self.updateMicroFocus()
            self.viewport().update()
            self.left.emit()

    @override
    def event(self, event: QEvent) -> bool:
        """Have every key, also those that are shortcuts elsewhere or go from field to field."""
        if self._is_entered and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if self._chord.heed(event):
                self.leave()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.keyPressEvent(event)
                return True
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            held = event.modifiers() & _HELD
            if event.key() in _CHORDS and held in (_M.ControlModifier, _OURS):
                event.accept()
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell the guest, or do what is ours."""
        event.accept()
        if self._is_entered and self.release.is_pressed(event):
            self.leave()
        elif self._do_ours(event):
            return
        elif self._is_entered:
            has = self.intake.screen.has_application_keys
            self._type(bytes_of(event, application_keys=has))
        elif event.key() in _ENTER and not event.modifiers() & _HELD:
            self.enter()
        elif not self._choose(event):
            event.ignore()

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Tell the guest what was composed: by dead keys, or by an input method."""
        event.accept()
        if self._is_entered:
            self._type(event.commitString().encode())

    @override
    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Have text composed while keys go to the guest, beside its cursor."""
        if query == Qt.InputMethodQuery.ImEnabled:
            return self._is_entered
        if query == Qt.InputMethodQuery.ImCursorRectangle:
            return self.cursor_place()
        return super().inputMethodQuery(query)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave."""
        self.leave()
        super().focusOutEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Enter, and begin to select; with Shift go on to select."""
        self.enter()
        place = self.place_at(event.position())
        if event.button() == Qt.MouseButton.MiddleButton:
            self.paste_asked.emit()
        elif event.button() == Qt.MouseButton.LeftButton:
            if event.modifiers() & _M.ShiftModifier:
                self.selection.reach(place)
            else:
                self.selection.start(place)
            self.viewport().update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select up to there."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            bar, y = self.verticalScrollBar(), event.position().y()
            if not 0 <= y < self.viewport().height():
                bar.setValue(bar.value() + (1 if y > 0 else -1))
            self.selection.reach(self.place_at(event.position()))
            self.viewport().update()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word there."""
        place, screen = self.place_at(event.position()), self.intake.screen
        start, end = word_at(screen.line(place.line), min(place.column, screen.columns - 1))
        self.selection.select(Place(place.line, start), Place(place.line, end))
        self.viewport().update()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl write larger or smaller."""
        if event.modifiers() & _M.ControlModifier:
            if turned := event.angleDelta().y():
                self.set_zoom(self.zoom + (1 if turned > 0 else -1))
            event.accept()
        else:
            super().wheelEvent(event)

    def _type(self, data: bytes) -> None:
        if data:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
            self.typed.emit(data)

    def _do_ours(self, event: QKeyEvent) -> bool:
        """Do what these keys mean in every terminal; whether they mean something."""
        key, held = event.key(), event.modifiers() & _HELD
        bar = self.verticalScrollBar()
        if held == _M.ShiftModifier and key in (_K.Key_PageUp, _K.Key_PageDown):
            step = bar.pageStep() - 1
            bar.setValue(bar.value() + (step if key == _K.Key_PageDown else -step))
        elif held == _OURS and key == _K.Key_C:
            self.copy()
        elif held == _OURS and key == _K.Key_V:
            self.paste_asked.emit()
        elif held == _OURS and key == _K.Key_F:
            self.find_asked.emit()
        elif held == _OURS and key == _K.Key_A:
            self.select_all()
        else:
            return False
        return True

    def _choose(self, event: QKeyEvent) -> bool:
        """Select by the keyboard, while the guest does not have it."""
        key, held, bar = event.key(), event.modifiers() & _HELD, self.verticalScrollBar()
        screen, head = self.intake.screen, self.selection.head
        if held == _M.ControlModifier and key in (_K.Key_C, _K.Key_Insert):
            self.copy()
            return True
        if held == _M.ControlModifier and key == _K.Key_A:
            self.select_all()
            return True
        steps = _steps(screen.lines, screen.columns)
        if key not in steps or held & ~_M.ShiftModifier:
            return False
        if not held:
            by = {_K.Key_Home: -bar.maximum(), _K.Key_End: bar.maximum()}.get(
                _K(key), steps[key][0]
            )
            bar.setValue(bar.value() + by)
            return True
        if self.selection.is_empty and not screen.first <= head.line < screen.top + screen.lines:
            self.selection.start(Place(screen.top + screen.cursor.y, screen.cursor.x))
            head = self.selection.head
        down, right = steps[key]
        line = min(max(head.line + down, screen.first), screen.top + screen.lines - 1)
        self.selection.reach(Place(line, min(max(head.column + right, 0), screen.columns)))
        self.show_line(line)
        self.viewport().update()
        return True

    def _on_drained(self) -> None:
        if not self._announce.isActive():
            self._announce.start()

    def _say(self) -> None:
        """Tell whoever listens what has been written."""
        screen = self.intake.screen
        text = screen.text(screen.top, screen.top + screen.cursor.y + 1)
        new = text.removeprefix(self._said) if self._said else text
        if QAccessible.isActive() and new.strip() and text != self._said:
            told = QAccessibleAnnouncementEvent(self, new.strip()[-_ANNOUNCED:])
            QAccessible.updateAccessibility(told)
        self._said = text
        self.setAccessibleDescription(text[-_ANNOUNCED:])


def _steps(lines: int, columns: int) -> dict[int, tuple[int, int]]:
    """Return how far each key goes, down and to the right."""
    return {
        _K.Key_Up: (-1, 0), _K.Key_Down: (1, 0), _K.Key_Left: (0, -1), _K.Key_Right: (0, 1),
        _K.Key_PageUp: (1 - lines, 0), _K.Key_PageDown: (lines - 1, 0),
        _K.Key_Home: (0, -columns), _K.Key_End: (0, columns),
    }  # fmt: skip
