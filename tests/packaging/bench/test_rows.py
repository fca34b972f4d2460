"""What was measured, written down."""

import json

import pytest
from celadon_bench.rows import Row, dump, percentile, table
from hypothesis import given
from hypothesis import strategies as st


def test_json_has_what_whoever_compares_needs() -> None:
    rows = [Row("start", "ms", 500.0, 2000.0, "virt-manager", 1000.0), Row("scroll", "", 0.0)]
    first, second = json.loads(dump(rows))
    assert first == {
        "name": "start",
        "unit": "ms",
        "ours": 500.0,
        "peer": 2000.0,
        "peer_name": "virt-manager",
        "ratio": 0.25,
        "goal": 1000.0,
    }
    assert (second["peer"], second["peer_name"], second["ratio"], second["goal"]) == (None,) * 4


def test_a_goal_that_was_missed_is_marked() -> None:
    text = table([Row("fast", "ms", 1.0, goal=2.0), Row("slow", "ms", 3.0, goal=2.0)])
    assert [line.endswith("MISSED") for line in text.splitlines()] == [False, False, True]
    assert not Row("free", "ms", 3.0).is_missed


@pytest.mark.parametrize(("share", "value"), [(0.5, 2), (0.95, 4), (1.0, 4), (0.01, 1)])
def test_percentiles(share: float, value: float) -> None:
    assert percentile([4, 1, 3, 2], share) == value


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1.0))
def test_a_percentile_is_one_of_the_values(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-6
