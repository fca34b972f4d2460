from dataclasses import replace

from backend.inventory import Inventory
from backend.journal.standings import Standings
from backend.model import (
    Change,
    DomainSnapshot,
    DomainState,
    Guest,
    Kind,
    Network,
    Record,
    Ref,
    StoragePool,
    StorageVolume,
)
from tests.backend.journal.conftest import VM
from tests.fakes.machines import domain

POOL = Ref("t", Kind.STORAGE_POOL, "p")


class Known:
    def __init__(self) -> None:
        self.inventory = Inventory()
        self.standings = Standings(self.inventory)
        self.subjects: list[Ref | None] = []
        self.inventory.subscribe(lambda change: self.subjects.append(self.follow(change)))

    def follow(self, change: Change) -> Ref | None:
        return self.standings.follow(change)

    def put(self, *records: Record) -> None:
        for record in records:
            self.inventory.put(record)


def machine() -> Record:
    return replace(domain("web-01", DomainState.RUNNING), ref=VM)


def checkpoint(name: str) -> DomainSnapshot:
    return DomainSnapshot(Ref("t", Kind.SNAPSHOT, f"{VM.key}/{name}"), VM, name, 0, "running")


def test_parts_count_in_their_whole() -> None:
    known = Known()
    known.put(machine(), checkpoint("a"))
    assert known.subjects == [VM, VM]
    told = known.standings.now(VM)
    assert told
    assert told["checkpoints"] == ["a"]
    known.inventory.drop(checkpoint("a").ref)
    again = known.standings.now(VM)
    assert again
    assert again["checkpoints"] == []
    assert known.standings._parts == {}


def test_volumes_count_in_their_pool() -> None:
    known = Known()
    volume = StorageVolume(Ref("t", Kind.STORAGE_VOLUME, "/a"), POOL, "a", "/a", "raw", 1, 1)
    known.put(StoragePool(POOL, "default", "dir", is_active=True), volume)
    told = known.standings.now(POOL)
    assert told
    assert told["volumes"] == ["a"]
    assert known.subjects == [POOL, POOL]


def test_what_a_guest_says_counts_in_nothing() -> None:
    known = Known()
    known.put(Guest(VM.of(Kind.GUEST), does_agent_answer=True))
    assert known.subjects == [None]


def test_things_are_named_also_when_they_are_gone() -> None:
    known = Known()
    known.put(machine())
    assert known.standings.name(VM) == "web-01"
    known.standings.write(VM, known.standings.now(VM))
    known.inventory.drop(VM)
    assert known.standings.name(VM) == "web-01"
    assert known.standings.now(VM) is None
    known.standings.write(VM, None)
    assert known.standings.name(VM) == ""


def test_a_host_s_things_are_those_written_and_those_known() -> None:
    known = Known()
    network = Network(Ref("t", Kind.NETWORK, "n"), "nat", "nat", is_active=True)
    known.put(network, Network(Ref("x", Kind.NETWORK, "n"), "nat", "nat", is_active=True))
    known.standings.replace("t", {VM: {"name": "web-01"}})
    assert known.standings.of_host("t") == {VM, network.ref}
    known.standings.replace("t", {})
    assert known.standings.written(VM) is None
    assert known.standings.domain(VM) is None
