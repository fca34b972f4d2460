"""Lines of a terminal as they are painted, searched and copied: runs of text in one style."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from pyte.screens import Char


class Style(NamedTuple):
    """How a run looks; colours by pyte's names or as six hexadecimal digits."""

    fg: str = "default"
    bg: str = "default"
    bold: bool = False
    italics: bool = False
    underscore: bool = False
    strikethrough: bool = False
    reverse: bool = False
    blink: bool = False


class Run(NamedTuple):
    """Text from a column on, that takes so many columns."""

    column: int
    width: int
    text: str
    style: Style


Line = tuple[Run, ...]
PLAIN: Final = Style()
EMPTY: Final[Line] = ()
_STYLES: Final = 1024
"""Shared; a guest can make as many as there are colours."""


def line_of(cells: Mapping[int, Char], columns: int) -> Line:
    """Return a line of pyte's: what takes two columns, or has marks, stands in runs of its own.

    Thousands of lines are kept: what looks alike is one run, and runs share their styles.
    """
    runs: list[Run] = []
    text: list[str] = []
    start, style = 0, None
    blank = Char(" ")
    for column in range(min(columns, max(cells, default=-1) + 1)):
        cell = cells.get(column, blank)
        looks = cell[1:]
        is_wide = not cell.data.isascii() and cells.get(column + 1, blank).data == ""
        is_narrow = len(cell.data) == 1 and not is_wide
        if text and (looks != style or not is_narrow):
            runs.append(_run(start, text, style))
            text = []
        if is_narrow:
            if not text:
                start, style = column, looks
            text.append(cell.data)
        elif cell.data:
            runs.append(Run(column, 2 if is_wide else 1, cell.data, _style(looks)))
    if text:
        runs.append(_run(start, text, style))
    return _without_blanks(runs)


def text_of(line: Line, start: int = 0, end: int | None = None) -> str:
    """Return the text from column `start` up to `end`, without blanks at the end of the line."""
    parts: list[str] = []
    at = start
    for run in line:
        if end is not None and run.column >= end:
            break
        if run.column + run.width <= start:
            continue
        parts.append(" " * max(0, run.column - at))
        if run.width == len(run.text):
            parts.append(run.text[max(0, start - run.column) : _upto(run, end)])
        else:
            parts.append(run.text)
        at = run.column + run.width
    text = "".join(parts)
    return text.rstrip(" ") if end is None else text


def plain(text: str, style: Style = PLAIN) -> Line:
    """Return a line of ours, in one style."""
    return (Run(0, len(text), text, style),) if text else EMPTY


def _upto(run: Run, end: int | None) -> int | None:
    return None if end is None else max(0, end - run.column)


def _run(start: int, text: list[str], looks: "tuple[object, ...] | None") -> Run:
    return Run(start, len(text), "".join(text), _style(looks) if looks else PLAIN)


@lru_cache(maxsize=_STYLES)
def _style(looks: "tuple[object, ...]") -> Style:
    return Style(*looks)  # type: ignore[arg-type]


def _without_blanks(runs: list[Run]) -> Line:
    if runs and runs[-1].style == PLAIN:
        last = runs.pop()
        text = last.text.rstrip(" ")
        if text:
            is_one_each = last.width == len(last.text)
            runs.append(last._replace(text=text, width=len(text) if is_one_each else last.width))
    return tuple(runs)
