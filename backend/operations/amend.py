"""What property sheets of switches and storage locations hand in."""

from collections.abc import Callable
from typing import TypeVar

from backend import jobs
from backend.errors import Gone
from backend.host.managed import ManagedHost
from backend.hypervisor import commands
from backend.model import Network, Record, Ref, StoragePool
from backend.operations.domain import EFFECT_DEADLINE_S, Autostart

R = TypeVar("R", bound=Record)


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
