"""From Quick Create to Delete, as the guest itself and a separate virsh saw it."""

from pathlib import Path

import pytest

from backend.model import Accelerator, DomainState, Kind
from backend.operations import domain, machine
from backend.operations.domain import Autostart
from backend.specs import MachineSpec, SourceKind
from tests.live.stage import HOST, Guest, Stage

pytestmark = pytest.mark.live


def test_the_heart_beats(guest: Guest) -> None:
    ticks = guest.listen()
    assert ticks.count_ticks(2) > 5
    numbers = [number for _, number, _ in ticks.ticks()]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_its_accelerator_is_the_one_that_runs_guests_here(stage: Stage, guest: Guest) -> None:
    kind = stage.virsh.description(guest.name).attrib["type"]
    assert Accelerator(kind) is stage.host().accelerator


def test_pause_stops_the_heart_and_resume_lets_it_go_on(stage: Stage, guest: Guest) -> None:
    stage.must(domain.suspend, guest.ref)
    assert stage.virsh.state(guest.name) == "paused"
    guest.listen().count_ticks(0.5)  # what was on its way
    assert guest.listen().count_ticks(1) == 0
    last = guest.listen().ticks()[-1][1]
    stage.must(domain.resume, guest.ref)
    assert stage.virsh.state(guest.name) == "running"
    guest.listen().wait_for(rf"^TICK {last + 1} ")


def test_saved_and_started_it_goes_on_where_it_was(stage: Stage, guest: Guest) -> None:
    before = guest.listen().ticks()[-1][1]
    stage.must(domain.managed_save, guest.ref)
    assert guest.record.has_saved_state
    assert stage.virsh.state(guest.name) == "shut off"
    stage.must(domain.start, guest.ref)
    log = guest.listen()
    log.wait_for("^TICK")
    number = log.ticks()[0][1]
    assert before < number < before + 100, "not the same guest, or it ran on while saved"
    assert not any("BOOT" in line for _, line in log.lines)


def test_its_picture_can_be_taken(stage: Stage, guest: Guest) -> None:
    picture = stage.engine.query(domain.screenshot, guest.ref).result(15)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n" or picture[:2] == b"P6"
    assert len(picture) > 4000


def test_addresses_and_figures_come_while_somebody_looks(stage: Stage, guest: Guest) -> None:
    stop = stage.engine.watch(guest.ref)
    heard = stage.heard
    kind = guest.ref.of(Kind.GUEST)
    heard.until(lambda: kind in heard.records and heard.records[kind].addresses)  # type: ignore[union-attr]
    heard.until(lambda: any(s.ref == guest.ref and s.cpu is not None for s in heard.samples))
    stop()
    told = heard.records[kind]
    assert told.does_agent_answer  # type: ignore[union-attr]
    macs = {address.mac for address in told.addresses}  # type: ignore[union-attr]
    assert guest.record.live
    assert macs == {nic.mac for nic in guest.record.live.nics}


def test_a_change_from_outside_shows_by_itself(stage: Stage, guest: Guest) -> None:
    stage.virsh("suspend", guest.name)
    guest.until(lambda record: record.state is DomainState.PAUSED)
    stage.virsh("resume", guest.name)
    guest.until(lambda record: record.state is DomainState.RUNNING)
    stage.virsh("desc", guest.name, "--live", "--config", "said outside")
    guest.until(lambda record: record.notes == "said outside")
    stage.virsh("define", str(_other(stage, guest)))
    stage.heard.until(lambda: any(record.name == "other" for record in stage.domains()))
    stage.virsh("undefine", "other")
    stage.heard.until(lambda: all(record.name != "other" for record in stage.domains()))


def _other(stage: Stage, guest: Guest) -> Path:
    path = stage.root.parent / "other.xml"
    path.write_text("<domain type='qemu'><name>other</name><memory>65536</memory>"
                    "<os><type arch='x86_64' machine='q35'>hvm</type></os></domain>")  # fmt: skip
    return path


def test_shut_down_is_done_by_the_guest_itself(stage: Stage, guest: Guest) -> None:
    log = guest.listen()
    stage.must(domain.shutdown, guest.ref)
    log.wait_for("SHUTDOWN|POWER")
    assert stage.virsh.state(guest.name) == "shut off"


def test_what_is_said_of_a_machine_is_what_virsh_says(stage: Stage) -> None:
    said = stage.create("before")
    stage.must(domain.rename, said.ref, "after")
    stage.must(domain.set_notes, said.ref, "two\nlines")
    stage.must(domain.set_autostart, said.ref, Autostart.ON)
    assert stage.virsh.state("before") == "gone"
    assert stage.virsh("desc", "after") == "two\nlines"
    assert "after" in stage.virsh("list", "--all", "--autostart", "--name")
    stage.must(domain.set_autostart, said.ref, Autostart.OFF)
    assert "after" not in stage.virsh("list", "--all", "--autostart", "--name")
    said.name = "after"
    said.remove()


def test_a_discarded_state_is_forgotten_and_reset_begins_anew(stage: Stage) -> None:
    fresh = stage.create("begins anew")
    stage.must(domain.start, fresh.ref)
    fresh.listen().wait_for("BOOT")
    since = len(fresh.listen().lines)
    stage.must(domain.reset, fresh.ref)
    fresh.listen().wait_for("BOOT", since=since)
    stage.must(domain.managed_save, fresh.ref)
    assert "begins anew" in stage.virsh("list", "--all", "--with-managed-save", "--name")
    stage.must(domain.discard_saved_state, fresh.ref)
    assert "begins anew" not in stage.virsh("list", "--all", "--with-managed-save", "--name")
    stage.must(domain.start, fresh.ref)
    fresh.listen().wait_for("BOOT")
    fresh.remove()


def test_deleted_with_its_disk_nothing_is_left(stage: Stage) -> None:
    short = stage.create("short lived")
    (disk,) = stage.engine.query(domain.owned_disks, short.ref).result(10)
    assert Path(disk.path).exists()
    short.remove()
    assert stage.virsh.state("short lived") == "gone"
    assert not Path(disk.path).exists()


def test_deleted_without_its_disk_the_disk_stays(stage: Stage) -> None:
    short = stage.create("leaves its disk")
    (disk,) = stage.engine.query(domain.owned_disks, short.ref).result(10)
    stage.must(domain.delete, short.ref)
    assert Path(disk.path).exists()
    job = stage.must(machine.create, HOST, MachineSpec("leaves its disk", SourceKind.SAMPLE_GUEST))
    again = Guest(stage, job.result, "leaves its disk")  # type: ignore[arg-type]
    (fresh,) = stage.engine.query(domain.owned_disks, again.ref).result(10)
    assert fresh.path != disk.path
    again.remove()
    stage.virsh("vol-delete", disk.path)
