"""How things are put in order: numbers inside words by their value, nothing by its case."""

import re
from functools import lru_cache
from typing import Final

from console.sdk.views import Value

Natural = tuple[tuple[int, int, str], ...]
Sortable = tuple[int, float, Natural]
_PARTS = re.compile(r"(\d+)")
_REMEMBERED: Final = 1 << 15
_NOTHING: Sortable = (0, 0.0, ())


@lru_cache(_REMEMBERED)  # the same names stand in the tree, in lists and in what they are sorted by
def natural(text: str) -> Natural:
    """Return the key of a text: "web-2" before "web-10"."""
    return tuple(
        (0, int(part), "") if part.isdigit() and part.isascii() else (1, 0, part)
        for part in _PARTS.split(text.casefold())
        if part
    )


def sortable(value: Value) -> Sortable:
    """Return a key that can be compared with any other: nothing first, then numbers, then words."""
    if value is None:
        return _NOTHING
    if isinstance(value, tuple):
        return (2, 0.0, natural(", ".join(value)))
    if isinstance(value, str):
        return (2, 0.0, natural(value))
    return (1, float(value), ())
