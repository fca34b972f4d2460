"""Definitions are kept once each, as long as an entry or a standing names them."""

import contextlib
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.journal import definitions
from backend.journal.entry import Wanted, What, fact
from backend.journal.keeper import Journal
from backend.journal.store import Batch, Store
from tests.backend.journal.conftest import HOST, NOW, VM, entry

CHANGED = fact(What.CONFIGURED, before="m1", after="m2")
DELETED = fact(What.DELETED, definition="m3")


def texts(path: Path) -> set[str]:
    file = sqlite3.connect(path)
    found = {mark for (mark,) in file.execute("SELECT mark FROM definition")}
    file.close()
    return found


def test_what_nothing_names_is_forgotten_after_a_day(path: Path) -> None:
    path.parent.mkdir()
    store = Store(path, "1.1.a")
    kept = {f"m{number}": f"<domain>{number}</domain>" for number in range(1, 7)}
    standings = {VM: {"name": "web-01", "definition": "m4"}}
    at = time.time()
    store.write(
        Batch([entry(CHANGED, at=at), entry(DELETED, at=at)], standings=standings, definitions=kept)  # type: ignore[arg-type]
    )
    file = sqlite3.connect(path)
    file.execute("UPDATE definition SET kept_at = kept_at - 90000 WHERE mark != 'm6'")
    file.commit()
    file.close()
    store.prune()
    assert store.read_definitions(["m2", "m5"]) == {"m2": "<domain>2</domain>"}
    store.close()
    assert texts(path) == {"m1", "m2", "m3", "m4", "m6"}


def test_those_that_change_a_definition_outlive_a_flood_of_others() -> None:
    store = Store(None, "1.1.a")
    at = time.time()
    store.write(Batch([entry(CHANGED, at=at - 100)] + [entry(at=at - n) for n in range(20)]))
    store.prune(entries=5)
    found = store.read(VM, None, 100)
    assert len(found) == 6
    assert [one.marks for one in store.read(VM, None, 100, Wanted.ALTERATIONS)] == [("m1", "m2")]
    assert store.read(HOST, None, 100, Wanted.DELETIONS) == []
    store.close()


def test_the_journal_answers_before_it_has_written() -> None:
    journal = Journal(None)
    journal.name_host("t", "t")
    for _ in range(3):
        journal.keep_definition("m3", "<domain>ä</domain>")
    journal.keep([entry(DELETED, at=NOW), entry(What.STARTED, at=NOW)])
    assert journal.read_definitions(["m3", "m9"]).result(5) == {"m3": "<domain>ä</domain>"}
    (found,) = journal.read(HOST, wanted=Wanted.DELETIONS).result(5).entries
    journal.close()
    assert found.marks == ("m3", "")


def test_a_definition_is_written_once() -> None:
    file = sqlite3.connect(":memory:")
    file.execute(definitions.SCHEMA)
    for text in ("<a/>", "<b/>"):
        definitions.keep(file, {"m": text})
    assert definitions.read(file, ["m"]) == {"m": "<a/>"}
    file.close()


def damaged(path: Path) -> None:
    for one in path.parent.glob("journal.sqlite*"):
        one.unlink()
    path.write_bytes(b"rot" * 4000)


def test_a_file_that_is_begun_anew_has_the_definitions_of_now(
    path: Path, expected_log: Callable[[str], None]
) -> None:
    expected_log("the journal was damaged")
    journal = Journal(path)
    journal.name_host("t", "t")
    journal.keep_definition("m1", "<domain>1</domain>")
    journal.keep([entry()])
    assert journal.read_definitions(["m1"]).result(5)
    assert texts(path) == {"m1"}
    damaged(path)
    journal.keep([entry(CHANGED)])
    journal.keep_definition("m2", "<domain>2</domain>")
    found = journal.read_definitions(["m1", "m2"]).result(5)
    assert found == {"m1": "<domain>1</domain>", "m2": "<domain>2</domain>"}
    journal.close()
    assert texts(path) == {"m1", "m2"}


def test_what_was_lost_with_a_fault_of_ours_is_written_when_it_is_told_again(
    path: Path, expected_log: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_log("the journal goes on without what it could not take")
    journal = Journal(path)

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(Store, "write", fail)
        journal.keep_definition("m1", "<domain>1</domain>")
        with contextlib.suppress(ZeroDivisionError):
            journal.read_definitions(["m1"]).result(5)
    journal.keep_definition("m1", "<domain>1</domain>")
    assert journal.read_definitions(["m1"]).result(5)
    journal.close()
    assert texts(path) == {"m1"}


def test_what_is_told_again_and_again_is_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[dict[str, str]] = []
    write = Store.write

    def count(store: Store, batch: Batch) -> None:
        written.append(batch.definitions)
        write(store, batch)

    monkeypatch.setattr(Store, "write", count)
    journal = Journal(None)
    for _ in range(3):
        journal.keep_definition("m1", "<domain>1</domain>")
        assert journal.read_definitions(["m1"]).result(5)
    journal.close()
    assert written == [{"m1": "<domain>1</domain>"}]
