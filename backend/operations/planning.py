"""Everything about a machine that is to be made, decided before anything is made."""

import secrets
import time
import uuid
from dataclasses import dataclass

from backend import defaults
from backend.errors import NetworkMissing, NotSupported
from backend.host.managed import ManagedHost
from backend.model import Network, StoragePool
from backend.operations import means, new_storage, placement, samples, systems
from backend.operations.dbus import can_be_given
from backend.operations.volumes import PlannedVolume
from backend.specs import MachineSpec, NewDomain, SourceKind

_FAVOURITE_NETWORKS = ("nat", "default")


@dataclass(frozen=True, slots=True)
class MachinePlan:
    """A machine that is to be made: its volumes in a pool (None: it has none), then itself."""

    pool: StoragePool | None
    volumes: tuple[PlannedVolume, ...]
    domain: NewDomain


async def plan(host: ManagedHost, spec: MachineSpec, taken: set[str] | None = None) -> MachinePlan:
    """Decide everything. `taken` are names of volumes that were planned before.

    Raises an image's errors, PoolMissing, NetworkMissing, NotSupported, UefiMissing,
    SecureBootMissing.
    """
    sample = samples.load() if spec.source is SourceKind.SAMPLE_GUEST else None
    if sample and not host.spec.is_embedded:
        raise NotSupported  # its files lie on this computer only
    network = _choose_network(host, spec.network)
    await means.require_firmware(host, spec)
    system = await systems.find(host, spec.system)
    mac = new_mac()
    storage = await new_storage.plan(host, spec, system, mac, set() if taken is None else taken)
    choices = defaults.Choices(
        uuid=str(uuid.uuid4()),
        mac=mac,
        accelerator=await host.known_accelerator(),
        processors=host.record.processors,
        host_memory_bytes=host.record.memory_bytes,
        created_at=time.time(),
        disks=storage.disks,
        network=network,
        sample_guest=sample,
        has_dbus_display=placement.is_on_this_computer(host) and await can_be_given(host),
        system=system,
        direct_boot=storage.direct_boot,
        made_files=storage.made_files,
    )
    return MachinePlan(storage.pool, storage.volumes, defaults.complete(spec, choices))


def new_mac() -> str:
    """Return an address that no adapter has: QEMU's and libvirt's prefix, and chance."""
    return "52:54:00:" + ":".join(f"{byte:02x}" for byte in secrets.token_bytes(3))


def _choose_network(host: ManagedHost, wanted: str | None) -> str:
    if wanted in ("", defaults.USER_NETWORK):
        return wanted
    active = [n.name for n in host.inventory.all(Network, host.spec.id) if n.is_active]
    if wanted is None:
        favourites = [name for name in _FAVOURITE_NETWORKS if name in active]
        return (favourites or [defaults.USER_NETWORK])[0]
    if wanted not in active:
        raise NetworkMissing(name=wanted)
    return wanted
