from dataclasses import replace
from pathlib import Path
from typing import Any

import libvirt
import pytest

from backend.hypervisor import reader
from backend.model import DomainState, Kind, Ref, StateReason


def test_a_running_machine_is_read(connect: Any, ref: Ref) -> None:
    domain = reader.read_domain(connect, ref)
    assert domain
    assert (domain.name, domain.state) == ("test", DomainState.RUNNING)
    assert domain.live
    assert domain.next_start
    assert domain.is_persistent
    assert domain.started_at is None


def test_a_stopped_machine_has_nothing_live(connect: Any, ref: Ref) -> None:
    connect.lookupByUUIDString(ref.key).destroy()
    domain = reader.read_domain(connect, ref)
    assert domain
    assert (domain.state, domain.live) == (DomainState.OFF, None)


def test_a_saved_machine_is_off_with_a_saved_state(connect: Any, ref: Ref) -> None:
    connect.lookupByUUIDString(ref.key).managedSave(0)
    domain = reader.read_domain(connect, ref)
    assert domain
    assert domain.state is DomainState.OFF
    assert domain.has_saved_state


def test_what_is_gone_reads_as_none(connect: Any, ref: Ref) -> None:
    gone = Ref("h", Kind.DOMAIN, "00000000-0000-4000-8000-000000000000")
    assert reader.read_domain(connect, gone) is None
    assert reader.read_snapshots(connect, gone) == ()
    domain = connect.lookupByUUIDString(ref.key)
    domain.destroy()
    domain.undefine()
    assert reader.read_domain(connect, ref) is None


def test_the_start_is_when_the_pid_file_was_written(connect: Any, ref: Ref, tmp_path: Path) -> None:
    (tmp_path / "test.pid").write_text("1")
    domain = reader.read_domain(connect, ref, tmp_path)
    assert domain
    assert domain.started_at == (tmp_path / "test.pid").stat().st_mtime


@pytest.mark.parametrize(
    ("state", "reason", "ours"),
    [
        ("PAUSED", "PAUSED_USER", (DomainState.PAUSED, StateReason.NORMAL)),
        ("PAUSED", "PAUSED_IOERROR", (DomainState.PAUSED, StateReason.IO_ERROR)),
        ("PAUSED", "PAUSED_CRASHED", (DomainState.PAUSED, StateReason.PANICKED)),
        ("CRASHED", "CRASHED_PANICKED", (DomainState.CRASHED, StateReason.PANICKED)),
        ("SHUTOFF", "SHUTOFF_CRASHED", (DomainState.OFF, StateReason.CRASHED)),
        ("SHUTOFF", "SHUTOFF_FAILED", (DomainState.OFF, StateReason.START_FAILED)),
        ("SHUTOFF", "SHUTOFF_SHUTDOWN", (DomainState.OFF, StateReason.NORMAL)),
        ("BLOCKED", "BLOCKED_UNKNOWN", (DomainState.RUNNING, StateReason.NORMAL)),
        ("PMSUSPENDED", "PMSUSPENDED_UNKNOWN", (DomainState.SLEEPING, StateReason.NORMAL)),
    ],
)
def test_states_an_administrator_tells_apart(
    state: str, reason: str, ours: tuple[DomainState, StateReason]
) -> None:
    codes = [getattr(libvirt, f"VIR_DOMAIN_{name}") for name in (state, reason)]
    assert reader.state_of(*codes) == ours


def test_a_state_of_the_future_is_unknown() -> None:
    assert reader.state_of(99, 99) == (DomainState.UNKNOWN, StateReason.NORMAL)


class _Stopped:
    """A machine whose disks failed, as libvirt's test driver cannot have one."""

    def lookupByUUIDString(self, _uuid: str) -> "_Stopped":
        return self

    def diskErrors(self, _flags: int) -> dict[str, int]:
        return {
            "vdb": libvirt.VIR_DOMAIN_DISK_ERROR_UNSPEC,
            "vda": libvirt.VIR_DOMAIN_DISK_ERROR_NO_SPACE,
        }


def test_a_full_disk_is_told_from_other_errors(connect: Any, ref: Ref) -> None:
    domain = reader.read_domain(connect, ref)
    assert domain
    stopped = reader.with_failed_disks(_Stopped(), domain)
    assert stopped.reason is StateReason.DISK_FULL
    assert stopped.failed_disks == (("vda", "no space"), ("vdb", "unspecified"))


def test_the_roll_tells_of_each_what_it_tells_of_itself(connect: Any, ref: Ref) -> None:
    text = ("<domain type='test'><name>{}</name><memory>1024</memory>"
            "<os><type>hvm</type></os></domain>")  # fmt: skip
    passing = connect.createXML(text.format("passing"))
    paused = connect.createXML(text.format("paused"))
    paused.suspend()
    kept = connect.defineXML(text.format("kept"))
    kept.setAutostart(1)
    kept.snapshotCreateXML("<domainsnapshot><name>one</name></domainsnapshot>")
    saved = connect.lookupByUUIDString(ref.key)
    saved.managedSave(0)
    roll = reader.call_roll(connect)
    machines = {domain.UUIDString(): domain for domain in (passing, paused, kept, saved)}
    assert set(roll) == set(machines)
    for uuid, domain in machines.items():
        one = Ref(ref.host, ref.kind, uuid)
        assert replace(roll[uuid], may_have_snapshots=True) == reader._mention(domain)
        assert reader.read_machine(connect, one, mention=roll[uuid]) == (
            reader.read_domain(connect, one), reader.read_snapshots(connect, one)
        )  # fmt: skip
    assert [uuid for uuid in roll if roll[uuid].may_have_snapshots] == [kept.UUIDString()]
    assert roll[kept.UUIDString()].is_autostart
    assert roll[saved.UUIDString()].has_saved_state
    assert not roll[passing.UUIDString()].is_persistent
    assert roll[paused.UUIDString()].state is DomainState.PAUSED


def test_they_are_listed_by_name(connect: Any, ref: Ref) -> None:
    for name in ("zoo", "ant", "bee"):
        connect.defineXML(f"<domain type='test'><name>{name}</name><memory>1024</memory>"
                          "<os><type>hvm</type></os></domain>")  # fmt: skip
    listed = [connect.lookupByUUIDString(key).name() for key in reader.call_roll(connect)]
    assert listed == ["ant", "bee", "test", "zoo"]


def test_snapshots_are_read(connect: Any, ref: Ref) -> None:
    domain = connect.lookupByUUIDString(ref.key)
    for name in ("one", "two"):
        domain.snapshotCreateXML(f"<domainsnapshot><name>{name}</name></domainsnapshot>")
    told = {snapshot.name: snapshot for snapshot in reader.read_snapshots(connect, ref)}
    assert set(told) == {"one", "two"}
    assert told["two"].parent == "one"
    assert told["two"].is_current
    assert told["two"].ref.key == f"{ref.key}/two"


def test_networks_pools_and_volumes_are_read(connect: Any) -> None:
    (network,) = reader.read_networks(connect, "h")
    (pool,) = reader.read_pools(connect, "h")
    assert (network.name, network.forward, network.is_active) == ("default", "nat", True)
    assert (pool.name, pool.path, pool.is_active) == ("default-pool", "/default-pool", True)
    connect.storagePoolLookupByName(pool.name).createXML(
        "<volume><name>a.img</name><capacity unit='bytes'>1024</capacity></volume>"
    )
    (volume,) = reader.read_volumes(connect, pool.ref)
    assert (volume.name, volume.pool, volume.capacity_bytes) == ("a.img", pool.ref, 1024)
