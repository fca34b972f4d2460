"""How numbers of settings are told and read: sizes in binary units, and counts with their unit."""

import re
from typing import Final

from PySide6.QtCore import QCoreApplication

from console.widgets.quantity_box import Measure

_UNITS: Final = ("B", "KiB", "MiB", "GiB", "TiB", "PiB")
_MIB: Final = 2**20
# Three digits behind a comma are thousands to one reader and a fraction to another: neither, then.
_FIGURE: Final = r"\d{1,20}(?:\.\d{1,20}|,(?!\d{3}(?!\d))\d{1,20})?"
_TYPED: Final = re.compile(rf"\s*({_FIGURE})\s*([kmgtp]?)(?:i?b)?(?:/s)?\s*", re.IGNORECASE)
_LETTERS: Final = {"k": 1, "m": 2, "g": 3, "t": 4, "p": 5}
_COUNT: Final = re.compile(r"\s*(-?\d{1,20})\s*")


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


def size_words(size_bytes: int) -> str:
    """Return a size exactly, in the largest unit that it is a whole number of: "1536 MiB"."""
    scale = 0
    while scale < len(_UNITS) - 1 and size_bytes and size_bytes % 1024 ** (scale + 1) == 0:
        scale += 1
    return f"{size_bytes // 1024**scale} {_UNITS[scale]}"


def read_size(text: str) -> int | None:
    """Return the bytes that are meant: "2 GiB", "1.5g", "512" (MiB); None if it is no size.

    "1,024 MiB" is none: it could be one and a bit, or a thousand.
    """
    found = _TYPED.fullmatch(text)
    if not found:
        return None
    figure, letter = found[1].replace(",", "."), found[2].lower()
    is_bytes = not letter and text.strip().lower().removesuffix("/s").endswith("b")
    unit = 1 if is_bytes else 1024 ** _LETTERS.get(letter, 2)
    return round(float(figure) * unit) if "." in figure else int(figure) * unit


def _size_step(size_bytes: int) -> int:
    """Return an eighth or so of a size, as a power of two and a MiB at least."""
    return max(_MIB, 1 << max(size_bytes.bit_length() - 3, 0))


def size_measure(unset: str, per: str = "") -> Measure:
    """Return how sizes are told, or with `per` ("/s") rates."""
    return Measure(lambda value: size_words(value) + per, read_size, _size_step, unset)


def count_measure(unset: str, unit: str = "") -> Measure:
    """Return how plain numbers are told, with a unit behind them; without it they are read too."""

    def words(value: int) -> str:
        return f"{value} {unit}" if unit else str(value)

    def read(text: str) -> int | None:
        # Folded, since a keyboard's micro and a Greek mu are two characters.
        found = _COUNT.fullmatch(text.strip().casefold().removesuffix(unit.casefold()))
        return int(found[1]) if found else None

    return Measure(words, read, lambda _value: 1, unset)
