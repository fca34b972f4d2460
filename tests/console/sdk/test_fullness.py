"""What fills up is told in time."""

import pytest

from console.sdk.fullness import fullness
from console.sdk.nodes import Tone


@pytest.mark.parametrize(
    ("share", "tone"),
    [(0.0, Tone.PLAIN), (0.849, Tone.PLAIN), (0.85, Tone.WARNING), (0.95, Tone.BAD), (2, Tone.BAD)],
)
def test_it_is_told_from_85_and_95_per_cent_on(share: float, tone: Tone) -> None:
    assert fullness(share) is tone
