"""When what can be full up is to be looked at: one idea for all that show it."""

from typing import Final

from console.sdk.nodes import Tone

_FILLING: Final = 0.85
_FULL: Final = 0.95


def fullness(share: float) -> Tone:
    """Return the tone of something of which that share, 0 to 1, is used."""
    if share >= _FULL:
        return Tone.BAD
    return Tone.WARNING if share >= _FILLING else Tone.PLAIN
