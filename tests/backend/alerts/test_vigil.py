from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.alerts.vigil import (
    CALM_MOST_S,
    GAP_S,
    REMEMBERED_S,
    SELDOM_GAP_S,
    Vigil,
    calm_s,
    gap_s,
)
from backend.host import inside, rooms, turns
from backend.measures import Group, Measure, Unit
from backend.thresholds import Side, Threshold

KEPT_S = turns.KEPT_S
DURATION_S = 60.0


def threshold(duration_s: float = DURATION_S, side: Side = Side.ABOVE) -> Threshold:
    return Threshold("cpu", Measure.CPU, 0.9, Unit.SHARE, side, duration_s)


def raised(vigil: Vigil, readings: Sequence[tuple[float, float]]) -> list[tuple[float, bool]]:
    """Return when it was raised and cleared."""
    found = []
    for at, figure in readings:
        before = vigil.is_raised
        vigil.see(at, 1000.0 + at, figure)
        if vigil.is_raised is not before:
            found.append((at, vigil.is_raised))
    return found


def every(step_s: float, figures: Sequence[float], begin: float = 0.0) -> list[tuple[float, float]]:
    return [(begin + step_s * number, figure) for number, figure in enumerate(figures)]


def test_it_is_raised_when_it_was_beyond_for_the_duration_and_says_since_when() -> None:
    vigil = Vigil(threshold(), "")
    assert raised(vigil, every(10.0, [0.95] * 10)) == [(60.0, True)]
    assert vigil.alert().since == 1000.0
    assert (vigil.alert().figure, vigil.alert().read_at) == (0.95, 1090.0)


def test_one_step_within_the_bound_begins_the_duration_anew() -> None:
    figures = [0.95] * 6 + [0.5] + [0.95] * 7
    assert raised(Vigil(threshold(), ""), every(10.0, figures)) == [(130.0, True)]


def test_the_bound_itself_is_within() -> None:
    assert raised(Vigil(threshold(), ""), every(10.0, [0.9] * 20)) == []
    below = Vigil(threshold(side=Side.BELOW), "")
    assert raised(below, every(10.0, [0.9] * 9 + [0.89] * 9)) == [(150.0, True)]


def test_it_is_cleared_when_it_was_within_for_a_minute_or_a_shorter_duration() -> None:
    long = Vigil(threshold(600.0), "")
    figures = [0.95] * 61 + [0.2] * 10
    assert raised(long, every(10.0, figures)) == [(600.0, True), (670.0, False)]
    long.look(670.0 + REMEMBERED_S)
    before = long.is_over
    long.look(670.0 + REMEMBERED_S + 1.0)
    assert (before, long.is_over) == (False, True)
    short = Vigil(threshold(20.0), "")
    assert raised(short, every(10.0, [0.95] * 3 + [0.2] * 5)) == [(20.0, True), (50.0, False)]


def test_what_swings_is_one_alert_that_lasts_and_says_how_often_it_came() -> None:
    vigil = Vigil(threshold(2.0), "")
    swings = every(1.0, ([0.95] * 4 + [0.2] * 4) * 450)  # an hour
    turns = raised(vigil, swings)
    assert len(turns) <= 6
    assert vigil.is_raised
    assert vigil.alert().times == sum(is_raised for _at, is_raised in turns) > 1
    assert vigil.alert().first < vigil.alert().since


def test_each_time_that_it_comes_back_it_has_to_be_calm_for_twice_as_long_within_bounds() -> None:
    rule = threshold(60.0)
    assert [calm_s(rule, times) for times in (1, 2, 3, 4)] == [60.0, 120.0, 240.0, 480.0]
    assert calm_s(rule, 5) == calm_s(rule, 10_000) == CALM_MOST_S


def test_what_comes_back_after_an_hour_is_another_alert() -> None:
    vigil = Vigil(threshold(20.0), "")
    once = [0.95] * 3 + [0.2] * 3
    assert raised(vigil, every(10.0, once)) == [(20.0, True), (50.0, False)]
    assert raised(vigil, every(10.0, [0.2] * 362, begin=60.0)) == []
    assert raised(vigil, every(10.0, once, begin=4000.0)) == [(4020.0, True), (4050.0, False)]
    assert raised(vigil, every(10.0, [0.95] * 3, begin=4060.0)) == [(4080.0, True)]
    assert (vigil.alert().times, vigil.alert().first) == (2, 5000.0)


def test_a_gap_neither_raises_nor_clears() -> None:
    vigil = Vigil(threshold(), "")
    assert raised(vigil, every(10.0, [0.95] * 6)) == []
    # Beyond before it and after it: that is no minute of which anything is known.
    assert raised(vigil, every(10.0, [0.95] * 6, begin=500.0)) == []
    assert raised(vigil, [(560.0, 0.95)]) == [(560.0, True)]
    assert raised(vigil, every(10.0, [0.2] * 6, begin=570.0)) == []
    assert raised(vigil, [(2000.0, 0.2), (2050.0, 0.2), (2100.0, 0.2)]) == []
    assert vigil.is_raised


def test_what_is_not_read_any_more_is_not_known_and_stays_raised() -> None:
    vigil = Vigil(threshold(20.0), "")
    raised(vigil, every(10.0, [0.95] * 3))
    assert not vigil.look(20.0 + GAP_S)
    assert vigil.look(20.1 + GAP_S)
    assert not vigil.look(200.0)
    assert vigil.is_raised
    assert not vigil.alert().is_known
    assert vigil.see(300.0, 1300.0, 0.95)
    assert vigil.alert().is_known
    assert vigil.alert().since == 1000.0


def test_readings_of_each_second_are_judged_as_those_of_ten() -> None:
    dips = ([0.97] * 9 + [0.6]) * 7  # a mean of 0.933
    assert raised(Vigil(threshold(), ""), every(1.0, dips)) != []
    assert raised(Vigil(threshold(), ""), every(1.0, ([0.97] * 8 + [0.5] * 2) * 30)) == []


def test_a_reading_that_is_no_newer_is_none() -> None:
    vigil = Vigil(threshold(20.0), "")
    assert raised(vigil, [(0.0, 0.95), (0.0, 0.2), (10.0, 0.95), (5.0, 0.1), (20.0, 0.95)]) == [
        (20.0, True)
    ]


def test_a_gap_is_more_than_two_readings_of_those_for_the_history() -> None:
    assert gap_s(threshold()) > 3 * turns.KEPT_S
    inside_threshold = Threshold("fs", Measure.FILESYSTEM_USED, 0.9, Unit.SHARE)
    assert gap_s(inside_threshold) == SELDOM_GAP_S > 3 * inside.KEPT_S
    room_threshold = Threshold("pool", Measure.POOL_USED, 0.9, Unit.SHARE)
    assert gap_s(room_threshold) == SELDOM_GAP_S > 3 * rooms.KEPT_S
    assert Group.ROOM.seldom_s == rooms.KEPT_S
    assert Group.AGENT.seldom_s == inside.KEPT_S


@pytest.mark.parametrize("jump_s", [-1e9, -3600.0, 3600.0, 1e9])
def test_a_wall_clock_that_jumps_changes_nothing(jump_s: float) -> None:
    vigil = Vigil(threshold(), "")
    turned = []
    for number in range(20):
        before = vigil.is_raised
        when = 1e9 + 10.0 * number + (jump_s if number > 3 else 0.0)
        vigil.see(10.0 * number, when, 0.95 if number < 10 else 0.1)
        if vigil.is_raised is not before:
            turned.append(10.0 * number)
    assert turned == [60.0, 160.0]


@dataclass(frozen=True)
class Reading:
    pause_s: float
    figure: float


pauses = st.one_of(st.just(KEPT_S), st.floats(KEPT_S, GAP_S), st.floats(GAP_S + 0.1, 400.0))
readings = st.lists(st.builds(Reading, pauses, st.sampled_from([0.1, 0.9, 0.95])), max_size=60)
thresholds = st.builds(threshold, st.floats(1.0, 300.0), st.sampled_from(Side))


@given(thresholds, readings)
def test_it_turns_exactly_when_it_was_on_the_other_side_for_long_enough(
    rule: Threshold, told: list[Reading]
) -> None:
    """Against what the words say, worked out anew from all readings at each of them."""
    vigil, at, since_turn = Vigil(rule, ""), 0.0, -1
    seen: list[tuple[float, float]] = []
    is_raised, times, ended_at = False, 0, float("-inf")
    for reading in told:
        at += reading.pause_s
        if not is_raised and at - ended_at > REMEMBERED_S:
            times = 0
        seen.append((at, reading.figure))
        run = [at] if rule.is_beyond(reading.figure) is not is_raised else []
        for later, (then, figure) in zip(
            range(len(seen) - 1, 0, -1), reversed(seen[:-1]), strict=True
        ):
            is_gap = seen[later][0] - then > GAP_S
            if not run or is_gap or rule.is_beyond(figure) is is_raised or later - 1 <= since_turn:
                break
            run.append(then)
        needed_s = calm_s(rule, times) if is_raised else rule.duration_s
        if run and at - run[-1] >= needed_s:
            is_raised, since_turn = not is_raised, len(seen) - 1
            times, ended_at = (times + 1, ended_at) if is_raised else (times, at)
        vigil.see(at, at, reading.figure)
        assert vigil.is_raised is is_raised


@given(readings)
def test_what_is_never_beyond_is_never_raised(told: list[Reading]) -> None:
    rule, at = threshold(1.0), 0.0
    vigil = Vigil(rule, "")
    for reading in told:
        at += reading.pause_s
        vigil.see(at, at, min(reading.figure, 0.9))
        vigil.look(at)
        assert not vigil.is_raised
