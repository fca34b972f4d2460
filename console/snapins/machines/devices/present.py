"""Which of the usual devices a machine has. No widgets."""

from backend.model import Disk, Domain, Nic


def adapters(domain: Domain) -> tuple[Nic, ...]:
    """Return the network adapters of a machine."""
    return domain.configuration.nics if domain.configuration else ()


def drives(domain: Domain, *kinds: str) -> tuple[Disk, ...]:
    """Return the drives of a machine that are of these kinds."""
    disks = domain.configuration.disks if domain.configuration else ()
    return tuple(disk for disk in disks if disk.device in kinds)
