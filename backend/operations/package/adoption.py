"""What becomes of a machine that was made for another program: the one of ours most like it."""

from dataclasses import replace
from pathlib import Path

from backend import defaults
from backend.host.managed import ManagedHost
from backend.model import Disk, Nic
from backend.operations import new_storage, planning, volumes
from backend.operations.images import ImageFacts
from backend.operations.package import arrival
from backend.operations.package.arrival import ImportPlan, ImportSpec
from backend.operations.package.foreign import ForeignPackage
from backend.operations.volumes import PlannedVolume
from backend.specs import MachineSpec, SourceKind
from backend.xmldesc import moved, newdomain
from backend.xmldesc.ovf import Envelope

_FORMATS = {".vmdk": "vmdk", ".vhd": "vpc", ".vhdx": "vhdx", ".vdi": "vdi", ".qcow2": "qcow2"}


async def plan(
    host: ManagedHost, spec: ImportSpec, package: ForeignPackage, folder: Path
) -> ImportPlan:
    """Return what becomes of the package, whose disks are in `folder` when they are needed.

    Raises as `arrival.require`, PoolMissing, UefiMissing, SecureBootMissing.
    """
    await arrival.require(host, spec, package.contents)
    told = package.envelope
    pool = new_storage.choose_pool(host, spec.pool)
    domain = (await planning.plan(host, _spec(spec.name, told))).domain
    disks: list[Disk] = []
    made: list[PlannedVolume] = []
    names: set[str] = set()
    for disk in told.disks:
        name = await volumes.free_name(host, pool, spec.name, "qcow2", names)
        path = folder / disk.file
        kind = _FORMATS.get(path.suffix.lower(), "raw")
        image = ImageFacts(path, kind, disk.capacity_bytes) if disk.file else None
        made.append(PlannedVolume(name, "qcow2", disk.capacity_bytes, image))
        target = defaults.free_target(disk.bus, frozenset(one.target for one in disks))
        disks.append(Disk(target, disk.bus, source=str(Path(pool.path) / name), format="qcow2"))
    nics = tuple(
        Nic(planning.new_mac(), defaults.USER_NETWORK, model=one.model) for one in told.adapters
    )
    domain = replace(domain, disks=tuple(disks), nics=nics)
    return ImportPlan(
        uuid=domain.uuid,
        name=spec.name,
        pool=pool,
        volumes=tuple(made),
        description=moved.with_networks(newdomain.dump(domain), spec.networks),
        archive=package.contents.path if package.members is not None else None,
        folder=folder if package.members is not None else None,
    )


def _spec(name: str, told: Envelope) -> MachineSpec:
    """Return the machine without its disks and adapters, which a spec has no words for."""
    return MachineSpec(
        name=name,
        source=SourceKind.NOTHING,
        memory_bytes=told.memory_bytes or None,
        vcpus=told.vcpus or None,
        disk_bytes=0,
        network="",
        notes=told.notes,
        firmware=told.firmware,
        has_secure_boot=told.has_secure_boot,
    )
