"""Order as people read."""

from hypothesis import given
from hypothesis import strategies as st

from console.shell.order import natural, sortable


def test_numbers_by_value_and_no_case() -> None:
    words = ["web-10", "Web-2", "web-1", "db", "2", "10"]
    assert sorted(words, key=natural) == ["2", "10", "db", "web-1", "Web-2", "web-10"]


@given(st.lists(st.one_of(st.none(), st.text(), st.floats(allow_nan=False), st.integers())))
def test_anything_can_be_compared(keys: list[str | float | None]) -> None:
    assert len(sorted(keys, key=sortable)) == len(keys)


def test_nothing_stands_before_numbers_and_those_before_words() -> None:
    assert sortable(None) < sortable(-3) < sortable("a")
    assert sortable(("a", "b10")) > sortable(("a", "b9"))
