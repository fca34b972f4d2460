"""The fields that no description sets: a verb of libvirt's does."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from backend import defaults
from backend.errors import NameInvalid, NameTaken, Problem, WrongState
from backend.host.managed import ManagedHost
from backend.model import Domain, Ref
from backend.operations import domain
from backend.operations.domain import Autostart
from backend.settings import Field, Setting, Value


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the inventory shows of a machine, and of its host."""

    domain: Domain
    names_taken: frozenset[str] = frozenset()


def _always(_around: Surroundings, _setting: Setting, _value: Value) -> Problem | None:
    return None


@dataclass(frozen=True, slots=True)
class Commanded:
    """A field set by a verb: `read` from what is known; `problem` says why it cannot be `value`."""

    read: Callable[[Surroundings, Setting], Value]
    act: Callable[[ManagedHost, Ref, Setting, Value], Awaitable[None]]
    problem: Callable[[Surroundings, Setting, Value], Problem | None] = _always


async def _rename(host: ManagedHost, ref: Ref, _setting: Setting, value: Value) -> None:
    await domain.rename(host, ref, str(value))


async def _set_autostart(host: ManagedHost, ref: Ref, _setting: Setting, value: Value) -> None:
    await domain.set_autostart(host, ref, Autostart(int(bool(value))))


def _name_problem(around: Surroundings, _setting: Setting, value: Value) -> Problem | None:
    if around.domain.is_active:
        return WrongState(name=around.domain.name, state=around.domain.state.value).problem
    if not isinstance(value, str) or not defaults.is_name_fit(value):
        return NameInvalid(name=str(value)).problem
    return NameTaken(name=value).problem if value in around.names_taken else None


BY_COMMAND: Final[Mapping[Field, Commanded]] = {
    Field.NAME: Commanded(lambda around, _setting: around.domain.name, _rename, _name_problem),
    Field.AUTOSTART: Commanded(lambda around, _setting: around.domain.is_autostart, _set_autostart),
}
"""How each is read and set."""
