"""What is said of a field where it is declared."""

import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from backend.errors import Problem
from backend.objections import HostLacks, ShapeUnfit
from backend.settings import Bounds, Choice, Field, Value, ValueKind
from backend.xmldesc import tree
from backend.xmldesc.settings.facts import Facts
from backend.xmldesc.settings.lens import Lens


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a setting is looked at: on a host, in a domain, at the domain itself or a device."""

    facts: Facts
    domain: tree.Element
    element: tree.Element


Limits = Callable[[Scene], Bounds]
Reason = Callable[[Scene], Problem | None]
Doubt = Callable[[Scene, Value], Problem | None]


def _no_bounds(_scene: Scene) -> Bounds:
    return Bounds()


def _no_reason(_scene: Scene) -> Problem | None:
    return None


def _no_doubt(_scene: Scene, _value: Value) -> Problem | None:
    return None


def _always(_element: tree.Element) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Declared:
    """A field: where it is, what it can be, and what one ought to know of it.

    Without a `lens` it is in no description: a verb of libvirt's reads and sets it. With
    `by_command` it is, and yet only a verb sets it. `applies` says which devices have it. `problem`
    says why it cannot be changed on this machine at all, `check` why it cannot be a value, and
    `doubt` why a value comes to nothing on this host as it is. `remark` is what one ought to know
    of it at any time. `runs_as` says whether what the definition says (first) is what runs: libvirt
    chooses at the start where something is left to it. `acts_at_once`: nothing of the running
    machine depends on it.
    """

    field: Field
    kind: ValueKind
    lens: Lens | None = None
    bounds: Limits = _no_bounds
    problem: Reason = _no_reason
    check: Doubt = _no_doubt
    doubt: Doubt = _no_doubt
    remark: Reason = _no_reason
    applies: Callable[[tree.Element], bool] = _always
    by_command: bool = False
    runs_as: Callable[[Value, Value], bool] = operator.eq
    acts_at_once: bool = False


def if_said(defined: Value, running: Value) -> bool:
    """Return whether it runs as defined, where what is unset is left to libvirt."""
    return defined is None or defined == running


def among(
    *values: Value, ability: str = "", can_be_unset: bool = True, is_open: bool = False
) -> Limits:
    """Return the bounds of what is one of a few words; `ability` is the host's list of them.

    What the host's list has beside them is offered too.
    """

    def limits(scene: Scene) -> Bounds:
        offered = scene.facts.offers.get(ability, frozenset())
        words = (*values, *sorted(offered.difference(str(value) for value in values)))
        return Bounds(
            choices=tuple(Choice(word, lack(scene.facts, ability, word)) for word in words),
            can_be_unset=can_be_unset,
            is_open=is_open,
        )

    return limits


def lack(facts: Facts, ability: str, word: Value) -> Problem | None:
    """Return why a host's hypervisor does not take a word for something; None: it does."""
    if ability and facts.lacks(ability, str(word)):
        return HostLacks(value=str(word)).problem
    return None


def choices(values: Iterable[Value]) -> tuple[Choice, ...]:
    """Return values as choices that nothing speaks against."""
    return tuple(Choice(value) for value in values)


def between(
    minimum: int | None, maximum: int | None = None, *, step: int = 1, can_be_unset: bool = True
) -> Limits:
    """Return bounds that are the same everywhere."""
    bounds = Bounds(minimum, maximum, step, can_be_unset=can_be_unset)
    return lambda _scene: bounds


def free(*, can_be_unset: bool = True) -> Limits:
    """Return the bounds of what is free."""
    bounds = Bounds(can_be_unset=can_be_unset)
    return lambda _scene: bounds


def always(problem: Problem) -> Reason:
    """Return what is to be said of a field wherever it stands."""
    return lambda _scene: problem


def shaped(pattern: re.Pattern[str], example: str) -> Doubt:
    """Return what checks that a text, or each of a list, has a shape."""

    def check(_scene: Scene, value: Value) -> Problem | None:
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, str) and not pattern.fullmatch(one):
                return ShapeUnfit(value=one, example=example).problem
        return None

    return check
