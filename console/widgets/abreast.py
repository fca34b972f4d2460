"""Parts beside each other, and one below the other where there is no room for that."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

_ABREAST = QBoxLayout.Direction.LeftToRight
_BELOW = QBoxLayout.Direction.TopToBottom


class Abreast(QBoxLayout):
    """A layout that turns where the widget around it is narrower than `least`."""

    turned = Signal()
    """It stands the other way from now on; what is set in answer counts at once."""

    def __init__(self, least: int | Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(_ABREAST, parent)
        self._least = least

    @property
    def is_abreast(self) -> bool:
        """Whether the parts stand beside each other."""
        return self.direction() is _ABREAST

    @override
    def setGeometry(self, rect: QRect, /) -> None:
        """Stand there, the way that fits."""
        least = self._least if isinstance(self._least, int) else self._least()
        around = self.parentWidget()
        way = _BELOW if around is not None and around.width() < least else _ABREAST
        if way is not self.direction():
            self.setDirection(way)
            self.turned.emit()
        super().setGeometry(rect)
