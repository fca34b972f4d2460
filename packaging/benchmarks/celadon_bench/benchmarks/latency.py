"""How long until it is seen: a click, a machine's details, a change that somebody else made.

A click is counted from when xdotool is started, some 8 ms before the button is down. Details are
what is there when a machine is opened by hand: of ours the facts of its page, by one click on its
row; of virt-manager the window that a double click opens, whatever page it begins with. It is the
first look since the start, and the pointer has stood on the row for half a second, in which ours
makes its page ready. Who shows nothing within a minute is given that minute.
"""

from collections.abc import Callable
from functools import partial
from typing import Final

from celadon_bench.beside.compared import rows
from celadon_bench.beside.visits import Part, Told, want
from celadon_bench.rows import Row, percentile

want(Part.ANSWERS)
REAL: Final = "10 real guests"
DETAILS: Final = 0.1
CHANGES: Final = 1.0


def measure() -> tuple[Row, ...]:
    """Return what was measured beside virt-manager."""
    everywhere = dict.fromkeys(("1 machine", "100 machines", "1,000 machines", REAL), DETAILS)
    return (
        *rows("change made outside to pixels, median", "ms", _of(_changes, 0.5), {REAL: CHANGES}),
        *rows("change made outside to pixels, p95", "ms", _of(_changes, 0.95), {}),
        *rows("click to row marked, median", "ms", _of(_clicks, 0.5), {}),
        *rows("click to row marked, p95", "ms", _of(_clicks, 0.95), {}),
        *rows("click to details, median", "ms", _of(_details, 0.5), everywhere),
    )


def _of(times: Callable[[Told], list[float]], share: float) -> Callable[[Told], float | None]:
    return partial(_share_of, times, share)


def _share_of(times: Callable[[Told], list[float]], share: float, told: Told) -> float | None:
    seen = times(told)
    return percentile(seen, share) if seen else None


def _changes(told: Told) -> list[float]:
    return told.change_ms


def _clicks(told: Told) -> list[float]:
    return told.click_ms


def _details(told: Told) -> list[float]:
    return told.details_ms
