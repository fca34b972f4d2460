import asyncio
import time
from collections.abc import AsyncIterator
from concurrent.futures import Future
from dataclasses import replace

import pytest

from backend.errors import ShutdownTimedOut, StartFailed
from backend.hypervisor import events
from backend.inventory import Inventory
from backend.jobs import Job, JobState
from backend.journal import scribe as module
from backend.journal import standing
from backend.journal.entry import GUEST, OUTSIDE, AuthorKind, During, Entry, What
from backend.journal.keeper import Journal
from backend.journal.rows import Standing
from backend.journal.scribe import Scribe, ourselves, place_of
from backend.model import (
    Disk,
    DomainSnapshot,
    DomainState,
    Host,
    HostState,
    Kind,
    Record,
    Ref,
    StateReason,
    StoragePool,
    StorageVolume,
)
from backend.specs import HostSpec
from tests.backend.journal.conftest import CELADON, HOST, OTHER, VM, whats
from tests.backend.journal.test_hearing import lifecycle
from tests.fakes.machines import domain

RUNNING, PAUSED, OFF = DomainState.RUNNING, DomainState.PAUSED, DomainState.OFF
UP = Host(HOST, "Test", "test:///x", HostState.CONNECTED)


class Desk:
    """A scribe on an inventory that a test fills."""

    def __init__(self) -> None:
        self.journal = Journal(None)
        self.inventory = Inventory()
        self.scribe = Scribe(self.journal, self.inventory, CELADON)
        self.inventory.subscribe(self.scribe.on_change)
        self.hear = self.scribe.on_event
        self._jobs = 0

    async def connect(self, *records: Record) -> None:
        self.scribe.begin(HostSpec("t", "Test", "test:///x"))
        self.put(replace(UP, state=HostState.CONNECTING), *records, UP)
        while not self.scribe._reach.is_known("t"):
            await asyncio.sleep(0.01)

    def put(self, *records: Record) -> None:
        for record in records:
            self.inventory.put(record)

    def begin(self, operation: str, subject: Ref = VM) -> Job:
        self._jobs += 1
        job = Job(self._jobs, operation, subject, "web-01", JobState.RUNNING, time.time())
        self.scribe.on_job(job)
        return job

    def end(self, job: Job, state: JobState = JobState.DONE, **rest: object) -> None:
        over = replace(job, state=state, ended_at=time.time(), **rest)  # type: ignore[arg-type]
        self.scribe.on_job(over)

    async def told(self) -> list[Entry]:
        """Return what was written, oldest first, once nothing is under way any more."""
        for _ in range(200):
            if not self.scribe._episodes:
                break
            await asyncio.sleep(0.01)
        page = await asyncio.wrap_future(self.journal.read(HOST))
        return list(reversed(page.entries))


@pytest.fixture
async def desk(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    monkeypatch.setattr(module, "SETTLE_S", 0.05)
    made = Desk()
    yield made
    made.scribe.close()
    made.journal.close()


def machine(state: DomainState = OFF, **changes: object) -> Record:
    return replace(domain("web-01", state), ref=VM, **changes)  # type: ignore[arg-type]


async def test_started_through_celadon_is_one_entry_and_ours(desk: Desk) -> None:
    await desk.connect(machine())
    job = desk.begin("domain.start")
    desk.put(machine(PAUSED, reason=StateReason.STARTING))
    desk.hear(lifecycle("RESUMED", "UNPAUSED"))
    desk.hear(lifecycle("STARTED", "BOOTED"))
    desk.put(machine(RUNNING))
    desk.end(job)
    (told,) = await desk.told()
    assert whats([told]) == [What.STARTED]
    assert (told.author, told.name, told.problem) == (CELADON, "web-01", None)


async def test_started_by_somebody_else_is_outside(desk: Desk) -> None:
    await desk.connect(machine())
    desk.hear(lifecycle("STARTED", "BOOTED"))
    desk.put(machine(RUNNING))
    (told,) = await desk.told()
    assert (whats([told]), told.author) == ([What.STARTED], OUTSIDE)


async def test_what_no_event_said_is_seen_in_the_records(desk: Desk) -> None:
    await desk.connect(machine())
    desk.put(machine(RUNNING))
    (told,) = await desk.told()
    assert (whats([told]), told.author) == ([What.STARTED], OUTSIDE)


async def test_a_record_that_comes_late_is_not_told_again(desk: Desk) -> None:
    await desk.connect(machine())
    desk.hear(lifecycle("STARTED", "BOOTED"))
    assert len(await desk.told()) == 1
    desk.put(machine(RUNNING))
    assert len(await desk.told()) == 1
    desk.put(machine(OFF))
    assert whats(await desk.told()) == [What.STARTED, What.STOPPED]


async def test_a_long_job_explains_what_comes_at_its_end(desk: Desk) -> None:
    await desk.connect(machine(RUNNING))
    job = desk.begin("domain.shutdown")
    await asyncio.sleep(0.2)
    desk.hear(lifecycle("SHUTDOWN", "GUEST"))
    desk.hear(lifecycle("STOPPED", "SHUTDOWN"))
    desk.put(machine(OFF))
    desk.end(job)
    (told,) = await desk.told()
    assert (whats([told]), told.author) == ([What.SHUT_DOWN], CELADON)


async def test_the_guest_s_own_doing_is_the_guest_s(desk: Desk) -> None:
    await desk.connect(machine(RUNNING))
    for _ in range(13):
        desk.hear(events.Rebooted(VM))
    (restarted,) = await desk.told()
    assert (whats([restarted]), restarted.author) == ([What.RESTARTED], GUEST)
    desk.hear(lifecycle("CRASHED", "PANICKED"))
    desk.put(machine(DomainState.CRASHED, reason=StateReason.PANICKED))
    _, panicked = await desk.told()
    assert (whats([panicked]), panicked.author) == ([What.PANICKED], GUEST)


async def test_a_failed_start_is_told_once_with_its_reason(desk: Desk) -> None:
    await desk.connect(machine())
    job = desk.begin("domain.start")
    desk.put(machine(OFF, reason=StateReason.START_FAILED))
    problem = StartFailed(name="web-01", detail=("no disk",)).problem
    desk.end(job, JobState.FAILED, problem=problem)
    (told,) = await desk.told()
    assert (whats([told]), told.author, told.problem) == ([What.START_FAILED], CELADON, problem)


async def test_a_failed_start_that_leaves_no_trace_is_told_too(desk: Desk) -> None:
    await desk.connect(machine(OFF, reason=StateReason.START_FAILED))
    desk.end(desk.begin("domain.start"), JobState.FAILED, problem=StartFailed(name="x").problem)
    (told,) = await desk.told()
    assert (whats([told]), told.author) == ([What.START_FAILED], CELADON)


async def test_what_others_do_while_our_job_fails_is_theirs(desk: Desk) -> None:
    await desk.connect(machine(RUNNING))
    job = desk.begin("domain.shutdown")
    desk.put(machine(RUNNING, notes="outside"))
    problem = ShutdownTimedOut(name="web-01", seconds=60).problem
    desk.end(job, JobState.FAILED, problem=problem)
    notes, failed = sorted(await desk.told(), key=lambda e: e.author.kind is AuthorKind.CELADON)
    assert (whats([notes]), notes.author) == ([What.NOTES], OUTSIDE)
    assert (whats([failed]), failed.problem) == ([What.FAILED], problem)


async def test_what_leaves_no_trace_is_told_by_the_job(desk: Desk) -> None:
    await desk.connect(machine(RUNNING))
    desk.end(desk.begin("display.type_text"))
    (told,) = await desk.told()
    assert whats([told]) == [What.DONE]
    assert told.facts[0]["operation"] == "display.type_text"


async def test_many_changes_of_one_author_are_one_entry(desk: Desk) -> None:
    await desk.connect(machine())
    job = desk.begin("domain.rename")
    desk.put(machine(name="www", is_autostart=True, notes="n"))
    desk.end(job)
    told = await desk.told()
    by_author = {entry.author: whats([entry]) for entry in told}
    assert by_author == {CELADON: [What.RENAMED], OUTSIDE: [What.NOTES, What.AUTOSTART_ON]}


async def test_saving_is_one_entry_however_long_it_takes(desk: Desk) -> None:
    await desk.connect(machine(RUNNING))
    job = desk.begin("domain.managed_save")
    desk.hear(lifecycle("SUSPENDED", "PAUSED"))
    desk.put(machine(PAUSED, reason=StateReason.SAVING))
    await asyncio.sleep(0.3)
    desk.hear(lifecycle("STOPPED", "SAVED"))
    desk.put(machine(OFF, has_saved_state=True))
    desk.end(job)
    (told,) = await desk.told()
    assert (whats([told]), told.author) == ([What.SAVED], CELADON)


async def test_a_checkpoint_is_one_entry(desk: Desk) -> None:
    await desk.connect(machine(RUNNING))
    desk.hear(lifecycle("SUSPENDED", "PAUSED"))
    desk.put(machine(PAUSED, reason=StateReason.SAVING))
    made = Ref("t", Kind.SNAPSHOT, f"{VM.key}/a")
    desk.put(DomainSnapshot(made, VM, "a", 1.0, "running"))
    desk.hear(lifecycle("RESUMED", "UNPAUSED"))
    desk.put(machine(RUNNING))
    (told,) = await desk.told()
    assert (whats([told]), told.subject) == ([What.CHECKPOINT_MADE], VM)


async def test_a_machine_made_by_us_is_told_when_the_job_says_so(desk: Desk) -> None:
    await desk.connect()
    job = desk.begin("machine.create", HOST)
    desk.put(machine())
    await asyncio.sleep(0.2)
    assert desk.scribe._episodes
    desk.end(job, result=VM)
    (told,) = await desk.told()
    assert (whats([told]), told.author, told.subject) == ([What.CREATED], CELADON, VM)


async def test_a_machine_made_by_others_meanwhile_is_theirs(desk: Desk) -> None:
    await desk.connect()
    job = desk.begin("machine.create", HOST)
    desk.put(machine(), replace(domain("other"), ref=OTHER))
    desk.end(job, result=OTHER)
    told = {entry.subject: entry.author for entry in await desk.told()}
    assert told == {VM: OUTSIDE, OTHER: CELADON}


async def test_deleting_takes_the_disk_along_in_one_hand(desk: Desk) -> None:
    pool = StoragePool(Ref("t", Kind.STORAGE_POOL, "p"), "default", "dir", is_active=True)
    volume = StorageVolume(Ref("t", Kind.STORAGE_VOLUME, "/a"), pool.ref, "a", "/a", "raw", 1, 1)
    await desk.connect(machine(), pool, volume)
    job = desk.begin("domain.delete")
    desk.inventory.drop(VM)
    desk.inventory.drop(volume.ref)
    desk.end(job)
    told = {(e.name, *whats([e])): e.author for e in await desk.told()}
    assert told == {("web-01", What.DELETED): CELADON, ("default", What.VOLUME_DELETED): CELADON}


async def test_parts_are_told_by_name(desk: Desk) -> None:
    before = domain("web-01")
    assert before.next_start
    after = replace(before.next_start, disks=(Disk("vdb", "virtio", source="/d"),))
    await desk.connect(replace(before, ref=VM))
    desk.put(replace(before, ref=VM, next_start=after))
    (told,) = await desk.told()
    assert told.facts[0]["target"] == "vdb"


async def test_what_only_trembles_is_no_entry(desk: Desk) -> None:
    await desk.connect(machine(RUNNING))
    desk.put(machine(RUNNING, created_at=5.0))
    assert await desk.told() == []


async def test_a_host_that_is_lost_takes_nothing_with_it(desk: Desk) -> None:
    await desk.connect(machine(RUNNING))
    desk.hear(lifecycle("STOPPED", "DESTROYED"))
    desk.put(replace(UP, state=HostState.AWAY))
    desk.put(machine(OFF))
    assert whats(await desk.told()) == [What.TURNED_OFF, What.LOST]


async def test_nothing_is_told_before_a_host_is_known(desk: Desk) -> None:
    desk.hear(lifecycle("STARTED", "BOOTED"))
    desk.put(machine(RUNNING))
    assert await desk.told() == []


async def test_what_we_do_before_a_host_is_known_is_told_once_and_ours(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: Future[dict[Ref, Standing]] = Future()
    monkeypatch.setattr(desk.journal, "read_standings", lambda _host: answers)
    desk.scribe.begin(HostSpec("t", "Test", "test:///x"))
    desk.put(replace(UP, state=HostState.CONNECTING), machine(RUNNING, started_at=5.0), UP)
    job = desk.begin("domain.suspend")
    desk.put(machine(PAUSED, started_at=5.0))
    desk.end(job)
    await asyncio.sleep(0.2)
    assert desk.scribe._episodes, "it is not told before it is known what was there"
    stood = standing.of_domain(machine(RUNNING, started_at=5.0), [], None)  # type: ignore[arg-type]
    answers.set_result({HOST: {"name": "t"}, VM: stood})
    (told,) = await desk.told()
    assert (whats([told]), told.author, told.during) == ([What.PAUSED], CELADON, During.LIVE)


async def test_closing_tells_what_is_under_way(desk: Desk) -> None:
    await desk.connect(machine())
    desk.hear(lifecycle("STARTED", "BOOTED"))
    desk.scribe.close()
    assert whats(await desk.told()) == [What.STARTED]


def test_we_know_who_we_are() -> None:
    we = ourselves()
    assert (we.kind, bool(we.user), bool(we.computer)) == (AuthorKind.CELADON, True, True)
    assert we.process > 1


def test_a_host_has_the_same_place_every_day() -> None:
    assert place_of(HostSpec("embedded", "here", is_embedded=True)) == "embedded"
    assert place_of(HostSpec("qemu:///system", "x", "qemu:///system")) == "qemu:///system"
