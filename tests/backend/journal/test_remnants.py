"""What was cut off and left a file is told once it is sure; what a machine has is not."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from backend.inventory import Inventory
from backend.jobs import Job, JobState
from backend.journal import remnants as module
from backend.journal.entry import Entry, PastJob, What
from backend.journal.keeper import Journal
from backend.journal.remnants import EXPORT, Remnants, left_by
from backend.model import Disk, Kind, Ref, StateReason, StorageVolume
from backend.operations.package import outgoing
from tests.backend.journal.conftest import CELADON, HOST, NOW, VM, whats
from tests.fakes.machines import domain

PATH = "/images/web-01-vdb.qcow2"
JOB = Job(3, "device.add", VM, "web-01", JobState.RUNNING, NOW, unused=(PATH,))
PAST = PastJob(7, JOB, CELADON, was_cut_off=True)
POOL = Ref("t", Kind.STORAGE_POOL, "p")
VOLUME = StorageVolume(
    Ref("t", Kind.STORAGE_VOLUME, PATH), POOL, Path(PATH).name, PATH, "qcow2", 1, 1
)


class Desk:
    """Somebody who is told of jobs that were cut off."""

    def __init__(self) -> None:
        self.journal = Journal(None)
        self.inventory = Inventory()
        self._keep = self.journal.keep
        self.settled: list[int] = []
        self.is_known = True
        self.journal.keep = self._hear  # type: ignore[method-assign,assignment]
        self._tell: Callable[[tuple[PastJob, ...]], None] | None = None
        self.journal.follow_cut_off = self._follow  # type: ignore[method-assign]
        Remnants(
            self.journal, self.inventory, lambda _host: self.is_known, lambda function: function()
        )

    def _hear(self, entries: list[Entry], settled: tuple[int, ...]) -> None:
        self._keep(entries)
        self.settled += settled

    def _follow(self, tell: Callable[[tuple[PastJob, ...]], None]) -> None:
        self._tell = tell

    def look(self) -> tuple[Entry, ...]:
        assert self._tell
        self._tell((PAST,))
        return self.journal.read(HOST).result(5).entries


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(module, "_SETTLING_S", 0)
    made = Desk()
    yield made
    made.journal.close()


def test_a_file_that_nothing_uses_is_told_with_what_to_do(desk: Desk) -> None:
    desk.inventory.put(VOLUME)
    (entry,) = desk.look()
    assert whats([entry]) == [What.FILE_LEFT]
    assert entry.facts[0]["path"] == PATH
    assert (entry.subject, entry.name, entry.author) == (VM, "web-01", CELADON)
    assert entry.problem
    assert entry.problem.message_id == "FileLeft"
    assert desk.settled == [7]


def test_what_was_asked_for_may_come_yet(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SETTLING_S", 60)
    desk.inventory.put(VOLUME)
    assert desk.look() == ()
    assert desk.settled == []


def test_a_file_that_a_machine_has_is_no_news(desk: Desk) -> None:
    made = domain("web-01")
    assert made.next_start
    has_it = replace(made.next_start, disks=(Disk("vdb", "virtio", "disk", PATH),))
    desk.inventory.put(VOLUME)
    desk.inventory.put(replace(made, ref=VM, next_start=has_it))
    assert desk.look() == ()
    assert desk.settled == [7]


def test_a_file_that_is_a_base_is_no_news(desk: Desk) -> None:
    desk.inventory.put(VOLUME)
    other = Ref("t", Kind.STORAGE_VOLUME, "/images/other")
    desk.inventory.put(replace(VOLUME, ref=other, name="other", path="/images/other", backing=PATH))
    assert desk.look() == ()


def test_one_that_is_not_listed_is_looked_for_and_at_last_given_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk.look() == ()
    assert desk.settled == []
    monkeypatch.setattr(module, "_LOOKED_FOR_S", 0)
    assert desk.look() == ()
    assert desk.settled == [7]


def test_of_a_host_that_is_away_nothing_is_said(desk: Desk) -> None:
    desk.inventory.put(VOLUME)
    desk.is_known = False
    assert desk.look() == ()
    assert desk.settled == []


def test_of_a_machine_that_is_silent_nothing_is_said(desk: Desk) -> None:
    desk.inventory.put(VOLUME)
    silent = replace(domain("web-01"), ref=VM, reason=StateReason.NOT_ANSWERING)
    desk.inventory.put(silent)
    assert desk.look() == ()
    assert desk.settled == []


def test_a_job_that_ended_and_kept_its_file_says_so() -> None:
    over = replace(JOB, state=JobState.FAILED, ended_at=NOW + 1)
    (entry,) = left_by(over, VM, CELADON)
    assert (entry.at, entry.problem and entry.problem.message_id) == (NOW + 1, "FileKept")
    assert cast("str", entry.facts[0]["path"]) == PATH
    assert not list(left_by(replace(over, unused=()), VM, CELADON))


def test_a_folder_of_an_export_is_told_though_no_host_lists_it(desk: Desk) -> None:
    place = "/exports/.celadon-export-web-01-x"
    job = replace(PAST.job, operation=EXPORT, unused=(place,))
    assert desk._tell
    desk._tell((replace(PAST, job=job),))
    (entry,) = desk.journal.read(HOST).result(5).entries
    assert whats([entry]) == [What.FOLDER_LEFT]
    assert entry.problem
    assert (entry.problem.message_id, entry.problem["path"]) == ("PackageLeft", place)
    assert desk.settled == [7]
    assert f"{outgoing.__name__.rpartition('.')[2]}.{outgoing.export.__name__}" == EXPORT
