"""How things are put in order: numbers inside words by their value, nothing by its case."""

import re

from console.sdk.views import SortKey

Natural = tuple[tuple[int, int, str], ...]
Sortable = tuple[object, ...]
_PARTS = re.compile(r"(\d+)")


def natural(text: str) -> Natural:
    """Return the key of a text: "web-2" before "web-10"."""
    return tuple(
        (0, int(part), "") if part.isdigit() and part.isascii() else (1, 0, part)
        for part in _PARTS.split(text.casefold())
        if part
    )


def sortable(key: SortKey) -> Sortable:
    """Return a key that can be compared with any other: numbers first, then words."""
    if isinstance(key, tuple):
        return tuple(sortable(part) for part in key)
    if isinstance(key, str):
        return (1, 0.0, natural(key))
    return (0, float(key), ())
