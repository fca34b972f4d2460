"""What fills up is told in time."""

import re

import pytest

from console.sdk.fullness import fullness
from console.sdk.nodes import Tone
from console.shell.resources import resource


@pytest.mark.parametrize(
    ("share", "tone"),
    [(0.0, Tone.PLAIN), (0.849, Tone.PLAIN), (0.85, Tone.WARNING), (0.95, Tone.BAD), (2, Tone.BAD)],
)
def test_it_is_told_from_85_and_95_per_cent_on(share: float, tone: Tone) -> None:
    assert fullness(share) is tone


def test_the_help_says_the_same() -> None:
    said = (resource("help") / "storage.md").read_text()
    found = re.search(r"\*Nearly full\* means (\d+) % or more, in red from (\d+) %", said)
    assert found
    told, full = (int(share) / 100 for share in found.groups())
    assert (fullness(told - 0.001), fullness(told)) == (Tone.PLAIN, Tone.WARNING)
    assert (fullness(full - 0.001), fullness(full)) == (Tone.WARNING, Tone.BAD)
