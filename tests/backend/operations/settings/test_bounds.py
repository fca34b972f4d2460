"""What is typed in is held against what a setting can be."""

import pytest

from backend.errors import Problem
from backend.operations.settings import bounds
from backend.settings import Bounds, Choice, Value, ValueKind

OFFERED = Bounds(choices=(Choice("a"), Choice("b", Problem("NotSupported")), Choice(1)))


@pytest.mark.parametrize(
    ("kind", "allowed", "value", "problem"),
    [
        (ValueKind.NUMBER, Bounds(1, 9), 5, ""),
        (ValueKind.NUMBER, Bounds(1, 9), 0, "ValueTooSmall"),
        (ValueKind.NUMBER, Bounds(1, 9), 10, "ValueTooLarge"),
        (ValueKind.NUMBER, Bounds(1, 9), True, "ValueNotOffered"),
        (ValueKind.NUMBER, Bounds(1, 9), None, "ValueNeeded"),
        (ValueKind.NUMBER, Bounds(can_be_unset=True), None, ""),
        (ValueKind.BYTES, Bounds(1024, step=1024), 1023, "SizeTooSmall"),
        (ValueKind.BYTES, Bounds(1024, 4096), 8192, "SizeTooLarge"),
        (ValueKind.BYTES, Bounds(1024, step=1024), 1025, "ValueNotOffered"),
        (ValueKind.WORD, OFFERED, "a", ""),
        (ValueKind.WORD, OFFERED, "b", ""),
        (ValueKind.WORD, OFFERED, "c", "ValueNotOffered"),
        (ValueKind.WORD, OFFERED, True, "ValueNotOffered"),
        (ValueKind.WORD, Bounds(choices=(Choice("a"),), is_open=True), "c", ""),
        (ValueKind.SWITCH, Bounds(), "yes", "ValueNotOffered"),
        (ValueKind.LIST, OFFERED, ("a", "c"), "ValueNotOffered"),
        (ValueKind.LIST, OFFERED, ("a",), ""),
    ],
)
def test_a_value_is_held_against_its_bounds(
    kind: ValueKind, allowed: Bounds, value: Value, problem: str
) -> None:
    found = bounds.problem(kind, allowed, value)
    assert (found.message_id if found else "") == problem


def test_what_xml_cannot_hold_is_left_out_and_empty_is_none() -> None:
    assert bounds.tidy("a\x00b\r\n") == "ab"
    assert bounds.tidy("  ") is None
    assert bounds.tidy(()) is None
    assert bounds.tidy(0) == 0
