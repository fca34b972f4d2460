from dataclasses import replace

import pytest

from backend.journal import standing
from backend.journal.entry import Fact, Scope, What, fact
from backend.journal.rows import Standing, dump_standing, parse_standing
from backend.model import (
    Disk,
    Domain,
    DomainConfiguration,
    DomainState,
    Kind,
    Network,
    Nic,
    Ref,
    StateReason,
    StoragePool,
)
from tests.backend.journal.conftest import VM
from tests.fakes.machines import domain

RUNNING, PAUSED, OFF = DomainState.RUNNING, DomainState.PAUSED, DomainState.OFF


def machine(state: DomainState = OFF, **changes: object) -> Domain:
    return replace(domain("web-01", state), ref=VM, **changes)  # type: ignore[arg-type]


def stood(
    record: Domain, *checkpoints: tuple[str, bool], before: Standing | None = None
) -> Standing:
    told = standing.of_domain(record, checkpoints, before)
    again = parse_standing(dump_standing(told))
    assert again == told, "it can be kept"
    return told


def between(before: Domain, after: Domain, *, by_absence: bool = False) -> tuple[Fact, ...]:
    return standing.differences(stood(before), stood(after), by_absence=by_absence)


def whats(found: tuple[Fact, ...]) -> list[str]:
    return [one.what for one in found]


def made_of(record: Domain, **changes: object) -> Domain:
    """The machine with other parts, as it runs and as it starts next."""

    def other(parts: DomainConfiguration | None) -> DomainConfiguration | None:
        return replace(parts, **changes) if parts else None  # type: ignore[arg-type]

    return replace(record, live=other(record.live), next_start=other(record.next_start))


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (machine(OFF), machine(RUNNING), What.STARTED),
        (machine(OFF, has_saved_state=True), machine(RUNNING), What.RESTORED),
        (machine(RUNNING), machine(OFF), What.STOPPED),
        (machine(RUNNING), machine(OFF, has_saved_state=True), What.SAVED),
        (machine(RUNNING), machine(OFF, reason=StateReason.CRASHED), What.CRASHED),
        (machine(OFF), machine(OFF, reason=StateReason.START_FAILED), What.START_FAILED),
        (machine(OFF, has_saved_state=True), machine(OFF), What.STATE_DISCARDED),
        (machine(RUNNING), machine(PAUSED), What.PAUSED),
        (machine(PAUSED), machine(RUNNING), What.RESUMED),
        (machine(RUNNING), machine(PAUSED, reason=StateReason.DISK_FULL), What.STOPPED_BY_DISK),
        (machine(RUNNING), machine(PAUSED, reason=StateReason.WATCHDOG), What.WATCHDOG),
        (machine(RUNNING), machine(PAUSED, reason=StateReason.PANICKED), What.PANICKED),
        (machine(RUNNING), machine(RUNNING, reason=StateReason.NOT_ANSWERING), What.SILENT),
        (machine(RUNNING, reason=StateReason.NOT_ANSWERING), machine(RUNNING), What.ANSWERS),
    ],
)
def test_how_it_runs(before: Domain, after: Domain, what: What) -> None:
    assert what in whats(between(before, after))


def test_a_start_brings_nothing_but_itself() -> None:
    assert whats(between(machine(OFF), machine(RUNNING))) == [What.STARTED]
    assert whats(between(machine(RUNNING), machine(OFF))) == [What.STOPPED]


def test_a_failed_start_that_is_forgotten_is_no_news() -> None:
    assert between(machine(OFF, reason=StateReason.START_FAILED), machine(OFF)) == ()


def test_another_run_of_it_is_only_told_by_absence() -> None:
    first, second = machine(RUNNING, started_at=100.0), machine(RUNNING, started_at=900.0)
    assert whats(between(first, second, by_absence=True)) == [What.STARTED_AGAIN]
    assert between(first, second) == ()
    unknown = machine(RUNNING, started_at=None)
    assert between(unknown, second, by_absence=True) == ()


def test_what_is_under_way_says_nothing_yet() -> None:
    before = stood(machine(RUNNING))
    saving = machine(PAUSED, reason=StateReason.SAVING)
    assert standing.differences(before, stood(saving, before=before)) == ()
    ending = machine(DomainState.SHUTTING_DOWN)
    assert standing.differences(before, stood(ending, before=before)) == ()
    assert standing.is_changing(saving)
    assert not standing.is_changing(machine(PAUSED))


def test_an_outline_takes_nothing_away() -> None:
    before = stood(machine(RUNNING, is_autostart=True, notes="x"), ("c", True))
    outline = Domain(VM, "web-01", RUNNING)
    assert standing.differences(before, stood(outline, before=before)) == ()


def test_name_notes_and_automatic_start() -> None:
    before = machine()
    after = replace(before, name="www", notes="new", is_autostart=True)
    assert between(before, after) == (
        fact(What.RENAMED, before="web-01", after="www"),
        fact(What.NOTES),
        fact(What.AUTOSTART_ON),
    )
    assert whats(between(after, before)) == [What.RENAMED, What.NOTES, What.AUTOSTART_OFF]


DISK = Disk("vda", "virtio", source="/images/a.qcow2")
NIC = Nic("52:54:00:00:00:01", "network", "nat")


def test_parts_of_a_machine_that_is_off() -> None:
    before = made_of(machine(), disks=(DISK,), nics=(NIC,))
    after = made_of(
        before,
        memory_bytes=4 * 1024**3,
        vcpus=4,
        disks=(replace(DISK, source="/images/b.qcow2"), Disk("vdb", "virtio", source="/d")),
        nics=(replace(NIC, source="lan"),),
    )
    both = Scope.BOTH.value
    assert set(between(before, after)) == {
        fact(What.MEMORY, before_bytes=1024**3, after_bytes=4 * 1024**3, scope=both),
        fact(What.PROCESSORS, before=2, after=4, scope=both),
        fact(What.DISK_ADDED, target="vdb", source="/d", scope=both),
        fact(
            What.MEDIUM_CHANGED,
            target="vda",
            before="/images/a.qcow2",
            after="/images/b.qcow2",
            scope=both,
        ),
        fact(What.NIC_MOVED, mac=NIC.mac, before="nat", after="lan", scope=both),
    }
    assert {What.DISK_REMOVED} <= set(whats(between(after, before)))


def test_a_part_that_is_added_now_and_for_good_is_said_once() -> None:
    before = machine(RUNNING)
    after = made_of(before, nics=(NIC,))
    assert between(before, after) == (
        fact(What.NIC_ADDED, mac=NIC.mac, source="nat", scope=Scope.BOTH.value),
    )


def test_a_part_for_now_or_for_later_is_said_so() -> None:
    before = machine(RUNNING)
    assert before.live
    assert before.next_start
    now = replace(before, live=replace(before.live, nics=(NIC,)))
    then = replace(before, next_start=replace(before.next_start, nics=(NIC,)))
    assert [one["scope"] for one in between(before, now)] == [Scope.LIVE]
    assert [one["scope"] for one in between(before, then)] == [Scope.NEXT_START]
    assert whats(between(now, machine(OFF))) == [What.STOPPED], "it goes with the run, unsaid"


def test_checkpoints() -> None:
    none = stood(machine())
    one = stood(machine(), ("a", True))
    two = stood(machine(), ("a", False), ("b", True))
    back = stood(machine(), ("a", True), ("b", False))
    assert standing.differences(none, one) == (fact(What.CHECKPOINT_MADE, name="a"),)
    assert standing.differences(one, two) == (fact(What.CHECKPOINT_MADE, name="b"),)
    assert standing.differences(two, one) == (fact(What.CHECKPOINT_DELETED, name="b"),)
    assert standing.differences(two, back) == (fact(What.CHECKPOINT_CURRENT, name="a"),)


def test_coming_and_going() -> None:
    there = stood(machine())
    assert whats(standing.differences(None, there)) == [What.CREATED]
    assert whats(standing.differences(there, None)) == [What.DELETED]
    assert standing.differences(None, None) == ()


def test_switches_and_pools() -> None:
    network = Network(Ref("t", Kind.NETWORK, "n"), "nat", "nat", is_active=False)
    started = standing.of_network(replace(network, is_active=True))
    found = standing.differences(standing.of_network(network), started)
    assert whats(found) == [What.STARTED]
    pool = StoragePool(Ref("t", Kind.STORAGE_POOL, "p"), "default", "dir", is_active=True)
    before, after = standing.of_pool(pool, ["a", "b"]), standing.of_pool(pool, ["b", "c"])
    assert standing.differences(before, after) == (
        fact(What.VOLUME_MADE, name="c"),
        fact(What.VOLUME_DELETED, name="a"),
    )
    many = standing.of_pool(pool, [str(n) for n in range(1000)])
    assert standing.differences(before, many) == (), "so many are not kept"
    stopped = standing.of_pool(replace(pool, is_active=False), [])
    assert whats(standing.differences(before, stopped)) == [What.STOPPED], "and not deleted"
