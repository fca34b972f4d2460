from dataclasses import replace

from backend.model import Disk, Domain, DomainState, Kind, Network, Nic, Ref, StorageVolume
from backend.operations import uses
from tests.fakes.machines import domain

POOL = Ref("here", Kind.STORAGE_POOL, "p")
NAT = Network(Ref("here", Kind.NETWORK, "n"), "nat", "nat", is_active=True, bridge="virbr0")


def volume(path: str, backing: str = "") -> StorageVolume:
    ref = Ref("here", Kind.STORAGE_VOLUME, path)
    return StorageVolume(ref, POOL, path.rpartition("/")[2], path, "qcow2", 1, 1, backing)


VOLUMES = uses.by_path(
    (volume("/base"), volume("/mid", "/base"), volume("/top", "/mid"), volume("/own"))
)


def machine(
    name: str, *sources: str, nics: tuple[Nic, ...] = (), state: DomainState = DomainState.OFF
) -> Domain:
    found = domain(name, state)
    assert found.next_start
    disks = tuple(Disk(f"vd{n}", "virtio", source=source) for n, source in enumerate(sources))
    return replace(found, next_start=replace(found.next_start, disks=disks, nics=nics))


def test_chains_go_up_and_down() -> None:
    assert uses.based_on("/base", VOLUMES) == {"/mid", "/top"}
    assert uses.based_on("/top", VOLUMES) == set()
    assert uses.bases_of("/top", VOLUMES) == ("/mid", "/base")
    assert uses.bases_of("/nowhere", VOLUMES) == ()


def test_a_chain_that_bites_its_tail_comes_to_an_end() -> None:
    ring = uses.by_path((volume("/a", "/b"), volume("/b", "/a")))
    assert uses.based_on("/a", ring) == {"/b"}
    assert uses.bases_of("/a", ring) == ("/b", "/a")


def test_a_volume_by_name_is_looked_for_in_every_pool() -> None:
    named = uses.by_path((replace(volume("/pool/own"), name="own"),))
    assert uses.place_of(Disk("vda", "virtio", source="own"), named) == "/pool/own"
    assert uses.place_of(Disk("vda", "virtio", source="/own"), named) == "/own"
    assert uses.place_of(Disk("vda", "virtio", source="https://x/i"), named) == "https://x/i"


def test_who_uses_a_file_and_how() -> None:
    direct, clone, other = machine("b", "/base"), machine("a", "/top"), machine("c", "/own")
    found = uses.users_of("/base", (direct, clone, other), VOLUMES)
    assert (found.direct, found.by_base) == ((direct,), (clone,))
    assert [v.path for v in found.unused] == ["/mid"], "of no machine, and based on it"
    assert uses.users_of("/own", (direct, clone, other), VOLUMES).direct == (other,)


def test_who_uses_each_file_is_told_at_once_as_of_one() -> None:
    ring = uses.by_path((*VOLUMES.values(), volume("/a", "/b"), volume("/b", "/a")))
    machines = (
        machine("d", "/base", "/a"),
        machine("c", "/top", "/gone"),
        machine("b", "/mid", "/base"),
        machine("a", "/top"),
    )
    each = uses.users_of_each(machines, ring)
    for path in (*ring, "/gone", "/nowhere"):
        of_one = uses.users_of(path, machines, ring)
        assert each.get(path, ()) == (*of_one.direct, *of_one.by_base), path
    assert [one.name for one in each["/base"]] == ["b", "d", "a", "c"]


def test_what_runs_and_what_starts_next_both_count() -> None:
    running = machine("a", "/own", state=DomainState.RUNNING)
    assert running.live
    assert running.live.disks == ()
    assert uses.disk_places(running, VOLUMES) == {"/own"}


def test_machines_on_a_switch_by_name_and_by_bridge() -> None:
    by_name = machine("b", nics=(Nic("1", "network", "nat"),))
    by_bridge = machine("a", nics=(Nic("2", "bridge", "virbr0"), Nic("3", "user")))
    assert uses.on_network(NAT, (by_name, by_bridge, machine("c"))) == (by_bridge, by_name)
    assert [nic.mac for nic in uses.adapters_on(NAT, by_bridge)] == ["2"]
    assert not uses.is_plugged(Nic("4", "bridge", ""), replace(NAT, bridge=""))


def test_a_machine_without_a_drive_still_has_the_others() -> None:
    found = uses.without_drive(machine("a", "/one", "/two"), "vd0")
    assert uses.disk_places(found, VOLUMES) == {"/two"}
