"""A list as text for others to read: comma or tab separated for people, JSON for programs.

Cells are what they say on the screen. JSON has the figures themselves (bytes, bytes a second,
seconds, shares of one) and beside each, under "<field>_text", what the screen says.
"""

import csv
import io
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from console.sdk.tabbed import harmless, tabbed
from console.sdk.views import Column, Quantity, Value

Exported = tuple[Value, str]
"""A cell: its value, and what it says."""


class Format(Enum):
    """How a list is written; the value is how such a file's name ends."""

    CSV = "csv"
    TSV = "tsv"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Table:
    """The columns and rows to be written, as they stand from left to right and top to bottom."""

    columns: tuple[Column[Any], ...]
    rows: tuple[tuple[Exported, ...], ...]


def written(table: Table, form: Format) -> str:
    """Return a table as the text of a file, with the titles of its columns."""
    if form is Format.JSON:
        told = [_object(table.columns, row) for row in table.rows]
        return json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    titles = [column.title for column in table.columns]
    lines = [titles, *([text for _, text in row] for row in table.rows)]
    return tabbed(lines) if form is Format.TSV else _separated(lines)


def copied(table: Table) -> str:
    """Return the rows without titles, for the clipboard: a spreadsheet puts them into cells."""
    return tabbed([[text for _, text in row] for row in table.rows])


def _separated(lines: Sequence[Sequence[str]]) -> str:
    # RFC 4180.
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows([harmless(t) for t in line] for line in lines)
    return file.getvalue()


def _object(columns: Sequence[Column[Any]], row: Sequence[Exported]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for column, (value, text) in zip(columns, row, strict=True):
        if column.quantity is Quantity.FLAG:
            told[column.id] = bool(value)
        elif column.quantity.is_number:
            told[column.id] = _number(value)
            told[f"{column.id}_text"] = text
        else:
            told[column.id] = list(value) if isinstance(value, tuple) else value
    return told


def _number(value: Value) -> float | None:
    """Return a figure as JSON can have it: whole ones without a point, none for what is none."""
    if not isinstance(value, float | int) or not math.isfinite(value):
        return None
    return int(value) if float(value).is_integer() else value
