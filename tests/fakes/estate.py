"""Machines, switches, disks and images that hang together, for pages that tell of that."""

from dataclasses import replace

from backend.model import (
    Disk,
    Domain,
    DomainSnapshot,
    DomainState,
    Guest,
    GuestAddress,
    Kind,
    Network,
    Nic,
    Record,
    Ref,
    StoragePool,
    StorageVolume,
)
from tests.fakes.machines import GIB, domain, host

POOL = StoragePool(
    Ref("here", Kind.STORAGE_POOL, "p"), "default", "dir", is_active=True, path="/images"
)
NAT = Network(Ref("here", Kind.NETWORK, "n"), "nat", "nat", is_active=True, bridge="virbr0")
MAC, MAC_2 = "52:54:00:00:00:01", "52:54:00:00:00:02"


def volume(name: str, backing: str = "", size_gib: int = 8) -> StorageVolume:
    path = f"/images/{name}"
    ref = Ref("here", Kind.STORAGE_VOLUME, path)
    based = f"/images/{backing}" if backing else ""
    return StorageVolume(ref, POOL.ref, name, path, "qcow2", size_gib * GIB, GIB, based)


BASE, WEB, CLONE, SPARE = (
    volume("debian.qcow2"),
    volume("web.qcow2", "debian.qcow2"),
    volume("clone.qcow2", "debian.qcow2"),
    volume("spare.qcow2", "debian.qcow2"),
)


def equipped(
    name: str,
    state: DomainState,
    disks: tuple[Disk, ...],
    nics: tuple[Nic, ...] = (),
    devices: tuple[str, ...] = (),
) -> Domain:
    plain = domain(name, state)
    assert plain.next_start
    parts = replace(plain.next_start, disks=disks, nics=nics, host_devices=devices)
    return replace(plain, live=parts if plain.live else None, next_start=parts)


WEB_01 = equipped(
    "web-01",
    DomainState.RUNNING,
    (
        Disk("vda", "virtio", source=WEB.path, format="qcow2"),
        Disk("sda", "sata", "cdrom"),
        Disk("sdb", "sata", "cdrom", source="/home/ada/setup.iso", is_read_only=True),
    ),
    (Nic(MAC, "network", "nat"), Nic(MAC_2, "user", is_link_up=False)),
    ("pci 0000:41:00.0",),
)
CLONE_01 = equipped(
    "clone-01", DomainState.OFF, (Disk("vda", "virtio", source=CLONE.path),),
    (Nic("52:54:00:00:00:09", "bridge", "virbr0"),),
)  # fmt: skip
SHARER = equipped("sharer", DomainState.OFF, (Disk("vda", "virtio", source=WEB.path),))
GUEST = Guest(
    WEB_01.ref.of(Kind.GUEST),
    does_agent_answer=True,
    addresses=(
        GuestAddress(MAC.upper(), "eth0", "10.0.0.5", 24, "agent"),
        GuestAddress(MAC, "eth0", "fe80::1", 64, "agent"),
        GuestAddress("02:42:00:00:00:01", "docker0", "172.17.0.1", 16, "agent"),
    ),
)


def checkpoint(name: str, parent: str = "", *, at: float = 1.0, **rest: object) -> DomainSnapshot:
    ref = Ref("here", Kind.SNAPSHOT, f"{WEB_01.ref.key}/{name}")
    told = {"state": "shutoff", "parent": parent, **rest}
    return DomainSnapshot(ref, WEB_01.ref, name, at, **told)  # type: ignore[arg-type]


def estate() -> tuple[Record, ...]:
    return (host(), POOL, NAT, BASE, WEB, CLONE, SPARE, WEB_01, CLONE_01, SHARER, GUEST)
