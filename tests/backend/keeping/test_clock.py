import sqlite3
from collections.abc import Iterator

import pytest

from backend.keeping.clock import LEAP_S, TRIED_S, is_believed

NOW = 1_764_000_000.0
YEARS = 5 * 366 * 86_400.0


@pytest.fixture
def file() -> Iterator[sqlite3.Connection]:
    file = sqlite3.connect(":memory:")
    yield file
    file.close()


def test_a_clock_that_goes_on_is_believed(file: sqlite3.Connection) -> None:
    assert is_believed(file, NOW, None)
    assert is_believed(file, NOW + 3600, NOW)
    assert is_believed(file, NOW + 3600 + LEAP_S, NOW)


def test_programs_that_are_opened_every_other_day_forget_too(file: sqlite3.Connection) -> None:
    assert is_believed(file, NOW, NOW - 40 * 86_400.0) is False
    found = [is_believed(file, NOW + 2 * 86_400.0 * n, NOW) for n in range(1, 100)]
    assert found == [False] + [True] * 98


def test_one_that_leapt_is_not_until_it_has_gone_on_for_days(file: sqlite3.Connection) -> None:
    assert is_believed(file, NOW, NOW)
    steps = int(TRIED_S // 7200)
    found = [is_believed(file, NOW + YEARS + 7200 * n, NOW) for n in range(steps + 1)]
    assert found == [False] * steps + [True]


def test_one_that_had_leapt_before_it_was_looked_at_for_the_first_time(
    file: sqlite3.Connection,
) -> None:
    assert not is_believed(file, NOW + YEARS, NOW)


def test_one_that_was_put_right_again_deletes_nothing_by_that(file: sqlite3.Connection) -> None:
    assert is_believed(file, NOW, NOW)
    assert not is_believed(file, NOW + YEARS, NOW)
    # Five minutes back, and still years ahead.
    assert not is_believed(file, NOW + YEARS - 300, NOW)
    assert not is_believed(file, NOW + 600, NOW)
