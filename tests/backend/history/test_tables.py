import contextlib
import sqlite3
from pathlib import Path

import pytest

from backend.history import tables
from backend.history.tables import Names, form
from backend.keeping.file import DamagedFile, NewerFile, at_once, number, open_file
from backend.measures import Measure
from backend.series import Series
from tests.backend.history.conftest import CPU, REF

FORM = form(2**24)


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    open_file(path, FORM).close()
    assert path.stat().st_mode & 0o077 == 0


def test_a_file_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    file = open_file(path, FORM)
    file.execute("PRAGMA user_version = 99")
    file.close()
    with pytest.raises(NewerFile):
        open_file(path, FORM)


def test_a_damaged_file_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    path.write_bytes(b"rot" * 4000)
    with pytest.raises((DamagedFile, sqlite3.DatabaseError)):
        open_file(path, FORM)


def test_it_never_grows_beyond_the_bound(tmp_path: Path) -> None:
    file = open_file(tmp_path / "history.sqlite", form(2**20))
    much = [(at,) for at in range(100)]
    with pytest.raises(sqlite3.OperationalError, match="full"):
        file.executemany("INSERT INTO tail VALUES (1, 10, ?, zeroblob(50000))", much)
    assert number(file, "PRAGMA page_count") * 4096 <= 2**20
    file.close()


def test_names_stay_and_what_was_taken_back_is_named_anew() -> None:
    file = open_file(None, FORM)
    names = Names(file)
    thing = names.thing(REF)
    assert names.find(Series(REF, Measure.CPU)) is None
    with contextlib.suppress(ZeroDivisionError), at_once(file):
        names.series(thing, CPU)
        _ = 1 / 0
    names.forget()
    assert names.places(REF) == []
    number_of_cpu = names.series(names.thing(REF), CPU)
    assert names.find(Series(REF, Measure.CPU)) == (number_of_cpu, thing)
    assert names.places(REF) == [CPU]
    file.close()


def test_a_thing_has_so_many_series_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "SERIES_MOST", 3)
    file = open_file(None, FORM)
    names = Names(file)
    thing = names.thing(REF)
    told = [(Measure.FILESYSTEM_USED, f"/mnt/{number}") for number in range(5)]
    found = [names.series(thing, place) for place in told]
    assert [one is None for one in found] == [False, False, False, True, True]
    assert [names.series(thing, place) for place in told] == found
    assert names.is_full(REF)
    assert len(names.places(REF)) == 3
    file.close()
