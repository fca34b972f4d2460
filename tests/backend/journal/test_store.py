import sqlite3
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from backend.errors import Problem
from backend.jobs import Job, JobState
from backend.journal.entry import (
    GUEST,
    KEPT_S,
    OUTSIDE,
    Cursor,
    PastJob,
    What,
    fact,
)
from backend.journal.store import Batch, Store
from backend.keeping.file import DamagedFile, NewerFile
from backend.model import Kind, Ref
from tests.backend.journal.conftest import CELADON, HOST, NOW, OTHER, VM, entry, whats


def opened(path: Path | None, session: str = "one") -> Store:
    if path:
        path.parent.mkdir(exist_ok=True)
    return Store(path, session)


def test_what_was_written_is_there_the_next_day(path: Path) -> None:
    store = opened(path)
    first, second = entry(at=NOW), entry(What.SHUT_DOWN, at=NOW + 5, author=GUEST)
    store.write(Batch([first, second]))
    store.close()
    again = opened(path)
    assert again.read(VM, None, 10) == [second, first]
    again.close()


def test_a_thing_has_its_own_and_a_host_has_all() -> None:
    store = opened(None)
    mine, other = entry(at=NOW), entry(at=NOW + 20, subject=OTHER)
    elsewhere = entry(at=NOW, subject=Ref("x", Kind.DOMAIN, VM.key))
    store.write(Batch([mine, other, elsewhere]))
    assert store.read(VM, None, 10) == [mine]
    assert store.read(HOST, None, 10) == [other, mine]
    store.close()


def test_pages_meet_without_a_gap_or_an_overlap() -> None:
    store = opened(None)
    written = [entry(at=NOW + (number // 3)) for number in range(10)]
    store.write(Batch(written))
    seen, cursor = [], None
    while page := store.read(VM, cursor, 4):
        seen += page
        cursor = Cursor(page[-1].at, page[-1].uid)
    assert sorted(seen, key=lambda e: e.uid) == written
    assert seen == sorted(written, key=lambda e: (e.at, e.uid), reverse=True)
    store.close()


def test_a_batch_is_written_whole_or_not_at_all(path: Path) -> None:
    store = opened(path)
    good = entry()
    bad = entry(fact(What.RENAMED, before="x", after="y"))
    object.__setattr__(bad, "name", object())  # what SQLite cannot take
    with pytest.raises(sqlite3.Error):
        store.write(Batch([good, bad], standings={VM: {"name": "a"}}))
    assert store.read(HOST, None, 10) == []
    assert store.read_standings("t") == {}
    store.write(Batch([good]))
    assert store.read(HOST, None, 10) == [good]
    store.close()


def test_what_two_consoles_saw_of_one_happening_is_one_entry(path: Path) -> None:
    one, two = opened(path, "one"), opened(path, "two")
    seen = entry(at=NOW)
    one.write(Batch([seen]))
    two.write(Batch([entry(at=NOW + 0.4, author=CELADON)]))
    (told,) = two.read(VM, None, 10)
    assert (told.uid, told.author) == (seen.uid, CELADON), "the better known author stays"
    two.take_news()
    one.write(Batch([entry(at=NOW + 1)]))
    assert len(one.read(VM, None, 10)) == 2, "one console does not see one thing twice"
    one.close()
    two.close()


def test_the_less_known_author_does_not_replace_the_better(path: Path) -> None:
    one, two = opened(path, "one"), opened(path, "two")
    one.write(Batch([entry(at=NOW, author=CELADON)]))
    two.write(Batch([entry(at=NOW, author=OUTSIDE)]))
    (told,) = two.read(VM, None, 10)
    assert told.author == CELADON
    one.close()
    two.close()


def test_each_happening_finds_its_own_twin(path: Path) -> None:
    one, two = opened(path, "one"), opened(path, "two")
    turns = [What.STARTED, What.TURNED_OFF, What.STARTED]
    one.write(Batch([entry(what, at=NOW + 2 * i) for i, what in enumerate(turns)]))
    two.write(Batch([entry(what, at=NOW + 0.1 + 2 * i) for i, what in enumerate(turns)]))
    assert whats(two.read(VM, None, 10)) == [what.value for what in turns]
    two.write(Batch([entry(What.STARTED, at=NOW + 30)]))
    assert len(two.read(VM, None, 10)) == 4, "that is too long after to be the same"
    one.close()
    two.close()


def test_what_listings_show_may_be_seen_half_a_minute_apart(path: Path) -> None:
    one, two = opened(path, "one"), opened(path, "two")
    one.write(Batch([entry(What.AUTOSTART_ON, at=NOW)]))
    two.write(Batch([entry(What.AUTOSTART_ON, at=NOW + 29)]))
    assert len(two.read(VM, None, 10)) == 1
    one.close()
    two.close()


def test_news_are_told_once_whoever_wrote_them(path: Path) -> None:
    one, two = opened(path, "one"), opened(path, "two")
    assert not one.has_foreign_news()
    mine = entry(at=NOW)
    two.write(Batch([mine]))
    assert one.has_foreign_news()
    assert one.take_news() == [mine]
    assert not one.has_foreign_news()
    assert one.take_news() == []
    one.close()
    two.close()


def test_an_entry_that_is_better_known_is_told_again(path: Path) -> None:
    one, two = opened(path, "one"), opened(path, "two")
    one.write(Batch([entry(at=NOW)]))
    assert [told.author for told in one.take_news()] == [OUTSIDE]
    two.write(Batch([entry(at=NOW, author=CELADON)]))
    assert [told.author for told in one.take_news()] == [CELADON]
    one.close()
    two.close()


def test_standings_are_the_last_ones(path: Path) -> None:
    store = opened(path)
    store.write(Batch(standings={VM: {"name": "a"}, OTHER: {"name": "b"}}))
    store.write(Batch(standings={VM: {"name": "c"}, OTHER: None}))
    assert store.read_standings("t") == {VM: {"name": "c"}}
    assert store.read_standings("x") == {}
    store.close()


def job(number: int, state: JobState = JobState.DONE) -> PastJob:
    done = Job(number, "domain.start", VM, "web-01", state, NOW + number, NOW + number + 1)
    return PastJob(number, done, CELADON)


def test_jobs_of_all_hosts_come_newest_first_and_in_pages() -> None:
    store = opened(None)
    store.write(Batch(jobs={n: job(n) for n in range(5)}))
    first = store.read_jobs(None, 2)
    assert [past.job.id for past, _session in first] == [4, 3]
    last = first[-1][0]
    rest = store.read_jobs(Cursor(last.job.started_at, last.uid), 10)
    assert [past.job.id for past, _session in rest] == [2, 1, 0]
    store.close()


def test_a_job_is_kept_as_it_stands_last() -> None:
    store = opened(None)
    store.write(Batch(jobs={1: job(1, JobState.RUNNING)}))
    store.write(Batch(jobs={1: job(1, JobState.FAILED)}))
    ((past, session),) = store.read_jobs(None, 9)
    assert (past.job.state, session) == (JobState.FAILED, "one")
    store.close()


def test_it_is_bounded_host_by_host(path: Path) -> None:
    store = opened(path)
    now = time.time()
    store.write(Batch([entry(at=now - n) for n in range(20)], {n: job(n) for n in range(20)}))
    quiet = entry(at=now - 1000, subject=Ref("quiet", Kind.HOST, "quiet"))
    ancient = entry(at=now - KEPT_S - 60, subject=Ref("quiet", Kind.HOST, "quiet"))
    store.write(Batch([quiet, ancient]))
    store.prune(entries=5, jobs=3)
    left = store.read(HOST, None, 100)
    assert [round(now - e.at) for e in left] == [0, 1, 2, 3, 4]
    assert store.read(quiet.subject, None, 100) == [quiet]
    store.close()


def test_garbage_is_found_damaged(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"no database at all, by any means " * 100)
    with pytest.raises(sqlite3.DatabaseError) as error:
        Store(path, "one")
    assert error.value.sqlite_errorcode == sqlite3.SQLITE_NOTADB


def test_a_page_that_rotted_is_found_damaged(path: Path) -> None:
    store = opened(path)
    store.write(Batch([entry(at=NOW + 100 * n) for n in range(500)]))
    store.close()
    content = bytearray(path.read_bytes())
    content[8192:20480] = b"\xa5" * 12288
    path.write_bytes(content)
    with pytest.raises((DamagedFile, sqlite3.DatabaseError)):
        Store(path, "one")


def test_the_file_of_a_later_version_is_left_alone(path: Path) -> None:
    opened(path).close()
    file = sqlite3.connect(path)
    file.execute("PRAGMA user_version = 99")
    file.close()
    before = path.read_bytes()
    with pytest.raises(NewerFile):
        Store(path, "one")
    assert path.read_bytes() == before


def test_a_file_that_was_replaced_is_noticed(path: Path) -> None:
    store = opened(path)
    assert not store.is_displaced()
    path.replace(path.with_suffix(".elsewhere"))
    assert store.is_displaced()
    opened(path, "two").close()
    assert store.is_displaced()
    store.close()


def test_many_who_write_at_once_lose_nothing(path: Path) -> None:
    opened(path).close()
    errors: list[BaseException] = []

    def write(name: str) -> None:
        try:
            store = Store(path, name)
            for n in range(30):
                ref = Ref("t", Kind.DOMAIN, f"{name}-{n}")
                store.write(Batch([entry(at=NOW + n, subject=ref)]))
            store.close()
        except BaseException as error:  # noqa: BLE001  # told below
            errors.append(error)

    threads = [threading.Thread(target=write, args=(f"console-{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    store = opened(path)
    assert len(store.read(HOST, None, 1000)) == 120
    store.close()


def test_it_is_its_owner_s_alone_from_the_first_moment(path: Path) -> None:
    store = opened(path)
    store.write(Batch([entry()]))
    rights = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    assert set(rights.values()) == {0o600}, rights
    assert len(rights) == 3
    store.close()


def test_a_name_that_is_no_text_is_kept_as_one(path: Path) -> None:
    store = opened(path)
    odd = "bild-\udce4.qcow2"
    problem = Problem("ImageMissing", (("path", odd),), (odd,))
    thing = Ref(VM.host, Kind.STORAGE_VOLUME, odd)
    one = replace(entry(subject=thing), name=odd, problem=problem)
    job = Job(1, "domain.create", thing, odd, JobState.FAILED, NOW, NOW, problem=problem)
    store.write(Batch([one], {1: PastJob(1, job, CELADON)}, {thing: {"name": odd}}))
    (read,) = store.read(thing, None, 10)
    assert read.name == "bild-\\udce4.qcow2"
    assert read.problem == problem
    ((past, _session),) = store.read_jobs(None, 10)
    assert past.job.problem == problem
    assert list(store.read_standings(VM.host).values()) == [{"name": odd}]
    store.close()


def test_a_clock_that_leapt_ahead_forgets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    store = opened(None)
    store.write(Batch([entry(at=time.time() - 60)]))
    later = time.time() + 3 * KEPT_S
    monkeypatch.setattr(time, "time", lambda: later)
    store.prune()
    assert len(store.read(HOST, None, 10)) == 1
    store.close()


def test_what_cannot_be_forgotten_stays_whole(path: Path) -> None:
    store = opened(path)
    store.write(Batch([entry(at=NOW - 9e9), entry(at=time.time())]))
    store._file.execute(
        "CREATE TRIGGER full BEFORE DELETE ON entry BEGIN SELECT raise(ROLLBACK, 'full'); END"
    )
    with pytest.raises(sqlite3.Error, match="full"):
        store.prune()
    assert len(store.read(HOST, None, 10)) == 2
    store.close()


def test_the_file_of_the_version_before_is_gone_on_with(path: Path) -> None:
    store = opened(path)
    store.write(Batch([entry()]))
    store.close()
    file = sqlite3.connect(path)
    file.executescript(
        "DROP INDEX job_unused; ALTER TABLE job DROP COLUMN unused;"
        "DROP INDEX entry_alters; ALTER TABLE entry DROP COLUMN alters; DROP TABLE definition;"
    )
    file.execute("PRAGMA user_version = 1")
    file.close()
    again = opened(path)
    made = Job(1, "device.add", VM, "web-01", JobState.RUNNING, NOW, unused=("/images/a",))
    again.write(Batch(jobs={5: PastJob(5, made, CELADON)}))
    ((past, _session),) = again.read_unfinished()
    assert past.job.unused == ("/images/a",)
    again.write(Batch(settled=[5]))
    assert again.read_unfinished() == []
    assert len(again.read(VM, None, 9)) == 1
    again.close()
