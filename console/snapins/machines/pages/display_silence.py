"""Says that a display does not answer: while one connects, and after something was done there.

An idle screen says nothing, and that is right. So only after what nothing followed the hypervisor
is asked for a picture: it has to ask QEMU, whatever carries the screen.
"""

import time
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from backend.errors import BackendError, ScreenNotAvailable
from backend.model import Host, Ref
from backend.operations import domain as verbs
from console.sdk.context import Context

CONNECTING_AFTER_MS: Final = 500
DOUBTED_AFTER_MS: Final = 3500
"""A VNC server was asked for a sign of life by then, and gave it."""
UNANSWERED_AFTER_MS: Final = 4500
_AGAIN_MS: Final = 1000


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class DisplaySilence(QObject):
    """Waits with the user for one answer at a time, of the machine `ref`."""

    told = Signal(str)
    """How long it has been silent, in a sentence, each second; "" when it no longer is."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ref: Ref | None = None
        self.is_connecting = False
        self.words = ""
        self._context = context
        self._is_asking = False
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
        if not self._timer.isActive():
            self.is_connecting, self._since = False, time.monotonic()
            self._timer.start(DOUBTED_AFTER_MS)

    def stop(self) -> None:
        """It came, or is not waited for any more."""
        self._timer.stop()
        self.is_connecting = False
        if self.words:
            self.words = ""
            self.told.emit("")

    def _on_due(self) -> None:
        self._timer.start(_AGAIN_MS)
        if self.is_connecting and self._is_the_users():
            self._since = time.monotonic()
            self._say(_tr("Waiting for your answer..."))
            return
        silent_ms = (time.monotonic() - self._since) * 1000
        if not self.is_connecting:
            self._ask()
        if silent_ms >= UNANSWERED_AFTER_MS:
            words = _tr("The machine's display has not answered for {seconds} s.")
            self._say(words.format(seconds=int(silent_ms / 1000)))
        elif self.is_connecting:
            self._say(_tr("Connecting to the screen..."))

    def _is_the_users(self) -> bool:
        """Whether it is the user who is waited for: the host asks something on the way."""
        host = next(self._context.lookup.records(Host, self.ref.host), None) if self.ref else None
        return host is not None and host.prompt is not None

    def _say(self, words: str) -> None:
        self.words = words
        self.told.emit(words)

    def _ask(self) -> None:
        if self.ref is not None and not self._is_asking:
            self._is_asking = True
            self._context.run(self._sign(self.ref))

    async def _sign(self, ref: Ref) -> None:
        is_there = True
        try:
            await self._context.query(verbs.screenshot, ref)
        except ScreenNotAvailable:
            is_there = True  # that is an answer, too
        except BackendError:
            is_there = False
        finally:
            self._is_asking = False
        if is_there and ref == self.ref and not self.is_connecting:
            self.stop()
