"""A machine that is off, with an adapter, a disk and a DVD drive."""

from dataclasses import replace

from backend.model import Disk, Domain, DomainState, Nic
from tests.fakes.machines import domain

MAC = "52:54:00:00:00:0A"


def furnished(name: str, state: DomainState = DomainState.OFF) -> Domain:
    """Return it, in a state."""
    machine = domain(name, state)
    assert machine.next_start
    made_of = replace(
        machine.next_start,
        nics=(Nic(MAC, "network", "default", "virtio"),),
        disks=(
            Disk("vda", "virtio", source="/images/a.qcow2"),
            Disk("sda", "sata", "cdrom", "/images/a.iso", is_read_only=True),
        ),
    )
    live = made_of if machine.live else None
    return replace(machine, live=live, next_start=made_of)
