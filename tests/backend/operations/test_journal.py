import asyncio
from concurrent.futures import Future
from pathlib import Path
from typing import Any, cast

import pytest

from backend.engine import Engine
from backend.journal.entry import AuthorKind, During, Entry, Page, What
from backend.journal.failures import JournalNotAnswering
from backend.model import HostState, Kind, Ref
from backend.operations import domain, journal
from backend.specs import HostSpec
from tests.backend.conftest import Heard


def entries(heard: Heard, ref: Ref) -> tuple[Entry, ...]:
    return heard.engine.query(journal.read, ref).result(5).entries


def whats(heard: Heard, ref: Ref) -> list[str]:
    return [fact.what for entry in entries(heard, ref) for fact in entry.facts]


def pause(heard: Heard, vm: Ref) -> None:
    """Pause the machine once the journal knows the host: before, how it is then is no news."""
    entries(heard, vm)
    heard.end_of(heard.engine.submit(domain.suspend, vm))
    heard.until(lambda: heard.entries)


def test_what_we_do_is_told_under_our_name(heard: Heard, vm: Ref) -> None:
    pause(heard, vm)
    (told,) = entries(heard, vm)
    assert [fact.what for fact in told.facts] == [What.PAUSED]
    assert (told.author.kind, told.name) == (AuthorKind.CELADON, "test")
    assert heard.entries == [told], "and whoever listens is told the same"


def test_a_host_shows_what_happened_to_all_that_it_has(heard: Heard, vm: Ref) -> None:
    pause(heard, vm)
    assert whats(heard, Ref("t", Kind.HOST, "t")) == [What.PAUSED]


def test_it_outlives_the_engine(uri: str, vm: Ref, tmp_path: Path) -> None:
    file = tmp_path / "journal.sqlite"
    for _ in range(2):  # each time on a host as new
        engine = Engine([HostSpec("t", "Test", uri)], journal=file)
        engine.start()
        heard = Heard(engine)
        heard.until(lambda h=heard: h.records and h.host().state is HostState.CONNECTED)  # type: ignore[misc]
        engine.query(journal.read, vm).result(5)  # so what was written before is known by now
        heard.end_of(engine.submit(domain.suspend, vm))
        engine.close()  # before anything is quiet: it is written all the same
    last = Engine([HostSpec("t", "Test", uri)], journal=file)
    last.start()
    heard = Heard(last)
    found = last.query(journal.read, vm).result(5)
    jobs = last.past_jobs().result(5).jobs
    last.close()
    told = [(fact.what, entry.during) for entry in found.entries for fact in entry.facts]
    assert (What.PAUSED, During.LIVE) in told
    assert (What.RESUMED, During.CLOSED) in told
    assert [past.job.operation for past in jobs] == ["domain.suspend", "domain.suspend"]
    assert not any(past.was_cut_off for past in jobs)


async def test_a_disk_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "READ_DEADLINE_S", 0.05)

    class Hung:
        journal = None

        def read(self, *_arguments: object) -> "Future[Page]":
            return Future()

    host = Hung()
    host.journal = host  # type: ignore[assignment]
    with pytest.raises(JournalNotAnswering):
        await asyncio.wait_for(journal.read(cast("Any", host), Ref("t", Kind.HOST, "t")), 5)
