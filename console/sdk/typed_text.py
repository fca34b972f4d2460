"""Whether a window holds somebody's work: what a program puts into a field does not count.

What was typed does, and so do choices, once there are several: a single one is made again with the
click that it took, and a question about it would be the greater bother.
"""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)
from shiboken6 import isValid
from typing_extensions import override

_SEVERAL: Final = 2
_BEFORE: Final = "before"
"""What a field held when the user first laid a hand on it."""
_ELSEWHERE: Final = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)
_DEEDS: Final = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


def has_typed(window: QWidget) -> bool:
    """Whether somebody typed in a field, or chose otherwise in several that a `Hand` watches."""
    # Qt knows by itself of each field whether somebody typed there.
    lines = (line for line in window.findChildren(QLineEdit) if line.isModified() and line.text())
    texts = (
        text
        for text in window.findChildren(QPlainTextEdit)
        if text.document().isModified() and not text.document().isEmpty()
    )
    fields: Iterable[QLineEdit | QPlainTextEdit] = (*lines, *texts)
    if any(_is_kept(field, window) for field in fields):
        return True
    parts = (part for part in window.findChildren(QWidget) if part.window() is window)
    return sum(map(_is_chosen_anew, parts)) >= _SEVERAL


def put_in(line: QLineEdit, text: str) -> None:
    """Put this into a field, as if it was typed: the user chose it elsewhere."""
    line.setText(text)
    line.setModified(True)


class Hand(QObject):
    """Notes of each choice in a window how it stood before the user laid a hand on it.

    Whoever does that gives it the keyboard first, so that one field is watched at a time.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._watched: tuple[QWidget, ...] = ()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the first deed at a field; it is done all the same."""
        is_deed = event.type() in _DEEDS
        if is_deed and not (isinstance(event, QKeyEvent) and event.key() in _ELSEWHERE):
            for field in _together(self._watched[0]) if self._watched else ():
                if field.property(_BEFORE) is None:
                    field.setProperty(_BEFORE, _value(field))
        return super().eventFilter(watched, event)

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        for part in filter(isValid, self._watched):
            part.removeEventFilter(self)
        self._watched = ()
        if now is not None and now.window() is self._window and _value(now) is not None:
            inside = (now.viewport(),) if isinstance(now, QAbstractScrollArea) else ()
            self._watched = (now, *inside)
            for part in self._watched:
                part.installEventFilter(self)


def _is_chosen_anew(field: QWidget) -> bool:
    before, now = field.property(_BEFORE), _value(field)
    is_left = isinstance(field, QRadioButton) and not now  # for another, which counts
    return before is not None and before != now and not is_left


def _value(field: QWidget) -> str | bool | None:
    """Return what is chosen in a field; None if nothing ever is."""
    if isinstance(field, QComboBox):
        return field.currentText()
    if isinstance(field, QAbstractSpinBox):
        return field.text()
    if isinstance(field, QAbstractButton) and field.isCheckable():
        return field.isChecked()
    if isinstance(field, QListWidget):
        item = field.currentItem()
        return item.text() if item else ""
    return None


def _together(field: QWidget) -> Iterable[QWidget]:
    """Return it with those whose choice goes when it is chosen."""
    around = field.parentWidget()
    if isinstance(field, QRadioButton) and around:
        return around.findChildren(QRadioButton)
    return (field,)


def _is_kept(field: QLineEdit | QPlainTextEdit, window: QWidget) -> bool:
    # A dialog that stands over this one asks for itself.
    return field.window() is window and not field.isReadOnly()
