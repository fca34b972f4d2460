"""Taking an import back: what it made, and only while nobody has taken it up."""

from dataclasses import dataclass

from backend.errors import ChangedSince
from backend.host.managed import ManagedHost
from backend.hypervisor import commands
from backend.model import DomainSnapshot, Ref
from backend.operations import domain

_DEADLINE_S = 60.0


@dataclass(frozen=True, slots=True)
class Brought:
    """A machine as an import left it: its definition by its mark, its volumes as they stood."""

    machine: Ref
    definition: str
    volumes: tuple[tuple[str, str], ...]


async def as_left(host: ManagedHost, machine: Ref, paths: tuple[str, ...]) -> Brought:
    """Return what an import that is done has made. Raises Gone."""
    return Brought(machine, domain.known(host, machine).definition, await _stand(host, paths))


async def take_back(host: ManagedHost, _ref: Ref, brought: Brought) -> None:
    """The machine that was brought in is gone, with its volumes and its firmware's memory.

    Raises Gone, and ChangedSince, which leaves all as it is, where it was changed or started since:
    it may hold by now what is nowhere else.
    """
    await host.read_now(brought.machine)
    machine = domain.known(host, brought.machine)
    paths = tuple(path for path, _ in brought.volumes)
    checkpoints = host.inventory.all(DomainSnapshot, brought.machine.host)
    is_taken_up = (
        machine.is_active
        or machine.has_saved_state
        or machine.definition != brought.definition
        or any(one.domain == brought.machine for one in checkpoints)
        or await _stand(host, paths) != brought.volumes
    )
    if is_taken_up:
        raise ChangedSince(name=machine.name)
    await domain.delete(host, brought.machine, paths)


async def _stand(host: ManagedHost, paths: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    def look(connect: object) -> tuple[tuple[str, str], ...]:
        return tuple((path, commands.volume_standing(connect, path)) for path in paths)

    return await host.tell(look, deadline_s=_DEADLINE_S)
