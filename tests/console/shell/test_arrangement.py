"""How a list is arranged, as text and back, from one version to the next."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.sdk.kept_file import Json
from console.sdk.views import Cell, Column
from console.shell.arrangement import Arrangement, Mode, first, parse


def column(name: str, *, is_shown: bool = True) -> Column[object]:  # type: ignore[type-var]
    return Column(name, name.upper(), lambda _record, _lookup: Cell(""), is_shown=is_shown)


COLUMNS = [column(name) for name in ("name", "state", "cpu")] + [column("uuid", is_shown=False)]
IDS = st.sampled_from(["name", "state", "cpu", "uuid", "gone"])
ARRANGEMENTS = st.builds(
    Arrangement,
    st.lists(IDS, unique=True).map(
        lambda kept: (*kept, *(c.id for c in COLUMNS if c.id not in kept))
    ),
    st.frozensets(IDS),
    st.dictionaries(IDS, st.integers(1, 9999)),
    st.sampled_from([column.id for column in COLUMNS]),
    st.booleans(),
    st.sampled_from(["", "state"]),
    st.frozensets(st.text()),
    st.sampled_from(Mode),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
NAMES = ("order", "hidden", "widths", "sort", "descending", "group", "closed", "mode")


def test_the_first_day() -> None:
    assert first(COLUMNS) == Arrangement(
        ("name", "state", "cpu", "uuid"), frozenset({"uuid"}), sort="name"
    )
    assert parse(None, COLUMNS) == first(COLUMNS)


@given(ARRANGEMENTS)
def test_what_was_kept_comes_back(arrangement: Arrangement) -> None:
    assert parse(json.loads(json.dumps(arrangement.dump())), COLUMNS) == arrangement


def test_a_new_column_stands_behind_its_neighbour_and_nothing_is_thrown_away() -> None:
    kept = replace(first(COLUMNS), order=("cpu", "state", "name", "uuid"), sort="cpu",
                   hidden=frozenset({"state"}), widths={"cpu": 77})  # fmt: skip
    later = [*COLUMNS[:2], column("host"), column("tags", is_shown=False), *COLUMNS[2:]]
    found = parse(kept.dump(), later)
    assert found.order == ("cpu", "state", "host", "tags", "name", "uuid")
    assert found.hidden == {"state", "tags"}
    assert (found.sort, found.widths) == ("cpu", {"cpu": 77})


def test_a_column_that_was_gone_finds_its_place_again() -> None:
    kept = replace(first(COLUMNS), order=("state", "cpu", "name", "uuid"), sort="cpu", group="cpu")
    meanwhile = parse(kept.dump(), [c for c in COLUMNS if c.id != "cpu"])
    assert (meanwhile.sort, meanwhile.group) == ("name", "")
    assert parse(meanwhile.dump(), COLUMNS).order == kept.order


@given(JSON | st.dictionaries(st.sampled_from(NAMES), JSON))
def test_anything_is_taken(told: Json) -> None:
    found = parse(told, COLUMNS)
    assert {c.id for c in COLUMNS} <= set(found.order)
    assert found.sort in {c.id for c in COLUMNS}
    assert parse(found.dump(), COLUMNS) == found


@pytest.mark.parametrize("place", [-3, 0, 1, 3, 9])
def test_a_column_moves_and_none_is_lost(place: int) -> None:
    moved = first(COLUMNS).moved("cpu", place)
    assert sorted(moved.order) == ["cpu", "name", "state", "uuid"]
    assert moved.order.index("cpu") == min(max(place, 0), 3)


def test_steps_one_can_take() -> None:
    start = first(COLUMNS)
    assert start.shown("uuid").hidden == frozenset()
    assert start.without("cpu").hidden == {"cpu", "uuid"}
    assert start.sized("cpu", 9).widths == {"cpu": 9}
    assert start.folded("Off").closed == {"Off"}
    assert start.folded("Off").folded("Off") == start
