"""What a machine does when its host starts and stops: a note of ours in its description. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from backend.xmldesc import tree
from backend.xmldesc.settings.lens import NUMBER, ours

SAVE, SHUT_DOWN, TURN_OFF = "save", "shut_down", "turn_off"
USUAL_ACTION, USUAL_TIMEOUT_S = SAVE, 180
_LAST = 10_000

ORDER, DELAY = ours("start-order", NUMBER), ours("start-delay", NUMBER)
ACTION, TIMEOUT = ours("stop-action"), ours("stop-timeout", NUMBER)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Habit:
    """When a machine starts among others, and how it stops.

    `order` is its number, those without one come after all others; `delay_s` passes before it
    starts. `action` is SAVE, SHUT_DOWN or TURN_OFF; a guest has `timeout_s` to shut down.
    """

    order: int = _LAST
    delay_s: int = 0
    action: str = USUAL_ACTION
    timeout_s: int = USUAL_TIMEOUT_S


def parse(text: str) -> Habit:
    """Return what a description says; what it leaves open is as usual."""
    domain = tree.read(text)
    order, delay, timeout = (lens.read(domain) for lens in (ORDER, DELAY, TIMEOUT))
    action = ACTION.read(domain)
    return Habit(
        order if isinstance(order, int) else _LAST,
        max(delay, 0) if isinstance(delay, int) else 0,
        action if action in (SAVE, SHUT_DOWN, TURN_OFF) else USUAL_ACTION,
        max(timeout, 0) if isinstance(timeout, int) else USUAL_TIMEOUT_S,
    )


def in_order(machines: Iterable[tuple[T, str, Habit]]) -> list[tuple[T, Habit]]:
    """Return machines (thing, name, habit) as they start, one after the other."""
    found = sorted(machines, key=lambda one: (one[2].order, one[1].casefold()))
    return [(thing, habit) for thing, _name, habit in found]


def in_groups(machines: Iterable[tuple[T, str, Habit]]) -> list[list[tuple[T, Habit]]]:
    """Return machines as they stop: what started last first, those of one number at once."""
    ordered = in_order(machines)[::-1]
    return [list(group) for _order, group in groupby(ordered, key=lambda one: one[1].order)]
