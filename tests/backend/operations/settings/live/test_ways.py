"""Each field that can be changed while a machine runs stands in a description."""

from backend.operations.settings.commanded import BY_COMMAND
from backend.operations.settings.live.ways import WAYS


def test_no_field_has_two_ways() -> None:
    assert not set(WAYS) & set(BY_COMMAND)
