"""What is done once the frame is painted in which something is first seen: what takes long."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from typing_extensions import override

_TYPE: Final = QEvent.Type(QEvent.registerEventType())
_BEHIND_PAINTING: Final = -2
"""Qt has it painted by an event of priority -1."""


class Afterwards(QObject):
    """Does one thing after the next frame, however often it is asked to before."""

    def __init__(self, act: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._act = act
        self._is_due = False

    def begin(self) -> None:
        """Do it after the next frame."""
        if not self._is_due:
            self._is_due = True
            QCoreApplication.postEvent(self, QEvent(_TYPE), _BEHIND_PAINTING)

    def cancel(self) -> None:
        """Do not do it."""
        self._is_due = False
        QCoreApplication.removePostedEvents(self, _TYPE)

    @override
    def customEvent(self, event: QEvent) -> None:
        """Do it now."""
        self._is_due = False
        self._act()


def at_once() -> None:
    """Have all that be done which waits for a frame."""
    QCoreApplication.sendPostedEvents(None, _TYPE)
