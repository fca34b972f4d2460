"""Where an axis of figures ends and what is told at it: steps that are round in its unit."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_MOST: Final = 5
"""An axis is told in so many steps at most."""
_LINES: Final = 1.6
"""Of text, that a figure and what is between it and the next take."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Round steps: `digits` times a power of `base`, from `least` on; no top is below `lowest`."""

    base: float
    digits: tuple[int, ...]
    least: float
    lowest: float

    def step(self, value: float) -> float:
        """Return the smallest step of which a few reach that far. ValueError: it is no figure."""
        if not math.isfinite(value):
            raise ValueError(value)  # no step would ever do
        return next(step for step in self._from(self.least) if value <= _MOST * step)

    def top(self, value: float) -> float:
        """Return the next whole number of steps; what is no figure wants no room."""
        wanted = max(value, self.lowest) if math.isfinite(value) else self.lowest
        step = self.step(wanted)
        return math.ceil(round(wanted / step, 6)) * step

    def figures(self, top: float, lines: float) -> Iterator[float]:
        """Yield what is told at an axis with this top, so that it stands in so many lines."""
        parts = next((n for n in self._parts(top) if lines > _LINES * n), 1)
        yield from (top * part / parts for part in range(parts + 1))

    def _parts(self, top: float) -> Iterator[int]:
        """Yield in how many equal steps a top can be told, most first."""
        for step in self._from(self.step(top)):
            parts = round(top / step)
            if parts < 1:
                return
            if math.isclose(parts * step, top):
                yield parts

    def _from(self, least: float) -> Iterator[float]:
        power = self.least
        while True:
            for digit in self.digits:
                if power * digit >= least * (1 - 1e-9):
                    yield power * digit
            power *= self.base


DECIMAL: Final = Ladder(10, (1, 2, 5), 0.01, 0.1)
BINARY: Final = Ladder(2, (1,), 0.25, 0.25)


def ladder_of(unit: str) -> Ladder:
    """Return the steps of a unit: memory is made in powers of two ("GiB", "MiB/s")."""
    return BINARY if "iB" in unit else DECIMAL
