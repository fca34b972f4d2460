"""What is measured, and what was: rows, as a table for people and as JSON for programs."""

import json
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, of which less is better unless it says `more_is_better`.

    `peer` and `goal` are None where there is none.
    """

    name: str
    unit: str
    ours: float
    peer: float | None = None
    peer_name: str = ""
    goal: float | None = None
    more_is_better: bool = False

    @property
    def ratio(self) -> float | None:
        """Ours to the peer's, or the peer's to ours where more is better: below 1 ours is."""
        above, below = (self.peer, self.ours) if self.more_is_better else (self.ours, self.peer)
        return above / below if above is not None and below else None

    @property
    def is_missed(self) -> bool:
        """Whether there is a goal, and it was not reached."""
        if self.goal is None:
            return False
        return self.ours < self.goal if self.more_is_better else self.ours > self.goal


def say(line: str) -> None:
    """Tell what is going on."""
    sys.stderr.write(f"{line}\n")


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below or at which this share of the values lies."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def dump(rows: Sequence[Row]) -> str:
    """Return the rows as JSON."""
    told = [
        {
            "name": row.name,
            "unit": row.unit,
            "ours": round(row.ours, 3),
            "peer": None if row.peer is None else round(row.peer, 3),
            "peer_name": row.peer_name or None,
            "ratio": None if row.ratio is None else round(row.ratio, 3),
            "goal": row.goal,
        }
        for row in rows
    ]
    return json.dumps(told, indent=1) + "\n"


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a table of text."""
    head = ("what", "ours", "goal", "peer", "ratio", "")
    lines = [head, *(_line(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            word.ljust(width) if column in (0, 5) else word.rjust(width)
            for column, (word, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _line(row: Row) -> tuple[str, str, str, str, str, str]:
    def figure(value: float | None) -> str:
        return "-" if value is None else f"{value:.4g} {row.unit}"

    peer = f"{figure(row.peer)} ({row.peer_name})" if row.peer is not None else "-"
    ratio = "-" if row.ratio is None else f"{row.ratio:.2f}"
    mark = "MISSED" if row.is_missed else ""
    return (row.name, figure(row.ours), figure(row.goal), peer, ratio, mark)
