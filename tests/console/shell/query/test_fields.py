"""Naming a field."""

import pytest

from console.sdk.views import Quantity
from console.shell.query.fields import Field, Fields

FIELDS = Fields(
    (
        Field("state", "State", Quantity.CHOICE),
        Field("status", "Status", Quantity.TEXT),
        Field("memory", "Assigned Memory", Quantity.SIZE),
        Field("memory_used", "Memory in Use", Quantity.SHARE),
        Field("autostart", "Automatic Start", Quantity.FLAG),
    )
)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("state", ["state"]),
        ("STATE", ["state"]),
        ("assignedmemory", ["memory"]),
        ("Assigned-Memory", ["memory"]),
        ("mem", ["memory"]),
        ("memory_u", ["memory_used"]),
        ("assi", ["memory"]),
        ("stat", ["state", "status"]),
        ("nothing", []),
        ("", []),
        ("--", []),
    ],
)
def test_by_id_by_title_and_by_how_either_begins(name: str, found: list[str]) -> None:
    assert [field.id for field in FIELDS.named(name)] == found


def test_what_can_be_asked_for_as_so_or_not() -> None:
    assert [field.id for field in FIELDS.flags] == ["autostart"]
