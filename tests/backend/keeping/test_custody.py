import contextlib
import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backend.journal.entry import Entry, What
from backend.journal.ledger import custody as of_journal
from backend.journal.store import Batch, Store
from backend.keeping import custody, file
from backend.keeping.custody import FileCustody
from tests.backend.journal.conftest import HOST, NOW, entry, whats


def read(held: FileCustody[Store]) -> list[Entry]:
    none: list[Entry] = []
    return held.attempt(lambda store: store.read(HOST, None, 100), none)


def write(held: FileCustody[Store], *entries: Entry) -> bool:
    return held.write(lambda store: store.write(Batch(list(entries))))


def complaint(held: FileCustody[Store]) -> str:
    return held.problem.message_id if held.problem else ""


def damage(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"rot" * 4000)


def test_the_folder_is_made_for_its_owner_only(path: Path) -> None:
    held = of_journal(path, "one")
    assert write(held, entry())
    assert path.parent.stat().st_mode & 0o077 == 0
    held.close()


def test_a_damaged_file_is_set_aside_and_said(
    path: Path, expected_log: Callable[[str], None]
) -> None:
    expected_log("the journal was damaged")
    damage(path)
    held = of_journal(path, "one")
    assert read(held) == []
    assert write(held, entry())
    assert whats(read(held)) == [What.STARTED]
    assert held.problem
    assert held.problem.message_id == "JournalDamaged"
    aside = Path(str(held.problem["path"]))
    assert aside.read_bytes().startswith(b"rotrot")
    assert write(held, entry())
    assert held.problem, "it stays said: what was before is still missing"
    held.close()


def test_a_file_that_rots_under_way_is_set_aside_too(
    path: Path, expected_log: Callable[[str], None]
) -> None:
    expected_log("the journal was damaged")
    held = of_journal(path, "one")
    assert write(held, *(entry(at=NOW + 100 * n) for n in range(400)))
    held.attempt(lambda store: store._file.execute("PRAGMA wal_checkpoint(TRUNCATE)"), None)
    with path.open("r+b") as there:
        there.seek(4096)
        there.write(b"\xa5" * 60_000)
    held.close()
    assert write(held, entry(What.PAUSED))
    assert whats(read(held)) == [What.PAUSED]
    held.close()


def test_one_too_large_to_be_read_through_is_set_aside_by_what_is_met_in_it(
    path: Path, expected_log: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "_CHECKED_BYTES", 0)
    expected_log("the journal was damaged")
    held = of_journal(path, "one")
    assert write(held, *(entry(at=NOW + 100 * n) for n in range(400)))
    held.close()
    with path.open("r+b") as there:
        there.seek(0, os.SEEK_END)
        size = there.tell()
        there.seek(size // 2)
        there.write(b"\xa5" * (size - size // 2))
    assert read(held) == [], "it opens as if nothing were wrong with it"
    assert complaint(held) == "JournalDamaged"
    assert write(held, entry(What.PAUSED))
    assert whats(read(held)) == [What.PAUSED]
    assert len(list(path.parent.glob("*.damaged-*.sqlite"))) == 1
    held.close()


def test_who_comes_second_does_not_set_the_new_file_aside(
    path: Path, expected_log: Callable[[str], None]
) -> None:
    expected_log("the journal was damaged")
    damage(path)
    one, two = of_journal(path, "one"), of_journal(path, "two")
    assert write(one, entry())
    assert two._set_aside(), "it saw the damage before, and looks again"
    assert whats(read(two)) == [What.STARTED]
    assert len(list(path.parent.glob("*.damaged-*.sqlite"))) == 1
    one.close()
    two.close()


def test_a_file_that_somebody_deleted_is_begun_anew(path: Path) -> None:
    held = of_journal(path, "one")
    assert write(held, entry())
    path.unlink()
    assert write(held, entry(What.PAUSED))
    assert whats(read(held)) == [What.PAUSED]
    assert held.problem is None
    held.close()


def test_a_later_version_s_file_is_left_alone(
    path: Path, expected_log: Callable[[str], None]
) -> None:
    expected_log("the journal is not kept")
    of_journal(path, "one").close()
    path.parent.mkdir()
    file = sqlite3.connect(path)
    file.execute("PRAGMA user_version = 99")
    file.close()
    held = of_journal(path, "one")
    assert not write(held, entry())
    assert held.problem
    assert held.problem.message_id == "JournalNewer"
    held.close()


def test_where_it_may_not_be_it_is_said_once_and_tried_again(
    path: Path, caplog: pytest.LogCaptureFixture, expected_log: Callable[[str], None]
) -> None:
    expected_log("the journal is not kept")
    path.parent.write_text("a file where the folder should be")
    held = of_journal(path, "one")
    for _ in range(3):
        held.try_now()
        assert not write(held, entry())
    assert held.is_refused
    assert complaint(held) == "JournalRefused"
    assert sum("is not kept" in record.message for record in caplog.records) == 1
    path.parent.unlink()
    held.try_now()
    assert write(held, entry())
    assert complaint(held) == ""
    held.close()


def test_while_it_is_refused_nobody_waits_for_it(
    path: Path, expected_log: Callable[[str], None]
) -> None:
    expected_log("the journal is not kept")
    path.parent.write_text("")
    held = of_journal(path, "one")
    assert not write(held, entry())
    path.parent.unlink()  # from now on it could be opened, and is not yet
    assert held.attempt(lambda _store: 1, 0) == 0
    held.close()


@contextlib.contextmanager
def small_disk(place: Path) -> Iterator[None]:
    if os.geteuid():
        pytest.skip("only root can mount")
    place.mkdir()
    mount = subprocess.run(
        ("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(place)),
        check=False,
        capture_output=True,
    )
    if mount.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        yield
    finally:
        subprocess.run(("umount", "-l", str(place)), check=True)


def test_a_full_disk_is_said_and_forgotten_when_there_is_room(
    path: Path, expected_log: Callable[[str], None]
) -> None:
    expected_log("the journal is not kept")
    with small_disk(path.parent):
        held = of_journal(path, "one")
        assert write(held, entry())
        ballast = path.with_name("ballast")
        with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * 1024)
        assert not write(held, *(entry(at=NOW + 100 * n) for n in range(2000)))
        assert complaint(held) == "JournalFull"
        assert whats(read(held)) == [What.STARTED], "what is there can be read"
        ballast.unlink()
        held.try_now()
        assert write(held, entry(What.PAUSED))
        assert complaint(held) == ""
        held.close()


def test_a_locked_file_is_tried_again_soon_and_silently(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.keeping.file._LOCK_PATIENCE_S", 0.05)
    held = of_journal(path, "one")
    assert write(held, entry())
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    held.close()
    assert not write(held, entry(What.PAUSED))
    assert held.problem is None
    other.execute("ROLLBACK")
    other.close()
    held.try_now()
    assert write(held, entry(What.PAUSED))
    held.close()
    assert custody.RETRY_S > 1
