"""Has a guest's screen follow the size of the widget that shows it, where its driver can."""

from typing import Final

from PySide6.QtCore import QObject, QTimer

from backend.display.channel import Standing
from console.snapins.machines.pages.display_link import DisplayLink
from console.widgets.screen_picture import ScreenPicture
from console.widgets.screen_place import Zoom

_REST_MS: Final = 300
_LEAST: Final = (320, 200)
_STEP: Final = 8
"""Drivers take widths of whole bytes of a bitmap."""


class DisplayFollower(QObject):
    """Asks once for each size, when the widget has rested there; a guest need not obey."""

    def __init__(self, screen: ScreenPicture, link: DisplayLink) -> None:
        super().__init__(link)
        self._screen = screen
        self._link = link
        self._asked: tuple[int, int] | None = None
        self._can = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._ask)
        screen.resized.connect(self.begin)
        link.stands.connect(self._on_standing)
        link.is_away.connect(self._on_away)

    def begin(self) -> None:
        """Ask soon, if the guest is to follow."""
        if self._screen.zoom is Zoom.FOLLOW:
            self._rest.start()

    def _on_standing(self, standing: Standing) -> None:
        could, self._can = self._can, standing.can_resize
        if self._can and not could:
            self.begin()

    def _on_away(self) -> None:
        self._asked, self._can = None, False

    def _ask(self) -> None:
        ratio, size = self._screen.devicePixelRatioF(), self._screen.size()
        width, height = int(size.width() * ratio), int(size.height() * ratio)
        wanted = max(_LEAST[0], width // _STEP * _STEP), max(_LEAST[1], height)
        is_to = self._screen.zoom is Zoom.FOLLOW and self._can
        if is_to and self._screen.isVisible() and wanted != self._asked:
            self._asked = wanted
            self._link.resize(*wanted)
