"""Phosphor's icons: letters of a font, drawn in any size and colour.

The font and its names are those that qtawesome brings. qtawesome itself stays out: its first icon
loads a dozen fonts, and below it every class of Qt is made (170 ms and 35 MB at each start).
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap
from typing_extensions import override

PREFIX = "ph."
_SHARE = 0.875
"""Of an icon's height that a letter takes: 14 of 16 pixels."""


class LetterEngine(QIconEngine):
    """Draws one letter, in the colour of each mode that has one of its own."""

    def __init__(
        self, letter: str, colour: QColor, modes: Mapping[QIcon.Mode, QColor] | None = None
    ) -> None:
        super().__init__()
        self._letter, self._colour, self._modes = letter, colour, dict(modes or {})

    def colour(self, mode: QIcon.Mode) -> QColor:
        """Return the colour that it is drawn in now."""
        return self._modes.get(mode, self._colour)

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw it in the middle of a rectangle."""
        painter.save()
        font = QFont(_family())
        font.setPixelSize(max(1, round(_SHARE * rect.height())))
        painter.setFont(font)
        painter.setPen(self.colour(mode))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), self._letter)
        painter.restore()

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return it on nothing."""
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture


def letter(name: str) -> str:
    """Return the letter that an icon ("ph.play") is. Raises KeyError for a name it has not."""
    return chr(int(_codes()[name.removeprefix(PREFIX)], 16))


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = json.loads(_file("phosphor-charmap-*.json").read_bytes())
    return codes


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(_file("phosphor-*.ttf")))
    return QFontDatabase.applicationFontFamilies(number)[0]


def _file(pattern: str) -> Path:
    found = find_spec("qtawesome")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("qtawesome, which has the icons, is not installed")
    return next(Path(found.submodule_search_locations[0], "fonts").glob(pattern))
