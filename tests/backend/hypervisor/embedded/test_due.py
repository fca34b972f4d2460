"""One process at a time does what is due, and the next one goes on where it stopped."""

from pathlib import Path

import pytest

from backend.hypervisor.embedded import due


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "due"
    due.begin(place)
    return place


def test_where_nothing_is_due_nobody_gets_it(tmp_path: Path) -> None:
    assert due.claim(tmp_path / "due") is None
    assert not due.is_open(tmp_path / "due")


def test_one_has_it_and_others_do_not(path: Path) -> None:
    assert due.is_open(path)
    mine = due.claim(path)
    assert mine
    assert due.claim(path) is None
    assert not due.is_open(path)
    mine.close()
    assert due.is_open(path)


def test_the_next_one_knows_who_had_their_turn(path: Path) -> None:
    first = due.claim(path)
    assert first
    first.note("a")
    first.note("b")
    first.close()
    second = due.claim(path)
    assert second
    assert second.handled == {"a", "b"}
    second.finish()
    second.close()
    assert due.claim(path) is None


def test_a_new_life_of_the_machine_begins_with_nobody(path: Path) -> None:
    old = due.claim(path)
    assert old
    old.note("a")
    due.begin(path)
    fresh = due.claim(path)
    assert fresh
    assert fresh.handled == frozenset()
    old.close()
    fresh.close()
