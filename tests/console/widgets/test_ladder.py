"""Axes end at a round figure that wastes little, and are told in equal round steps."""

import math

import pytest

from console.widgets.ladder import BINARY, DECIMAL, Ladder, ladder_of


@pytest.mark.parametrize(
    ("value", "top"),
    [(0.0, 0.1), (0.3, 0.3), (1.0, 1.0), (2.6, 3.0), (3.4, 4.0), (51.0, 60.0), (1e9, 1e9)],
)
def test_the_top_is_a_round_figure(value: float, top: float) -> None:
    assert DECIMAL.top(value) == pytest.approx(top)


@pytest.mark.parametrize(
    ("value", "top"),
    [(0.0, 0.25), (0.9, 1.0), (15.5, 16.0), (23.5, 24.0), (62.7, 64.0), (376.0, 384.0)],
)
def test_memory_has_tops_of_which_memory_is_made(value: float, top: float) -> None:
    assert BINARY.top(value) == top


@pytest.mark.parametrize("ladder", [DECIMAL, BINARY])
@pytest.mark.parametrize("value", [0.4 * 1.07**power for power in range(120)])
def test_little_of_an_axis_is_wasted_and_it_is_told_in_some_steps(
    ladder: Ladder, value: float
) -> None:
    top = ladder.top(value)
    told = list(ladder.figures(top, 99))
    assert top * 0.6 < value <= top * (1 + 1e-9)
    assert 3 <= len(told) <= 6
    assert math.isclose(told[-1], top)


@pytest.mark.parametrize(
    ("top", "lines", "told"),
    [
        (100.0, 20, [0, 20, 40, 60, 80, 100]), (100.0, 5, [0, 50, 100]), (100.0, 1, [0, 100]),
        (2.0, 9, [0, 0.5, 1, 1.5, 2]), (5.0, 9, [0, 1, 2, 3, 4, 5]), (0.2, 4, [0, 0.1, 0.2]),
        (60.0, 9, [0, 20, 40, 60]), (60.0, 4, [0, 60]),
    ],
)  # fmt: skip
def test_figures_are_round_and_stand_in_the_room_there_is(
    top: float, lines: float, told: list[float]
) -> None:
    assert list(DECIMAL.figures(top, lines)) == pytest.approx(told)


@pytest.mark.parametrize(
    ("top", "lines", "told"),
    [(24.0, 9, [0, 8, 16, 24]), (64.0, 9, [0, 16, 32, 48, 64]), (64.0, 4, [0, 32, 64])],
)
def test_figures_of_memory(top: float, lines: float, told: list[float]) -> None:
    assert list(BINARY.figures(top, lines)) == told


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_figure_wants_no_room(value: float) -> None:
    assert DECIMAL.top(value) == DECIMAL.lowest
    with pytest.raises(ValueError, match=str(value)):
        DECIMAL.step(value)


def test_units_in_powers_of_two_are_known_by_their_name() -> None:
    assert [ladder_of(unit) for unit in ("GiB", "MiB/s")] == [BINARY, BINARY]
    assert [ladder_of(unit) for unit in ("%", "", "ms", "a second")] == [DECIMAL] * 4
