"""A display's channel as the GUI thread sees it: what is new, at the pace of the screen.

The channel's own thread calls in; that only wakes Qt, once for all that is new. Nothing here waits
for a guest, a server or the engine.
"""

import os
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer, Signal

from backend.display.channel import FramebufferChannel, News

FRAME_MS = 16


class ScreenFeed(QObject):
    """Takes the news of one channel, the first at once and then at most once in `frame_ms`.

    One that was late by up to half of that has the next come as much earlier: pictures that come
    as often as they may are then all taken.

    `show` is called with each; a signal would cost as much as taking it.
    """

    _woken = Signal()

    def __init__(
        self,
        channel: FramebufferChannel,
        show: Callable[[News], None],
        parent: QObject | None = None,
        *,
        frame_ms: int | None = None,
    ) -> None:
        super().__init__(parent)
        self._frame_ms = FRAME_MS if frame_ms is None else frame_ms
        self._channel: FramebufferChannel | None = channel
        self._show = show
        self._due = 0.0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setTimerType(Qt.TimerType.PreciseTimer)
        self._pause.timeout.connect(self._take)
        self._woken.connect(self._on_woken, Qt.ConnectionType.QueuedConnection)
        self._bell = channel.bell()
        self._ringing: QSocketNotifier | None = None
        self._is_muted = False
        if self._bell is not None:
            self._ringing = QSocketNotifier(self._bell, QSocketNotifier.Type.Read, self)
            self._ringing.activated.connect(self._on_woken)
        channel.listen(self._woken.emit)

    def close(self) -> None:
        """Let the channel go; nothing arrives from here on."""
        channel, self._channel = self._channel, None
        self._pause.stop()
        if self._ringing is not None and self._bell is not None:
            self._ringing.setEnabled(False)
            os.close(self._bell)
            self._ringing = self._bell = None
        if channel is not None:
            channel.close()

    def _on_woken(self) -> None:
        left = self._due - time.monotonic() * 1000
        if left <= 0:
            self._take()
            return
        if not self._pause.isActive():
            self._pause.start(round(left))
        if self._ringing is not None:
            self._is_muted = True  # it would ring until then
            self._ringing.setEnabled(False)

    def _take(self) -> None:
        if self._channel is not None:
            late_most = time.monotonic() * 1000 - self._frame_ms / 2
            self._due = max(self._due, late_most) + self._frame_ms
            self._show(self._channel.take())
            if self._is_muted and self._ringing is not None:
                self._is_muted = False
                self._ringing.setEnabled(True)
