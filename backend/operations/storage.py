"""Verbs on storage."""

from backend.errors import Gone
from backend.host.managed import ManagedHost
from backend.hypervisor import commands
from backend.model import Ref, StorageVolume
from backend.operations import placement
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
    if user := await placement.user_of(host, path):
        raise VolumeInUse(path=path, name=user)
    await host.tell(lambda connect: commands.delete_volume(connect, path))
    await host.read_storage_now()
    await host.inventory.until(ref, lambda record: record is None, deadline_s=EFFECT_DEADLINE_S)
