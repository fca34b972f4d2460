"""Colours that mean something, and icons tinted with them, both taken from the palette in force.

Widgets ask again whenever their palette changes, so light and dark are the same code.
"""

from functools import lru_cache

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

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
    """Return a Phosphor icon ("ph.play") in the colour of a tone; an empty name is no icon."""
    if not name:
        return QIcon()
    palette = QApplication.palette()
    faint = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    return _tinted(name, tone_colour(palette, tone).name(), faint.name())


def picture(name: str, tone: Tone, size: int, ratio: float) -> QPixmap:
    """Return an icon as a picture of `size` pixels of a screen with this ratio, made once.

    Painting one costs a hundredth of painting the icon, which is drawn as a letter each time.
    """
    colour = tone_colour(QApplication.palette(), tone).name()
    return _drawn(name, colour, size, ratio)


@lru_cache(maxsize=1024)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    return _tinted(name, colour, colour).pixmap(QSize(size, size), ratio)


@lru_cache(maxsize=1024)
def _tinted(name: str, colour: str, faint: str) -> QIcon:
    return QIcon(LetterEngine(letter(name), QColor(colour), {QIcon.Mode.Disabled: QColor(faint)}))
