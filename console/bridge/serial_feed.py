"""A serial port's channel as the GUI thread sees it: what is new, when there is time to show it.

The channel's own thread calls in; that only wakes Qt. What is not taken waits in the channel, which
keeps no more of it than can be wanted.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from backend.serial.channel import SerialChannel


class SerialFeed(QObject):
    """Takes the news of one channel, whenever `is_ready`; who was not says so later: `go_on`."""

    arrived = Signal(object)
    """News."""

    _woken = Signal()

    def __init__(
        self, channel: SerialChannel, is_ready: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._channel: SerialChannel | None = channel
        self._is_ready = is_ready
        self._waits = False
        self._woken.connect(self._on_woken, Qt.ConnectionType.QueuedConnection)
        channel.listen(self._woken.emit)

    def send(self, data: bytes) -> bool:
        """Have the guest read this; False if it does not read."""
        return self._channel is not None and self._channel.send(data)

    def go_on(self) -> None:
        """There is time now for what has come meanwhile."""
        if self._waits:
            self._on_woken()

    def close(self) -> None:
        """Let the channel go; nothing arrives from here on."""
        channel, self._channel = self._channel, None
        if channel is not None:
            channel.close()

    def _on_woken(self) -> None:
        if self._channel is None:
            return
        self._waits = not self._is_ready()
        if not self._waits:
            self.arrived.emit(self._channel.take())
