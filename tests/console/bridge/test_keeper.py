"""Values in memory and soon on the disk; others' are not lost; trouble is told once."""

import errno
import json
import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from console.bridge import keeper
from console.bridge.keeper import Keeper
from console.sdk.kept_file import Fault, Trouble, Values


def on_disk(path: Path) -> Values:
    read: Values = json.loads(path.read_bytes()) if path.exists() else {}
    return read


def test_a_change_is_on_disk_soon_without_being_asked(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "kept.json"
    kept = Keeper(path)
    kept.put("a", 1)
    kept.put("b", [1])
    kept.remove("a")
    qtbot.waitUntil(lambda: on_disk(path) == {"b": [1]})
    assert list(Keeper(path).keys()) == ["b"]


def test_what_is_the_same_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    kept = Keeper(path)
    kept.put("a", 1)
    assert kept.save()
    path.unlink()
    kept.put("a", 1)
    kept.remove("never")
    assert kept.save()
    assert not path.exists()


def test_two_at_once_keep_each_others_keys(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "kept.json"
    one, other = Keeper(path), Keeper(path)
    one.put("one/a", 1)
    one.put("both", "one")
    other.put("other/a", 2)
    assert one.save()
    assert other.save()
    assert on_disk(path) == {"one/a": 1, "both": "one", "other/a": 2}
    assert list(other.keys()) == ["both", "one/a", "other/a"]
    assert other.value("both") == "one"


def test_what_is_put_while_another_is_written_stays(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "kept.json"
    kept = Keeper(path)
    kept.put("a", 1)
    kept._write()
    kept.put("a", 2)
    kept.put("b", 3)
    qtbot.waitUntil(lambda: kept._pending == {"a": 2, "b": 3})
    assert (kept.value("a"), kept.value("b")) == (2, 3)
    assert kept.save()
    assert on_disk(path) == {"a": 2, "b": 3}
    qtbot.wait(20)  # what the first write tells comes late, and is no news
    assert (kept.value("a"), kept.value("b")) == (2, 3)


def test_a_full_disk_is_told_once_and_tried_again(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "SOON_MS", 1)
    monkeypatch.setattr(keeper, "AGAIN_MS", 1)
    is_full, tries, plain = True, 0, os.fsync

    def fsync(descriptor: int) -> None:
        nonlocal tries
        tries += 1
        if is_full:
            raise OSError(errno.ENOSPC, "full")
        plain(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    path = tmp_path / "kept.json"
    kept, told = Keeper(path), list[Trouble]()
    kept.troubled.connect(told.append)
    kept.put("a", 1)
    qtbot.waitUntil(lambda: tries > 3)
    assert [trouble.fault for trouble in told] == [Fault.FULL]
    assert kept.value("a") == 1
    assert not kept.save()
    is_full = False
    qtbot.waitUntil(lambda: on_disk(path) == {"a": 1})
    qtbot.waitUntil(lambda: kept.trouble is None)
    is_full = True
    kept.put("a", 2)
    qtbot.waitUntil(lambda: len(told) == 2)
    is_full = False
    assert kept.save()


def test_what_was_wrong_at_the_start_can_be_asked(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    path.write_bytes(b"garbage")
    trouble = Keeper(path).trouble
    assert trouble
    assert trouble.fault is Fault.DAMAGED
