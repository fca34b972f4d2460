"""Figures as they are typed: "80", "4GiB", "1.5 MiB/s", "3d", "1d12h", "04:12"."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from console.sdk.views import Quantity


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in the base unit of its quantity. `step` is what its last digit is worth."""

    value: float
    step: float
    unit: str = ""


class Lack(Enum):
    """Why a text is no figure."""

    FIGURE = "figure"
    UNIT = "unit"


_BYTES: Final = {
    "b": 1.0,
    **{
        letter + rest: base**power
        for power, letter in enumerate("kmgtp", 1)
        for rest, base in (("", 1024.0), ("ib", 1024.0), ("b", 1000.0))
    },
}
_SECONDS: Final = {
    "s": 1.0, "sec": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0
}  # fmt: skip
UNITS: Final = {
    Quantity.COUNT: {"": 1.0},
    Quantity.SHARE: {"": 0.01, "%": 0.01},
    Quantity.SIZE: _BYTES,
    Quantity.RATE: _BYTES | {f"{unit}/s": size for unit, size in _BYTES.items()},
    Quantity.DURATION: _SECONDS,
}
EXAMPLES: Final = {
    Quantity.COUNT: "4",
    Quantity.SHARE: "80",
    Quantity.SIZE: "4GiB",
    Quantity.RATE: "10MiB",
    Quantity.DURATION: "3d",
}
_NUMBER: Final = r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,9})?"
_ONE: Final = re.compile(rf"({_NUMBER})\s*([a-z%/]*)", re.I)
_CLOCK: Final = re.compile(r"([0-9]{1,4}):([0-5][0-9])")
_PARTS: Final = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*([a-z]+)\s*", re.I)


def figure(text: str, quantity: Quantity, unit: str = "") -> Figure | Lack:
    """Return what a text says of a quantity; `unit` is meant where none is typed."""
    words = text.strip()
    if quantity is Quantity.DURATION and (lasting := _lasting(words)):
        return lasting
    found = _ONE.fullmatch(words)
    if found is None:
        return Lack.FIGURE
    number, typed = found[1], found[2] or unit
    worth = UNITS[quantity].get(typed.casefold())
    if worth is None:
        return Lack.UNIT
    digits = len(number.partition(".")[2])
    return Figure(float(number) * worth, worth / 10**digits, typed)


def _lasting(words: str) -> Figure | None:
    """Return "04:12" (hours) and "1d12h" as a length of time."""
    if clock := _CLOCK.fullmatch(words):
        return Figure(int(clock[1]) * 3600.0 + int(clock[2]) * 60.0, 60.0)
    parts = [(float(number), unit.casefold()) for number, unit in _PARTS.findall(words)]
    is_whole = len(parts) > 1 and _PARTS.sub("", words) == ""
    if not is_whole or any(unit not in _SECONDS for _, unit in parts):
        return None
    worths = [_SECONDS[unit] for _, unit in parts]
    return Figure(sum(number * _SECONDS[unit] for number, unit in parts), min(worths), "s")
