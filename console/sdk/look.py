"""Colours that mean something, and icons tinted with them, both taken from the palette in force.

Widgets ask again whenever their palette changes, so light and dark are the same code.
"""

from functools import lru_cache

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from console.sdk.glyphs import LetterEngine, letter
from console.sdk.nodes import Tone

# The theme writes our tones into roles that a console has no other use for, so any widget can take
# one as its foreground role and follows the palette without a line of code.
ROLES = {
    Tone.PLAIN: QPalette.ColorRole.Text,
    Tone.MUTED: QPalette.ColorRole.PlaceholderText,
    Tone.GOOD: QPalette.ColorRole.Link,
    Tone.WARNING: QPalette.ColorRole.LinkVisited,
    Tone.BAD: QPalette.ColorRole.BrightText,
}
GRID = 4


def is_dark(palette: QPalette) -> bool:
    """Whether text is lighter than what it stands on."""
    return palette.color(QPalette.ColorRole.Base).lightness() < 128


def tone_colour(palette: QPalette, tone: Tone) -> QColor:
    """Return the colour of a tone on this palette's base, with a contrast of 4.5 or more."""
    return palette.color(ROLES[tone])


def line_colour(palette: QPalette) -> QColor:
    """Return the colour of the quiet lines between panes and sections."""
    return palette.color(QPalette.ColorRole.Midlight)


def icon(name: str, tone: Tone = Tone.PLAIN) -> QIcon:
    """Return a Phosphor icon ("ph.play") in the colour of a tone; an empty name is no icon.

    In light and in dark it has the colour of when it is drawn, not of when it was made.
    """
    return _toned(name, tone) if name else QIcon()


def picture(name: str, tone: Tone, size: int, ratio: float) -> QPixmap:
    """Return an icon as a picture of `size` pixels of a screen with this ratio, made once.

    Painting one costs a hundredth of painting the icon, which is drawn as a letter each time.
    """
    colour = tone_colour(QApplication.palette(), tone).name()
    return _drawn(name, colour, size, ratio)


@lru_cache(maxsize=1024)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    return QIcon(LetterEngine(letter(name), QColor(colour))).pixmap(QSize(size, size), ratio)


class _TonedEngine(LetterEngine):
    """Draws a letter in the colour that a tone has in the program's palette by then."""

    def __init__(self, name: str, tone: Tone) -> None:
        super().__init__(letter(name), QColor())
        self._tone = tone

    @override
    def colour(self, mode: QIcon.Mode) -> QColor:
        palette = QApplication.palette()
        if mode is QIcon.Mode.Disabled:
            return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
        return tone_colour(palette, self._tone)


@lru_cache(maxsize=1024)
def _toned(name: str, tone: Tone) -> QIcon:
    return QIcon(_TonedEngine(name, tone))
