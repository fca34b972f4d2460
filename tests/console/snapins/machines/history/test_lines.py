"""Changes as lines: by day, with a mark at the one that is so now."""

import pytest

from backend.operations.alterations import Alteration
from console.sdk.nodes import Tone
from console.snapins.machines.history import words
from console.snapins.machines.history.lines import Lines, columns
from console.snapins.machines.history.past import Past
from tests.console.snapins.machines.history.changes import three


def test_the_definition_of_now_is_marked() -> None:
    past = Past()
    past.add(three(now="m2"), None)
    rows = [line for day in Lines().of(past) for line in day.below]
    assert [row.cells[1].icon for row in rows] == [
        "ph.sliders-horizontal", "ph.sliders-horizontal", "ph.check-circle", "ph.flag",
    ]  # fmt: skip
    assert rows[2].cells[1].tone is Tone.GOOD
    assert all(len(row.cells) == len(columns()) for row in rows)


def test_what_is_known_is_put_into_words_once(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    headline = words.headline

    def count(change: Alteration) -> str:
        told.append(change.entry.uid)
        return headline(change)

    monkeypatch.setattr(words, "headline", count)
    past, kept = Past(), Lines()
    past.add(three(now="m2"), None)
    first = kept.of(past)
    assert len(told) == 3
    assert kept.of(past) == first
    assert len(told) == 3
    past.now = "m3"  # the mark moves from one line to another
    kept.of(past)
    assert len(told) == 5


def test_nothing_is_no_line() -> None:
    assert Lines().of(Past()) == ()
