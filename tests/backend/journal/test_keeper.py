import contextlib
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from backend.jobs import Job, JobState
from backend.journal.entry import Entry, PastJob, What
from backend.journal.keeper import Journal, journal_path
from tests.backend.journal.conftest import CELADON, HOST, NOW, VM, entry, whats


def test_whoever_asks_gets_what_was_written_before() -> None:
    journal = Journal(None)
    mine = entry()
    journal.keep([mine], {VM: {"name": "x"}})
    assert journal.read(VM).result(5).entries == (mine,)
    assert journal.read_standings("t").result(5) == {VM: {"name": "x"}}
    journal.keep_job(PastJob(1, Job(1, "a.b", None, "", JobState.DONE, NOW), CELADON))
    assert len(journal.read_jobs().result(5).jobs) == 1
    journal.close()


def test_what_is_written_is_told_by_itself() -> None:
    told: list[Entry] = []
    arrived = threading.Event()

    def hear(entries: tuple[Entry, ...]) -> None:
        told.extend(entries)
        arrived.set()

    journal = Journal(None, hear)
    journal.keep([entry()])
    assert arrived.wait(5)
    assert whats(told) == [What.STARTED]
    journal.close()


def test_closing_writes_what_waits(path: Path) -> None:
    journal = Journal(path)
    journal.name_host("t", "place")
    journal.keep([entry()])
    journal.close()
    again = Journal(path)
    again.name_host("t", "place")
    assert len(again.read(HOST).result(5).entries) == 1
    again.close()


def test_a_question_that_cannot_be_answered_raises_and_the_next_is_answered() -> None:
    journal = Journal(None)
    future = journal.read("no reference")  # type: ignore[arg-type]
    assert isinstance(future.exception(5), AttributeError)
    assert journal.read(VM).result(5).is_last
    journal.close()


def test_what_cannot_be_taken_is_logged_once_and_what_comes_after_is_written(
    path: Path, expected_log: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    expected_log("the journal goes on without what it could not take")
    journal = Journal(path)
    journal.name_host("t", "place")
    broken = replace(entry(), facts=(None,))  # type: ignore[arg-type]
    for _ in range(2):
        journal.keep([broken])
        with contextlib.suppress(AttributeError):
            journal.read(HOST).result(5)  # it is asked while that waits to be written
        journal.keep(standings={"no reference": None})  # type: ignore[dict-item]
    journal.keep([entry()])
    assert len(journal.read(HOST).result(5).entries) == 1
    journal.close()
    assert 1 <= len(caplog.records) <= 2, "each once"


_WRITING = """
import itertools, sys
from pathlib import Path
from backend.journal.keeper import Journal, journal_path
from backend.model import Kind, Ref
from tests.backend.journal.conftest import NOW, entry
journal = Journal(Path(sys.argv[1]), lambda told: print(len(told), flush=True))
for n in itertools.count():
    journal.keep([entry(at=NOW + 60 * n)], {Ref("t", Kind.DOMAIN, "uuid-1"): {"n": n}})
    if n % 50 == 0:
        journal.read(Ref("t", Kind.HOST, "t"), limit=1).result(20)
"""


def test_killed_while_writing_the_file_is_sound_and_keeps_what_was_told(path: Path) -> None:
    for _ in range(3):
        writing = subprocess.Popen(
            [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{_WRITING}", path],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writing.stdout
        told = sum(int(writing.stdout.readline()) for _ in range(4))
        writing.kill()
        told += sum(int(line) for line in writing.stdout.read().splitlines())
        writing.stdout.close()
        writing.wait()
        journal = Journal(path)
        page = journal.read(HOST, limit=100_000).result(20)
        stood = journal.read_standings("t").result(20)
        journal.close()
        assert page.problem is None
        assert len(page.entries) >= told
        assert stood[VM]["n"] == len(page.entries) - 1, "a standing comes with its entry"
        path.unlink()


def test_it_lies_with_the_user_s_state(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/s")
    assert journal_path() == Path("/s/celadon/journal.sqlite")
