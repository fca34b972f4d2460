"""Text typed at a screen: each character as keys pressed and let go, on a keyboard of a layout.

The guest decides what a key writes, so the layout is the guest's.
"""

from collections.abc import Mapping
from typing import Final

from backend.display.input import ENTER, SHIFT, TAB, Key, chord

_ROWS: Final = (
    (0x02, "1234567890-=", "!@#$%^&*()_+"),
    (0x10, "qwertyuiop[]", "QWERTYUIOP{}"),
    (0x1E, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (0x2B, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (0x39, " ", " "),
)
PLAIN: Final = {first + at: c for first, row, _ in _ROWS for at, c in enumerate(row)}
SHIFTED: Final = {first + at: c for first, _, row in _ROWS for at, c in enumerate(row)}
"""What each key writes on a US keyboard, without and with Shift."""
_EVERYWHERE: Final = {"\n": chord(ENTER), "\t": chord(TAB)}


class Layout:
    """What a keyboard's keys write: `strokes` are the keys for each character that it has."""

    def __init__(self, name: str, strokes: Mapping[str, tuple[Key, ...]]) -> None:
        self.name = name
        self._strokes = {**strokes, **_EVERYWHERE}

    def strokes_for(self, character: str) -> tuple[Key, ...] | None:
        """Return the keys that write a character; None if this keyboard does not have it."""
        return self._strokes.get(character)

    def prepared(self, text: str) -> tuple[str, tuple[str, ...]]:
        """Return what of a text can be typed, its lines ended as Enter does, and what cannot.

        Each character that cannot is named once, in the order of the text.
        """
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        typed = "".join(character for character in lines if character in self._strokes)
        missing = dict.fromkeys(character for character in lines if character not in self._strokes)
        return typed, tuple(missing)


US: Final = Layout(
    "us",
    {
        **{character: chord(SHIFT, number) for number, character in SHIFTED.items()},
        **{character: chord(number) for number, character in PLAIN.items()},
    },
)
