"""What a field says of itself that can be changed while the machine runs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum

from backend.errors import Problem
from backend.host.managed import ManagedHost
from backend.model import Domain, Ref
from backend.settings import Setting, Value
from backend.xmldesc import tree
from backend.xmldesc.settings.facts import Facts


@dataclass(frozen=True, slots=True)
class Situation:
    """A machine that runs: its record, its description as it runs, and what its host has."""

    domain: Domain
    live: tree.Element
    facts: Facts


def _never(_situation: Situation, _setting: Setting, _value: Value) -> Problem | None:
    return None


class Tray(Enum):
    """Whether a guest is asked to let its disc go, or the disc is torn from it."""

    ASKED = "asked"
    FORCED = "forced"


Act = Callable[[ManagedHost, Ref, Setting, Value], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Way:
    """How a field is changed on a machine that runs.

    `act` makes the running machine have the value, and nothing else: the definition is patched
    already. It returns when that was seen, and raises a BackendError if it cannot be; then all is
    taken back, by `act` with the value before. `problem` says why the value cannot be had now (the
    edit waits for the next start then); it is pure, and is asked with the value that runs to learn
    whether there is any sense in a change at all. `force` does it against a guest's will.
    """

    act: Act
    problem: Callable[[Situation, Setting, Value], Problem | None] = _never
    force: Act | None = None
