"""Verbs on storage."""

from backend.errors import Gone
from backend.host.managed import ManagedHost
from backend.hypervisor import commands
from backend.model import Domain, Ref, StorageVolume
from backend.operations import uses
from backend.operations.domain import EFFECT_DEADLINE_S
from backend.refusals import VolumeInUse


async def delete_volume(host: ManagedHost, ref: Ref) -> None:
    """The virtual hard disk is gone, for good.

    Raises VolumeInUse for one that a machine has, now or at its next start, or that another one is
    based on; Gone if somebody was quicker.
    """
    await host.read_storage_now()
    volume = host.inventory.find(ref, StorageVolume)
    if volume is None:
        raise Gone
    path = volume.path
    others = uses.by_path(host.inventory.all(StorageVolume, ref.host))
    users = uses.users_of(path, host.inventory.all(Domain, ref.host), others)
    if users.names:
        raise VolumeInUse(path=path, name=users.names[0])
    await host.tell(lambda connect: commands.delete_volume(connect, path))
    await host.read_storage_now()
    await host.inventory.until(ref, lambda record: record is None, deadline_s=EFFECT_DEADLINE_S)
