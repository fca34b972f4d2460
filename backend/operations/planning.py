"""Everything about a machine that is to be made, decided before anything is made."""

import secrets
import time
import uuid
from dataclasses import dataclass, replace
from pathlib import Path

from backend import defaults
from backend.errors import NetworkMissing, NotSupported
from backend.host.managed import ManagedHost
from backend.model import Network, StoragePool
from backend.operations import means, new_storage, placement, samples, systems
from backend.operations.dbus import can_be_given
from backend.operations.volumes import PlannedVolume
from backend.operations.writing import Adoption, adopt
from backend.specs import MachineSpec, NewDomain, SourceKind
from backend.xmldesc import newdomain, written

_FAVOURITE_NETWORKS = ("nat", "default")


@dataclass(frozen=True, slots=True)
class MachinePlan:
    """A machine that is to be made: its volumes in a pool (None: it has none), then itself.

    `text` is its description where somebody wrote that; the name and the UUID of `domain` are then
    those that stand in it.
    """

    pool: StoragePool | None
    volumes: tuple[PlannedVolume, ...]
    domain: NewDomain
    text: str = ""

    @property
    def description(self) -> str:
        """What is defined."""
        return self.text or newdomain.dump(self.domain)

    def path_of(self, volume: PlannedVolume) -> str:
        """Return where one of its volumes will lie."""
        return str(Path(self.pool.path if self.pool else "") / volume.name)


async def plan(host: ManagedHost, spec: MachineSpec, taken: set[str] | None = None) -> MachinePlan:
    """Decide everything. `taken` are names of volumes that were planned before.

    Raises an image's errors, PoolMissing, NetworkMissing, NotSupported, UefiMissing,
    SecureBootMissing; of what is written, what is wrong with it, UuidTaken and VolumeTaken.
    """
    sample = samples.load() if spec.source is SourceKind.SAMPLE_GUEST else None
    if sample and not host.spec.is_embedded:
        raise NotSupported  # its files lie on this computer only
    network = _choose_network(host, spec.network)
    await means.require_firmware(host, spec)
    system = await systems.find(host, spec.system)
    adopted = await adopt(host, spec.written) if spec.written else None
    mac = (adopted.mac if adopted else "") or new_mac()
    storage = await new_storage.plan(host, spec, system, mac, set() if taken is None else taken)
    choices = defaults.Choices(
        uuid=adopted.key if adopted else str(uuid.uuid4()),
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
    planned = MachinePlan(storage.pool, storage.volumes, defaults.complete(spec, choices))
    return _as_written(planned, adopted) if adopted else planned


def _as_written(planned: MachinePlan, adopted: Adoption) -> MachinePlan:
    adopted.require_files([volume.name for volume in planned.volumes])
    volumes = (one for one in planned.volumes if adopted.wants(planned.path_of(one)))
    domain = replace(planned.domain, name=adopted.name)
    return replace(planned, volumes=tuple(volumes), domain=domain, text=adopted.text)


def name_of(spec: MachineSpec) -> str:
    """Return what a machine will be called. Raises what is wrong with what is written as XML."""
    return written.outline(spec.written.text).name if spec.written else spec.name


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
