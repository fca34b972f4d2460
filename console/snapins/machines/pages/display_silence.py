"""Says that a display does not answer: while one connects, and after something was done there.

Nothing is asked of anybody for this. An idle screen says nothing either, and that is right.
"""

import time
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

CONNECTING_AFTER_MS: Final = 500
UNANSWERED_AFTER_MS: Final = 4000
"""A VNC server is asked for a sign of life three seconds after what nothing followed."""
_AGAIN_MS: Final = 1000


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class DisplaySilence(QObject):
    """Waits with the user for one answer at a time.

    `is_answered` says whether the other side is known to answer what is done there.
    """

    told = Signal(str)
    """How long it has been silent, in a sentence, each second; "" when it no longer is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_connecting = False
        self.is_answered = False
        self.words = ""
        self._since = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_due)

    def expect_screen(self) -> None:
        """A first picture is to come."""
        self.is_connecting, self._since = True, time.monotonic()
        self._timer.start(CONNECTING_AFTER_MS)

    def expect_answer(self) -> None:
        """Something was done at a screen that is live: before long something has to come."""
        if self.is_answered and not self._timer.isActive():
            self.is_connecting, self._since = False, time.monotonic()
            self._timer.start(UNANSWERED_AFTER_MS)

    def stop(self) -> None:
        """It came, or is not waited for any more."""
        self._timer.stop()
        self.is_connecting = False
        if self.words:
            self.words = ""
            self.told.emit("")

    def _on_due(self) -> None:
        silent_ms = (time.monotonic() - self._since) * 1000
        if silent_ms < UNANSWERED_AFTER_MS:
            self.words = _tr("Connecting to the screen...")
        else:
            words = _tr("The machine's display has not answered for {seconds} s.")
            self.words = words.format(seconds=int(silent_ms / 1000))
        self._timer.start(_AGAIN_MS)
        self.told.emit(self.words)
