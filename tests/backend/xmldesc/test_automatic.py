"""What a machine does when its host starts and stops, and in which order."""

import pytest

from backend.xmldesc import automatic
from backend.xmldesc.automatic import Habit

URN = "xmlns:c='urn:celadon:machine:1'"


def described(**noted: object) -> str:
    words = " ".join(f"{name.replace('_', '-')}='{value}'" for name, value in noted.items())
    return f"<domain><metadata><c:machine {URN} {words}/></metadata></domain>"


def test_what_is_not_said_is_as_usual() -> None:
    assert automatic.parse("<domain/>") == Habit()
    assert Habit().action == "save"


def test_what_is_noted_is_read() -> None:
    text = described(start_order=3, start_delay=10, stop_action="shut_down", stop_timeout=5)
    assert automatic.parse(text) == Habit(3, 10, "shut_down", 5)


@pytest.mark.parametrize(
    "noted", [{"stop_action": "explode"}, {"start_delay": "soon"}, {"stop_timeout": "x"}]
)
def test_what_cannot_be_read_is_as_usual(noted: dict[str, object]) -> None:
    assert automatic.parse(described(**noted)) == Habit()


def test_they_start_by_number_and_name_and_stop_the_other_way_round() -> None:
    rows = [
        ("any b", "B", Habit()),
        ("two", "x", Habit(2, 7)),
        ("any a", "a", Habit()),
        ("one", "z", Habit(1)),
        ("also two", "y", Habit(2)),
    ]
    assert [thing for thing, _habit in automatic.in_order(rows)] == [
        "one", "two", "also two", "any a", "any b",
    ]  # fmt: skip
    assert [[thing for thing, _habit in group] for group in automatic.in_groups(rows)] == [
        ["any b", "any a"], ["also two", "two"], ["one"],
    ]  # fmt: skip
