"""A machine's charts, as they tell of themselves to whoever cannot see them."""

import math
import re

from celadon_tour import sight
from celadon_tour.person import Person

IDLE_PER_CENT = 50.0
RISE_PER_CENT = 30.0
"""Of what a guest's processors want: what they use, and what they wait for.

On a computer that has more to do, a guest that computes gets less than a processor.
"""
_NUMBER = re.compile(r"(?:^| )(\w+) ([\d.,]*\d)")


class ShownCharts:
    """The charts in sight: what each says is of now, or of where the cross-hair stands."""

    def __init__(self, person: Person) -> None:
        self._person = person

    def tells(self, title: str) -> str:
        """Return what a chart says of itself; "" if it has nothing to tell."""
        for widget in sight.visible():
            if any(words.startswith(f"{title}, ") for words in sight.words(widget)):
                return widget.accessibleDescription()
        return ""

    def at_least(self, title: str, least: float, curve: str) -> float | None:
        """Return the value of a curve if it is so large."""
        value = self._value(title, curve)
        return value if value is not None and value >= least else None

    def rest(self) -> float:
        """Return how much of its processors the guest wants, once that is not much."""
        return self._person.see("a quiet processor", lambda: self.wants(most=IDLE_PER_CENT))

    def rise(self, idle: float) -> float:
        """Return how much of its processors the guest wants, once that is much more than before."""
        return self._person.see("a busy processor", lambda: self.wants(least=idle + RISE_PER_CENT))

    def wants(self, *, least: float = 0.0, most: float = math.inf) -> float | None:
        """Return how much of its processors the guest wants if it is so; never quite nothing."""
        used, delay = (self._value("CPU", curve) for curve in ("used", "delay"))
        if used is None or not least <= used + (delay or 0.0) <= most:
            return None
        return max(used + (delay or 0.0), 0.01)

    def _value(self, title: str, curve: str) -> float | None:
        told = dict(_NUMBER.findall(self.tells(title).removeprefix(title)))
        return float(told[curve].replace(",", ".")) if curve in told else None
