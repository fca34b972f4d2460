"""What is said of a field where it is declared."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from backend.errors import Problem
from backend.settings import Bounds, Choice, Field, Value, ValueKind
from backend.xmldesc import tree
from backend.xmldesc.settings.lens import Lens


@dataclass(frozen=True, slots=True)
class Facts:
    """What the host has to choose from. Sizes are bytes; empty or 0 where that is not known."""

    memory_bytes: int = 0
    processors: int = 0
    vcpus_maximum: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a setting is looked at: on a host, in a domain, at the domain itself or a device."""

    facts: Facts
    domain: tree.Element
    element: tree.Element


def _no_bounds(_scene: Scene) -> Bounds:
    return Bounds()


def _no_problem(_scene: Scene) -> Problem | None:
    return None


def _always(_element: tree.Element) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Declared:
    """A field: where it is, what it can be, and what one ought to know of it.

    Without a `lens` it is in no description: a verb of libvirt's reads and sets it. With
    `by_command` it is, and yet only a verb sets it. `applies` says which devices have it. `problem`
    says why it cannot be changed on this machine. `is_filled_in`: where it is unset, libvirt
    chooses at the start, which is no difference. `acts_at_once`: nothing of the running machine
    depends on it.
    """

    field: Field
    kind: ValueKind
    lens: Lens | None = None
    bounds: Callable[[Scene], Bounds] = _no_bounds
    problem: Callable[[Scene], Problem | None] = _no_problem
    remark: Callable[[Scene], Problem | None] = _no_problem
    applies: Callable[[tree.Element], bool] = _always
    by_command: bool = False
    is_filled_in: bool = False
    acts_at_once: bool = False


def among(*values: Value, can_be_unset: bool = False) -> Callable[[Scene], Bounds]:
    """Return the bounds of what is one of a few words everywhere."""
    bounds = Bounds(choices=choices(values), can_be_unset=can_be_unset)
    return lambda _scene: bounds


def choices(values: Iterable[Value]) -> tuple[Choice, ...]:
    """Return values as choices that nothing speaks against."""
    return tuple(Choice(value) for value in values)


def between(
    minimum: int | None, maximum: int | None = None, *, step: int = 1, can_be_unset: bool = False
) -> Callable[[Scene], Bounds]:
    """Return bounds that are the same everywhere."""
    bounds = Bounds(minimum, maximum, step, can_be_unset=can_be_unset)
    return lambda _scene: bounds


def free(*, can_be_unset: bool = True) -> Callable[[Scene], Bounds]:
    """Return the bounds of what is free."""
    bounds = Bounds(can_be_unset=can_be_unset)
    return lambda _scene: bounds
