"""Values are told in words that differ from each other, and switches say what they ask for."""

import pytest

from console.snapins.machines.settings import values


@pytest.mark.parametrize("field", values.VALUES)
def test_no_two_values_are_told_alike(field: str) -> None:
    told = list(values.VALUES[field].values())
    assert len(set(told)) == len(told)
