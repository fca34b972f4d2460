"""Changing several things of one object at once: what a property sheet hands in, as one job."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from backend import jobs
from backend.errors import Gone, WrongState
from backend.host.managed import ManagedHost
from backend.hypervisor import commands
from backend.model import Network, Record, Ref, StoragePool
from backend.operations import domain
from backend.operations.domain import EFFECT_DEADLINE_S, Autostart, known

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class MachineChanges:
    """What is to be different about a machine. None stays as it is."""

    name: str | None = None
    notes: str | None = None
    is_autostart: bool | None = None


async def machine(host: ManagedHost, ref: Ref, changes: MachineChanges) -> None:
    """The machine is as the changes say. What cannot be is refused before anything is changed."""
    before = known(host, ref)
    if changes.name is not None:
        if before.is_active:
            raise WrongState(name=before.name, state=before.state.value)
        await domain.check_name(host, changes.name)
    if changes.notes is not None:
        await domain.set_notes(host, ref, changes.notes)
    if changes.is_autostart is not None:
        await domain.set_autostart(host, ref, Autostart(int(changes.is_autostart)))
    if changes.name is not None:
        await domain.rename(host, ref, changes.name)
    after = known(host, ref)
    changed = [name for name in MachineChanges.__slots__ if getattr(changes, name) is not None]
    back = MachineChanges(**{name: getattr(before, name) for name in changed})
    left = {name: getattr(after, name) for name in changed}
    jobs.can_be_undone(machine, back, **left)


async def network_autostart(host: ManagedHost, ref: Ref, setting: Autostart) -> None:
    """The virtual switch starts with its host, or does not."""
    before = _known(host, ref, Network)
    await host.tell(lambda c: commands.set_network_autostart(c, ref.key, setting.value))
    await _until_autostart(host, ref, setting)
    jobs.can_be_undone(
        network_autostart, Autostart(int(before.is_autostart)), is_autostart=bool(setting.value)
    )


async def pool_autostart(host: ManagedHost, ref: Ref, setting: Autostart) -> None:
    """The storage location starts with its host, or does not."""
    before = _known(host, ref, StoragePool)
    await host.tell(lambda c: commands.set_pool_autostart(c, ref.key, setting.value))
    await _until_autostart(host, ref, setting)
    jobs.can_be_undone(
        pool_autostart, Autostart(int(before.is_autostart)), is_autostart=bool(setting.value)
    )


def _known(host: ManagedHost, ref: Ref, kind: type[R]) -> R:
    record = host.inventory.find(ref, kind)
    if record is None:
        raise Gone
    return record


async def _until_autostart(host: ManagedHost, ref: Ref, setting: Autostart) -> None:
    # libvirt has no event for it.
    host.refresh(ref)
    wanted = bool(setting.value)
    holds: Callable[[Record | None], bool] = lambda r: getattr(r, "is_autostart", None) is wanted  # noqa: E731
    await host.inventory.until(ref, holds, deadline_s=EFFECT_DEADLINE_S)
