"""Time by the keyboard: the same keys wherever it is shown."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from console.widgets.time_view import TimeView

_STEPS: Final = 200
_LEAP: Final = 10
_ZOOM: Final = 2.0
_PAN: Final = 0.25
_WAYS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_MARKS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ZOOMS: Final = {
    Qt.Key.Key_Plus: 1 / _ZOOM,
    Qt.Key.Key_Equal: 1 / _ZOOM,
    Qt.Key.Key_Minus: _ZOOM,
}


def press_key(view: TimeView, event: QKeyEvent) -> bool:
    """Do what a key means; return whether it means anything.

    Left and Right move the cross-hair (with Ctrl ten times as far, with Shift what is seen), Up and
    Down lead to what happened before and after, Home and End to either end, Plus and Minus look
    nearer and from further away, Space pins the cross-hair, Escape takes it away.
    """
    key, modifiers, span = Qt.Key(event.key()), event.modifiers(), view.span
    if way := _WAYS.get(key):
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            view.move(way * _PAN * span.length_s)
        else:
            leap = _LEAP if modifiers & Qt.KeyboardModifier.ControlModifier else 1
            view.step(way * leap * span.length_s / _STEPS)
    elif way := _MARKS.get(key):
        view.step_to_mark(way)
    elif factor := _ZOOMS.get(key):
        view.zoom(factor, view.cross)
    elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        view.set_cross(span.since if key is Qt.Key.Key_Home else span.until)
    elif key is Qt.Key.Key_Space and view.cross is not None:
        view.set_cross(view.cross, pin=not view.is_pinned)
    elif key is Qt.Key.Key_Escape and view.cross is not None:
        view.set_cross(None)
    else:
        return False
    return True


def leave(view: TimeView) -> None:
    """Take the cross-hair away as the keyboard goes, but not to another part of the same time."""
    if not view.is_pinned and getattr(QApplication.focusWidget(), "view", None) is not view:
        view.set_cross(None)
