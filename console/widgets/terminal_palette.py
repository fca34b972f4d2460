"""The colours of a terminal, in light and dark: what a guest asks for, kept readable."""

from functools import lru_cache
from typing import Final, NamedTuple

from PySide6.QtGui import QColor

from console.widgets.terminal_lines import Style

_LEAST_CONTRAST: Final = 3.0
_STEPS: Final = 10
_NAMES: Final = ("black", "red", "green", "brown", "blue", "magenta", "cyan", "white")
_DARK: Final = (
    "#3b4245", "#f0716b", "#62c48a", "#d9b04c", "#6ea8ff", "#d689e0", "#5bc8c8", "#cfd4d6",
    "#8a9296", "#ff9089", "#86dea9", "#f0cb6e", "#94c0ff", "#e8a8f0", "#83e0e0", "#ffffff",
)  # fmt: skip
_LIGHT: Final = (
    "#1e2326", "#b3261e", "#1f6e43", "#7a5600", "#1f5fbf", "#8c2f9b", "#0f6b73", "#6b7377",
    "#4d5559", "#c9362d", "#257f4f", "#8c6500", "#2f6fd0", "#a03fb0", "#157c85", "#111416",
)  # fmt: skip


class Ground(NamedTuple):
    """What a terminal looks like where the guest asks for nothing."""

    is_dark: bool
    text: str
    back: str
    selected: str
    found: str
    faint: str


DARK: Final = Ground(True, "#dfe4e6", "#101514", "#2f6b4f", "#7a5b12", "#7d868a")  # noqa: FBT003
LIGHT: Final = Ground(False, "#1b2023", "#ffffff", "#bfe3cf", "#ffe2a0", "#7d868a")  # noqa: FBT003


@lru_cache(maxsize=4096)
def colours(style: Style, ground: Ground) -> tuple[QColor, QColor | None]:
    """Return the colours of text in this style and of what it stands on (None: the ground)."""
    bright = style.bold and style.fg in _NAMES
    text = _named(f"bright{style.fg}" if bright else style.fg, ground, ground.text)
    back = None if style.bg == "default" else _named(style.bg, ground, ground.back)
    if style.reverse:
        text, back = back or QColor(ground.back), text
    return _readable(text, back or QColor(ground.back)), back


def _named(name: str, ground: Ground, default: str) -> QColor:
    if name == "default":
        return QColor(default)
    name = name.replace("bfight", "bright")  # a slip of pyte's
    plain = name.removeprefix("bright")
    if plain in _NAMES:
        table = _DARK if ground.is_dark else _LIGHT
        return QColor(table[_NAMES.index(plain) + (0 if plain == name else len(_NAMES))])
    return QColor(f"#{name}")


def _readable(text: QColor, back: QColor) -> QColor:
    """Return the colour, or one towards white or black that can be read there."""
    aim = QColor("white" if _light(back) < 0.18 else "black")
    for step in range(_STEPS + 1):
        part = step / _STEPS
        mixed = QColor.fromRgbF(
            text.redF() + (aim.redF() - text.redF()) * part,
            text.greenF() + (aim.greenF() - text.greenF()) * part,
            text.blueF() + (aim.blueF() - text.blueF()) * part,
        )
        if contrast(mixed, back) >= _LEAST_CONTRAST:
            return mixed
    return aim


def contrast(one: QColor, other: QColor) -> float:
    """Return how well one can be told from the other, 1 to 21 (WCAG)."""
    lights = sorted((_light(one), _light(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(colour: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
