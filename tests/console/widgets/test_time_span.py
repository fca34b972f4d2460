import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from console.widgets.time_span import LONGEST_S, SHORTEST_S, Span, clock, moment, ticks

DAY = 86_400.0
NOON = time.mktime((2025, 11, 24, 12, 0, 10, 0, 0, -1))


@pytest.fixture(autouse=True)
def _plain_words() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


@pytest.fixture(params=["UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def words(span: Span, most: int) -> list[str]:
    return [told for _at, told in ticks(span, most)]


def test_ticks_are_round_moments() -> None:
    assert words(Span(NOON - 60, NOON), 4) == ["11:59:15", "11:59:30", "11:59:45", "12:00:00"]
    assert words(Span(NOON - 600, NOON), 5) == [
        "11:52",
        "11:54",
        "11:56",
        "11:58",
        "12:00",
    ]
    assert words(Span(NOON - DAY, NOON), 5)[:2] == ["18:00", "24 Nov"], "midnight has the date"
    assert words(Span(NOON - 7 * DAY, NOON), 8)[-1] == "24 Nov"
    assert words(Span(NOON - 365 * DAY, NOON), 13)[:2] == ["Dec", "Jan 2025"]


@pytest.mark.parametrize(
    "length_s", [20, 60, 600, 3600, 7 * 3600, DAY, 9 * DAY, 31 * DAY, 366 * DAY]
)
def test_there_are_neither_too_many_nor_none(length_s: float, zone: str) -> None:
    for end in range(5):
        span = Span(NOON - length_s + end * 7919, NOON + end * 7919)
        found = [at for at, _ in ticks(span, 10)]
        assert 2 <= len(found) <= 16
        assert all(span.holds(at) for at in found)
        assert found == sorted(found)


def test_days_begin_at_midnight_where_one_lives_whatever_the_clocks_do(zone: str) -> None:
    spring = time.mktime((2025, 3, 5, 12, 0, 0, 0, 0, -1))
    for at, _words in ticks(Span(spring, spring + 30 * DAY), 31):
        assert time.strftime("%H:%M", time.localtime(at)) == "00:00"


def test_a_drag_moves_the_ticks_along() -> None:
    for length_s in (60.0, 3600.0, DAY, 40 * DAY):
        one = ticks(Span(NOON - length_s, NOON), 8)
        other = ticks(Span(NOON - length_s, NOON).moved(length_s / 50), 8)
        assert set(one[1:]) <= set(other)


def test_a_second_stays_where_it_is_when_one_looks_nearer() -> None:
    near = Span(0.0, 1000.0).long(100.0, 250.0)
    assert near == Span(225.0, 325.0)
    assert Span(0.0, 1000.0).long(1e-9, 500.0).length_s == SHORTEST_S
    assert Span(0.0, 1000.0).long(1e99, 500.0).length_s == LONGEST_S


def test_a_moment_is_told_as_exactly_as_it_is_seen() -> None:
    assert moment(NOON, 60, NOON) == "12:00:10"
    assert moment(NOON - DAY, 60, NOON) == "23 Nov 12:00:10"
    assert moment(NOON - DAY, 7 * DAY, NOON) == "23 Nov 12:00"
    assert moment(NOON - 400 * DAY, 500 * DAY, NOON) == "20 Oct 2024 12:00"
    assert clock(NOON, 60) == "12:00"
