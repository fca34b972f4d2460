"""What is said of a file of ours that is not as it should be."""

from pathlib import Path

import pytest

from console.sdk.kept_file import Fault, Trouble
from console.sdk.kept_words import sentence

PLACE = Path("/home/ada/.config/celadon/console.json")


@pytest.mark.parametrize("fault", Fault)
def test_each_fault_has_a_sentence_that_names_the_file(fault: Fault) -> None:
    told = sentence(Trouble(fault, PLACE, "x"))
    assert str(PLACE) in told
    assert told.endswith(".")


def test_a_damaged_file_is_said_to_lie_where_it_lies() -> None:
    aside = Path(f"{PLACE}.damaged")
    restored = sentence(Trouble(Fault.DAMAGED, PLACE, aside=aside, is_restored=True))
    assert str(aside) in restored
    assert "was taken" in restored
    lost = sentence(Trouble(Fault.DAMAGED, PLACE))
    assert "was taken" not in lost
    assert "lies at" not in lost
