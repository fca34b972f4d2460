"""Types a text at a screen, a character at a time, as fast as guests can follow."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from backend.display.input import Key
from backend.display.typing import US, Layout

INTERVAL_MS: Final = 12


class ScreenTypist(QObject):
    """One text at a time."""

    typed = Signal(tuple)
    """tuple[Key, ...]: what the guest is to feel now."""
    told = Signal(int, int)
    """How many characters were typed, and how many there are; equal at the end."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._layout = US
        self._done = 0
        self._around: tuple[Key, ...] = ()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._on_turn)

    @property
    def is_typing(self) -> bool:
        """Whether there is more to type."""
        return self._timer.isActive()

    def start(self, text: str, layout: Layout = US, around: tuple[Key, ...] = ()) -> None:
        """Type this on a keyboard of that layout, instead of what is left of the text before.

        `around` is felt before the first character and after the last: a lock that is in the way.
        """
        self.stop()
        self._text, self._layout, self._done, self._around = text, layout, 0, around
        if around:
            self.typed.emit(around)
        self._timer.start()
        self.told.emit(0, len(text))

    def stop(self) -> None:
        """Type no more of it."""
        if self.is_typing:
            self._timer.stop()
            if self._around:
                self.typed.emit(self._around)
            self.told.emit(len(self._text), len(self._text))

    def _on_turn(self) -> None:
        if self._done >= len(self._text):
            self.stop()
            return
        strokes = self._layout.strokes_for(self._text[self._done])
        self._done += 1
        if strokes:
            self.typed.emit(strokes)
        if self._done < len(self._text):
            self.told.emit(self._done, len(self._text))
