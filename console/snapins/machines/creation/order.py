"""What the wizard hands in: new machines, or copies of one that is there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from backend.model import Ref
from backend.operations import clone, machine
from backend.operations.clone import Copying
from backend.specs import MachineSpec, Then, Written
from console.sdk.context import Context, JobHandle


@dataclass(frozen=True, slots=True)
class Draft:
    """A machine as it would be defined: `files` are the volumes, by name, that are made for it."""

    name: str
    text: str
    files: tuple[str, ...]
    paths: tuple[str, ...]


class Order(Protocol):
    """Two are equal if they ask for the same."""

    async def drafts(self, context: Context) -> tuple[Draft, ...]:
        """Ask the host what would be defined. Raises BackendError."""

    def as_written(self, texts: Sequence[Written | None]) -> "Order":
        """Return it with descriptions that somebody wrote, one a machine (None: as it would be)."""

    def submit(self, context: Context, then: Then) -> JobHandle:
        """Hand it in."""


@dataclass(frozen=True, slots=True)
class NewMachines:
    """Machines that are like none that is there."""

    host: Ref
    specs: tuple[MachineSpec, ...]

    async def drafts(self, context: Context) -> tuple[Draft, ...]:
        """Ask the host what would be defined. Raises BackendError."""
        plans = await context.query(machine.plan_all, self.host, self.specs)
        return tuple(
            Draft(
                plan.domain.name,
                plan.description,
                tuple(volume.name for volume in plan.volumes),
                tuple(plan.path_of(volume) for volume in plan.volumes),
            )
            for plan in plans
        )

    def as_written(self, texts: Sequence[Written | None]) -> Order:
        """Return it with descriptions that somebody wrote."""
        pairs = zip(self.specs, texts, strict=True)
        return replace(self, specs=tuple(replace(spec, written=text) for spec, text in pairs))

    def submit(self, context: Context, then: Then) -> JobHandle:
        """Hand it in."""
        return context.submit(machine.create_all, self.host, self.specs, then)


@dataclass(frozen=True, slots=True)
class Copies:
    """Machines like the one that is `origin`."""

    origin: Ref
    names: tuple[str, ...]
    copying: Copying
    texts: tuple[Written | None, ...] = ()

    async def drafts(self, context: Context) -> tuple[Draft, ...]:
        """Ask the host what would be defined. Raises BackendError."""
        plans = await context.query(clone.plan, self.origin, self.names, self.copying)
        return tuple(
            Draft(
                plan.name,
                plan.description,
                tuple(copy.name for copy in plan.copies),
                tuple(copy.path for copy in plan.copies),
            )
            for plan in plans
        )

    def as_written(self, texts: Sequence[Written | None]) -> Order:
        """Return it with descriptions that somebody wrote."""
        return replace(self, texts=tuple(texts))

    def submit(self, context: Context, then: Then) -> JobHandle:
        """Hand it in."""
        return context.submit(clone.clone, self.origin, self.names, self.copying, self.texts, then)
