"""Bounds and lengths of time as people write them: "90 %", "20 GiB", "100 ms", "10 min". Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.measures import Measure, Unit
from backend.thresholds import DURATION_LEAST_S, DURATION_MOST_S, WHOLES
from console.sdk import alert_words, wording

# Three digits behind a comma are thousands to one reader and a fraction to another: neither, then.
_TYPED: Final = re.compile(r"(\d{1,15}(?:\.\d{1,9}|,(?!\d{3}(?!\d))\d{1,9})?)\s*([^\d\s.,].*)?")
_SIZES: Final = {"": 1.0, "k": 1024.0, "m": 1024.0**2, "g": 1024.0**3, "t": 1024.0**4}
_SIZE: Final = re.compile(r"([kmgt]?)(i?b)?(/s)?", re.IGNORECASE)
_TIMES: Final[Mapping[str, float]] = {
    "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "sec": 1.0, "min": 60.0, "h": 3600.0,
    "d": 86_400.0,
}  # fmt: skip
_EXAMPLES: Final[Mapping[Unit, str]] = {
    Unit.SHARE: "90 %",
    Unit.BYTES: "20 GiB",
    Unit.BYTES_PER_S: "50 MiB/s",
    Unit.PER_S: "100/s",
    Unit.SECONDS: "100 ms",
    Unit.COUNT: "4",
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("alerts", text)


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound in its unit, or why what was typed is none."""

    value: float = 0.0
    unit: Unit = Unit.COUNT
    reason: str = ""


def example(measure: Measure) -> str:
    """Return how a bound of this measure is written."""
    return _EXAMPLES[alert_words.units(measure)[0]]


def read_bound(text: str, measure: Measure) -> Bound:
    """Return the bound that is meant for this measure."""
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        return Bound(reason=_tr("Write a number, such as {example}.").format(example=_all(measure)))
    number, unit = float(found[1].replace(",", ".")), (found[2] or "").strip()
    for one in alert_words.units(measure):
        factor = _factor(unit, one, is_only=len(alert_words.units(measure)) == 1)
        if factor is not None:
            return _checked(round(number * factor, 12), one)
    if not unit:
        reason = _tr("Say in what: {example}.").format(example=_all(measure))
    else:
        reason = _tr("“{unit}” is no unit of this. Write {example}.")
        reason = reason.format(unit=unit, example=_all(measure))
    return Bound(reason=reason)


def read_duration(text: str) -> tuple[float, str]:
    """Return the seconds that are meant, or why they are none."""
    found = _TYPED.fullmatch(text.strip())
    factor = _TIMES.get((found[2] or "").strip().casefold()) if found else None
    if found is None or factor is None:
        return 0.0, _tr("Write a length of time, such as 90 s, 10 min or 2 h.")
    seconds = float(found[1].replace(",", ".")) * factor
    if seconds < DURATION_LEAST_S:
        return 0.0, _tr("A second at the least: figures are not read more often.")
    if seconds > DURATION_MOST_S:
        most = wording.duration(DURATION_MOST_S)
        return 0.0, _tr("At the most {most}.").format(most=most)
    return seconds, ""


def bound_text(value: float, unit: Unit) -> str:
    """Return a bound as it stands in the field: exact, so that it is read as the same."""
    if unit is Unit.SHARE:
        return f"{_plain(value * 100)} %"
    if unit in (Unit.BYTES, Unit.BYTES_PER_S):
        per = "/s" if unit is Unit.BYTES_PER_S else ""
        names = ("B", "KiB", "MiB", "GiB", "TiB")
        scale = 0
        while scale < len(names) - 1 and value >= 1024 ** (scale + 1):
            scale += 1
        exact = next((n for n in range(scale, 0, -1) if _is_short(value / 1024**n)), 0)
        return f"{_plain(value / 1024**exact)} {names[exact]}{per}"
    if unit is Unit.SECONDS:
        return f"{_plain(value * 1000)} ms" if value < 1 else f"{_plain(value)} s"
    return f"{_plain(value)}/s" if unit is Unit.PER_S else _plain(value)


def duration_text(seconds: float) -> str:
    """Return a length of time as it stands in the field."""
    for name, factor in (("d", 86_400.0), ("h", 3600.0), ("min", 60.0)):
        if seconds >= factor and seconds % factor == 0:
            return f"{_plain(seconds / factor)} {name}"
    return f"{_plain(seconds)} s"


def _checked(value: float, unit: Unit) -> Bound:
    if unit is Unit.SHARE and value > 1.0:
        return Bound(reason=_tr("More than 100 % is never reached."))
    return Bound(value, unit)


def _factor(typed: str, unit: Unit, *, is_only: bool) -> float | None:
    """Return what makes of a number with this unit behind it one in ours; None: it is another."""
    if unit is Unit.SHARE:
        return 0.01 if typed == "%" or (not typed and is_only) else None
    if unit in (Unit.BYTES, Unit.BYTES_PER_S):
        found = _SIZE.fullmatch(typed) if typed else None
        if found is None or (found[3] and unit is Unit.BYTES):
            return None
        return _SIZES[found[1].casefold()]
    if unit is Unit.SECONDS:
        return _TIMES.get(typed.casefold() or "ms")
    is_plain = not typed or (unit is Unit.PER_S and typed.replace(" ", "") == "/s")
    return 1.0 if is_plain else None


def _all(measure: Measure) -> str:
    words = [_EXAMPLES[unit] for unit in alert_words.units(measure)]
    return words[0] if measure not in WHOLES else _tr("{one} or {other}").format(
        one=words[0], other=words[1]
    )  # fmt: skip


def _plain(value: float) -> str:
    return f"{round(value, 9):.9f}".rstrip("0").rstrip(".")


def _is_short(value: float) -> bool:
    return round(value, 2) == round(value, 9)
