"""What is put into words: a verb, the thing that it is done to, and its arguments."""

import inspect
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeVar

from backend.model import (
    Alerts,
    Domain,
    DomainSnapshot,
    Guest,
    Host,
    Kind,
    Network,
    Record,
    Ref,
    StoragePool,
    StorageVolume,
)

R = TypeVar("R", bound=Record)
Operation = Callable[..., Awaitable[object]]
RECORDS: Final[dict[Kind, type[Record]]] = {
    Kind.HOST: Host,
    Kind.DOMAIN: Domain,
    Kind.GUEST: Guest,
    Kind.NETWORK: Network,
    Kind.STORAGE_POOL: StoragePool,
    Kind.STORAGE_VOLUME: StorageVolume,
    Kind.SNAPSHOT: DomainSnapshot,
    Kind.ALERTS: Alerts,
}
_MADE = "made:"


class Known(Protocol):
    """What is known at this moment."""

    def record(self, ref: Ref, kind: type[R]) -> R | None:
        """Return the record of `ref` if it is of that class."""

    def records(self, kind: type[R], host: str | None = None) -> Iterator[R]:
        """Yield the records of a class, of one host or of all."""


@dataclass(frozen=True, slots=True)
class Request:
    """A verb as it is handed in. `plan` is what its spelling had asked of the host before."""

    operation: Operation
    ref: Ref
    arguments: tuple[object, ...] = ()
    options: tuple[tuple[str, object], ...] = ()
    plan: Any = None

    @property
    def verb(self) -> str:
        """What a job of it is called: "domain.start"."""
        return f"{self.operation.__module__.rpartition('.')[2]}.{self.operation.__name__}"

    def argument(self, name: str) -> Any:
        """Return the argument that the verb calls so, its own default if none was given."""
        bound = inspect.signature(self.operation).bind(
            None, self.ref, *self.arguments, **dict(self.options)
        )
        bound.apply_defaults()
        return bound.arguments[name]


def made_by(number: int, host: str) -> Ref:
    """Return the reference to a machine that the request of that number, from 0, makes."""
    return Ref(host, Kind.DOMAIN, f"{_MADE}{number}")


def maker_of(ref: Ref) -> int | None:
    """Return the number of the request that makes what `ref` names; None: it is there already."""
    return int(ref.key.removeprefix(_MADE)) if ref.key.startswith(_MADE) else None
