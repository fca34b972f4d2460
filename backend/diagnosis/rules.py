"""When a quantity is too much: signs, and what they say together. Each may be not known."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from backend.diagnosis.quantities import Quantity

Known = bool | None
"""True, false, or not known."""
Reader = Callable[[Quantity], float | None]


@dataclass(frozen=True, slots=True)
class Sign:
    """A quantity that is at least `bound`; from `much` on there is no doubt.

    `limit` is the limit that was set, where the bound is near one.
    """

    quantity: Quantity
    bound: float
    much: float = float("inf")
    limit: float | None = None

    def holds(self, read: Reader) -> Known:
        """Return whether it is so; None where the quantity is not known."""
        value = read(self.quantity)
        return None if value is None else value >= self.bound

    def signs(self) -> "Iterator[Sign]":
        """Yield the signs that it consists of."""
        yield self


@dataclass(frozen=True, slots=True)
class Every:
    """All of these at once."""

    rules: "tuple[Rule, ...]"

    def holds(self, read: Reader) -> Known:
        """Return whether all hold; one that does not settles it, whatever is not known."""
        held = [rule.holds(read) for rule in self.rules]
        return False if False in held else None if None in held else True

    def signs(self) -> Iterator[Sign]:
        """Yield the signs of all."""
        for rule in self.rules:
            yield from rule.signs()


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of these."""

    rules: "tuple[Rule, ...]"

    def holds(self, read: Reader) -> Known:
        """Return whether one holds; without one, what is not known might."""
        held = [rule.holds(read) for rule in self.rules]
        return True if True in held else None if None in held else False

    def signs(self) -> Iterator[Sign]:
        """Yield the signs of all."""
        for rule in self.rules:
            yield from rule.signs()


Rule = Sign | Every | Some
