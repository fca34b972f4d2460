"""An icon among words, which follows light and dark by itself."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from console.sdk.look import picture
from console.sdk.nodes import Tone


class Mark(QWidget):
    """A picture in the colour that its tone has when it is painted. Words beside it say it too."""

    def __init__(self, size: int, icon: str = "", tone: Tone = Tone.PLAIN) -> None:
        super().__init__()
        self._size = size
        self._icon, self._tone = icon, tone
        self.setFixedSize(size, size)

    def show_icon(self, icon: str, tone: Tone) -> None:
        """Be this icon from now on; "" is none."""
        self._icon, self._tone = icon, tone
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        if self._icon:
            drawn = picture(self._icon, self._tone, self._size, self.devicePixelRatioF())
            QPainter(self).drawPixmap(0, 0, drawn)
