"""What uses what: machines, virtual switches, disks and the images that these are based on.

Pure over records, so that a verb asks it of the inventory and a client of its own copy.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from backend.model import Disk, Domain, DomainConfiguration, Network, Nic, StorageVolume

Volumes = Mapping[str, StorageVolume]
"""The volumes of a host by their paths."""


def by_path(volumes: Iterable[StorageVolume]) -> dict[str, StorageVolume]:
    """Return volumes by their paths."""
    return {volume.path: volume for volume in volumes}


def made_of(domain: Domain) -> Iterator[DomainConfiguration]:
    """Yield what a machine is made of: as it runs, and as it starts next."""
    for configuration in (domain.live, domain.next_start):
        if configuration is not None:
            yield configuration


def place_of(disk: Disk, volumes: Volumes) -> str:
    """Return the path of a disk's file; of a volume given by name, every pool is looked at."""
    if disk.source.startswith("/"):
        return disk.source
    return next((v.path for v in volumes.values() if v.name == disk.source), disk.source)


def disk_places(domain: Domain, volumes: Volumes) -> set[str]:
    """Return the files of a machine's drives, now and at its next start."""
    disks = (disk for configuration in made_of(domain) for disk in configuration.disks)
    return {place_of(disk, volumes) for disk in disks if disk.source}


def without_drive(domain: Domain, target: str) -> Domain:
    """Return a machine as if it had no drive of that target."""

    def rest(configuration: DomainConfiguration | None) -> DomainConfiguration | None:
        if configuration is None:
            return None
        disks = tuple(disk for disk in configuration.disks if disk.target.lower() != target)
        return replace(configuration, disks=disks)

    return replace(domain, live=rest(domain.live), next_start=rest(domain.next_start))


def based_on(path: str, volumes: Volumes) -> set[str]:
    """Return the paths of all volumes that need the one at `path`, however far up."""
    found: set[str] = set()
    fresh = {path}
    while fresh:
        fresh = {v.path for v in volumes.values() if v.backing in fresh} - found
        found |= fresh
    return found - {path}


def bases_of(path: str, volumes: Volumes) -> tuple[str, ...]:
    """Return what the volume at `path` is based on, the nearest first; it may lie in no pool."""
    found: list[str] = []
    while (volume := volumes.get(path)) and volume.backing and volume.backing not in found:
        path = volume.backing
        found.append(path)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Users:
    """Who uses a file: machines directly, machines by a disk based on it, volumes of no machine."""

    direct: tuple[Domain, ...] = ()
    by_base: tuple[Domain, ...] = ()
    unused: tuple[StorageVolume, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Their names, of all of them."""
        machines = (domain.name for domain in (*self.direct, *self.by_base))
        return (*machines, *(volume.name for volume in self.unused))


def users_of(path: str, domains: Iterable[Domain], volumes: Volumes) -> Users:
    """Return who uses the file at `path`, each in the order of the names."""
    dependent = based_on(path, volumes)
    direct, by_base, used = [], [], set[str]()
    for domain in sorted(domains, key=lambda domain: domain.name):
        places = disk_places(domain, volumes)
        used |= places
        if path in places:
            direct.append(domain)
        elif places & dependent:
            by_base.append(domain)
    unused = (volumes[one] for one in sorted(dependent - used))
    return Users(tuple(direct), tuple(by_base), tuple(unused))


def users_of_each(domains: Iterable[Domain], volumes: Volumes) -> dict[str, tuple[Domain, ...]]:
    """Return who uses each file that is used: directly first, then by a disk based on it."""
    direct: dict[str, list[Domain]] = {}
    by_base: dict[str, list[Domain]] = {}
    for domain in sorted(domains, key=lambda domain: domain.name):
        places = disk_places(domain, volumes)
        for place in places:
            direct.setdefault(place, []).append(domain)
        for base in {base for place in places for base in bases_of(place, volumes)} - places:
            by_base.setdefault(base, []).append(domain)
    return {
        path: (*direct.get(path, ()), *by_base.get(path, ())) for path in direct.keys() | by_base
    }


def adapters_on(network: Network, domain: Domain) -> tuple[Nic, ...]:
    """Return a machine's adapters that are plugged into a switch, now or at its next start."""
    nics = {
        nic.mac: nic
        for configuration in made_of(domain)
        for nic in configuration.nics
        if is_plugged(nic, network)
    }
    return tuple(nics.values())


def is_plugged(nic: Nic, network: Network) -> bool:
    """Whether an adapter is plugged into a switch: by its name, or by its bridge."""
    if nic.source_kind == "network":
        return nic.source == network.name
    return nic.source_kind == "bridge" and bool(network.bridge) and nic.source == network.bridge


def on_network(network: Network, domains: Iterable[Domain]) -> tuple[Domain, ...]:
    """Return the machines on a switch, in the order of their names."""
    found = (domain for domain in domains if adapters_on(network, domain))
    return tuple(sorted(found, key=lambda domain: domain.name))
