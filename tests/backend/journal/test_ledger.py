import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from backend.jobs import Job, JobState
from backend.journal.entry import Cursor, Entry, PastJob, What
from backend.journal.ledger import Ledger
from backend.journal.store import Batch, Store
from backend.model import Kind, Ref
from tests.backend.journal.conftest import CELADON, HOST, NOW, VM, entry, whats


def ledger(path: Path | None, told: list[Entry] | None = None) -> Ledger:
    return Ledger(path, (told if told is not None else []).extend)


def test_what_waits_is_read_along_and_in_order() -> None:
    kept = ledger(None)
    kept.add((entry(at=NOW),), {})
    kept.flush()
    kept.add((entry(What.PAUSED, at=NOW + 50), entry(What.STOPPED, at=NOW - 50)), {})
    page = kept.read(VM, None, 10)
    assert whats(page.entries) == [What.PAUSED, What.STARTED, What.STOPPED]
    assert page.is_last
    newest, middle, _oldest = page.entries
    assert kept.read(VM, None, 1).entries == (newest,)
    assert not kept.read(VM, None, 1).is_last
    assert kept.read(VM, Cursor(newest.at, newest.uid), 1).entries == (middle,)
    kept.close()


def test_entries_are_told_once_they_are_written() -> None:
    told: list[Entry] = []
    kept = ledger(None, told)
    mine = entry()
    kept.add((mine,), {})
    assert told == []
    kept.flush()
    assert told == [mine]
    kept.close()


def test_entries_that_cannot_be_written_are_told_all_the_same(
    path: Path, expected_log: Callable[[str], None]
) -> None:
    expected_log("the journal is not kept")
    path.parent.write_text("")
    told: list[Entry] = []
    kept = ledger(path, told)
    first, second = entry(at=NOW), entry(What.PAUSED, at=NOW + 9)
    kept.add((first,), {})
    kept.flush()
    kept.add((second,), {VM: {"name": "x"}})
    assert told == [first, second]
    page = kept.read(VM, None, 9)
    assert page.entries == (second, first)
    assert page.problem
    path.parent.unlink()
    kept.close()
    again = ledger(path)
    assert again.read(VM, None, 9).entries == (second, first), "written when there was a way"
    assert again.read_standings("t") == {VM: {"name": "x"}}
    again.close()


def test_hosts_are_found_by_their_place_whatever_their_id_of_today(path: Path) -> None:
    kept = ledger(path)
    kept.name_host("t", "qemu:///system")
    kept.add((entry(),), {VM: {"name": "x"}})
    kept.close()
    again = ledger(path)
    again.name_host("today", "qemu:///system")
    today = Ref("today", Kind.DOMAIN, VM.key)
    (told,) = again.read(today, None, 9).entries
    assert told.subject == today
    assert again.read_standings("today") == {today: {"name": "x"}}
    assert again.read(VM, None, 9).entries == ()
    again.close()


def test_other_consoles_are_heard_of_hosts_that_both_manage(path: Path) -> None:
    told: list[Entry] = []
    one, two = ledger(path, told), ledger(path)
    one.name_host("t", "t")
    one.read(VM, None, 1)
    strange = entry(subject=Ref("elsewhere", Kind.DOMAIN, "x"))
    two.add((entry(), strange), {})
    two.flush()
    one.rest()
    assert [found.subject for found in told] == [VM]
    one.close()
    two.close()


def past(number: int, state: JobState) -> PastJob:
    job = Job(number, "domain.start", VM, "web-01", state, NOW + number, result=object())
    return PastJob(number, job, CELADON)


def test_jobs_are_kept_without_what_they_returned() -> None:
    kept = ledger(None)
    kept.add_job(past(1, JobState.RUNNING))
    kept.add_job(past(1, JobState.DONE))
    kept.add_job(past(2, JobState.RUNNING))
    kept.flush()
    found = kept.read_jobs(None, 9)
    assert [(p.job.id, p.job.state) for p in found.jobs] == [
        (2, JobState.RUNNING), (1, JobState.DONE),
    ]  # fmt: skip
    assert all(p.job.result is None and not p.was_cut_off for p in found.jobs)
    kept.close()


def test_a_job_of_a_console_that_is_gone_was_cut_off(path: Path) -> None:
    kept = ledger(path)
    kept.add_job(past(1, JobState.RUNNING))
    kept.flush()
    store = Store(path, f"{os.getpid()}.1.abcd")  # our number, given again to another process
    store.close()
    kept._session = "4000000.1.other"
    (found,) = kept.read_jobs(None, 9).jobs
    assert not found.was_cut_off, "that process still lives: it is we"
    script = f"import sys; sys.path[:0] = {sys.path!r}\n" + _DYING.format(path=str(path))
    dead = subprocess.run([sys.executable, "-c", script], check=False)
    assert dead.returncode == -9
    (newest, _older) = kept.read_jobs(None, 9).jobs
    assert newest.was_cut_off
    kept.close()


_DYING = """
import os, signal
from pathlib import Path
from tests.backend.journal.test_ledger import ledger, past
from backend.jobs import JobState
kept = ledger(Path("{path}"))
kept.add_job(past(7, JobState.RUNNING))
kept.flush()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_waits_is_bounded(path: Path, expected_log: Callable[[str], None]) -> None:
    expected_log("the journal is not kept")
    path.parent.write_text("")
    kept = ledger(path)
    kept.add(tuple(entry(at=NOW + n) for n in range(6000)), {})
    kept.flush()
    assert len(kept.read(HOST, None, 10_000).entries) == 5000
    kept.close()


def test_who_left_files_is_told_until_it_is_known_what_became_of_them(path: Path) -> None:
    kept = ledger(path)
    told: list[PastJob] = []
    kept.tell_cut_off = told.extend
    mine = past(1, JobState.RUNNING)
    kept.add_job(replace(mine, job=replace(mine.job, unused=("/images/a",))))
    assert kept.is_due, "the name of the file is written before there is one"
    kept.rest()
    assert told == [], "that console lives"
    store = Store(path, "4000000.1.gone")
    store.write(Batch(jobs={7: replace(mine, uid=7, job=replace(mine.job, unused=("/b",)))}))
    store.close()
    kept.rest()
    kept.rest()
    assert [(one.uid, one.job.unused, one.was_cut_off) for one in told] == [(7, ("/b",), True)] * 2
    kept.add((), {}, (7,))
    kept.rest()
    assert len(told) == 2
    kept.close()
