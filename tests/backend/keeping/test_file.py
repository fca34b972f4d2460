import contextlib
import sqlite3
import stat
from pathlib import Path

import pytest

from backend.keeping.file import DamagedFile, Form, KeptFile, NewerFile, at_once, number, open_file

FIRST = Form("CREATE TABLE IF NOT EXISTS one (a INTEGER); CREATE TABLE IF NOT EXISTS two (a)", 1)
SECOND = Form(
    "CREATE TABLE IF NOT EXISTS one (a INTEGER, b INTEGER NOT NULL DEFAULT 7)",
    2,
    {1: "ALTER TABLE one ADD COLUMN b INTEGER NOT NULL DEFAULT 7"},
)


def test_it_is_its_owners_alone_and_has_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "kept.sqlite"
    file = open_file(path, FIRST)
    assert number(file, "SELECT count(*) FROM two") == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(Path(f"{path}-wal").stat().st_mode) == 0o600
    file.close()


def test_a_file_of_a_former_version_becomes_one_of_this(tmp_path: Path) -> None:
    path = tmp_path / "kept.sqlite"
    file = open_file(path, FIRST)
    file.execute("INSERT INTO one VALUES (1)")
    file.close()
    for _ in range(2):
        file = open_file(path, SECOND)
        assert number(file, "SELECT b FROM one") == 7
        assert number(file, "PRAGMA user_version") == 2
        file.close()
    with pytest.raises(NewerFile):
        open_file(path, FIRST)


def test_a_damaged_one_is_seen_and_let_go(tmp_path: Path) -> None:
    path = tmp_path / "kept.sqlite"
    path.write_bytes(b"rot" * 4000)
    with pytest.raises((DamagedFile, sqlite3.DatabaseError)):
        open_file(path, FIRST)


def test_it_is_known_when_another_one_lies_there(tmp_path: Path) -> None:
    path = tmp_path / "kept.sqlite"
    kept = KeptFile(path, FIRST)
    assert not kept.is_displaced()
    path.rename(tmp_path / "away")
    assert kept.is_displaced()
    path.touch()
    assert kept.is_displaced()
    kept.close()
    assert not KeptFile(None, FIRST).is_displaced()


def test_what_is_done_at_once_is_done_whole_or_not_at_all() -> None:
    file = open_file(None, FIRST)
    with contextlib.suppress(ZeroDivisionError), at_once(file):
        file.execute("INSERT INTO one VALUES (1)")
        _ = 1 / 0
    assert number(file, "SELECT count(*) FROM one") == 0
    file.close()
