"""Changes as lines: by day, with a mark at the one that is so now."""

from console.sdk.nodes import Tone
from console.snapins.machines.history.lines import columns, lines
from console.snapins.machines.history.past import Past
from tests.console.snapins.machines.history.changes import three


def test_the_definition_of_now_is_marked() -> None:
    past = Past()
    past.add(three(now="m2"), None)
    rows = [line for day in lines(past) for line in day.below]
    assert [row.cells[1].icon for row in rows] == [
        "ph.sliders-horizontal", "ph.sliders-horizontal", "ph.check-circle", "ph.flag",
    ]  # fmt: skip
    assert rows[2].cells[1].tone is Tone.GOOD
    assert all(len(row.cells) == len(columns()) for row in rows)


def test_nothing_is_no_line() -> None:
    assert lines(Past()) == ()
