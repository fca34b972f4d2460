"""Text typed at a screen: each character as keys pressed and let go, on a US keyboard."""

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
"""What each key writes, without and with Shift."""
_STROKES: Final = {
    **{character: chord(SHIFT, number) for number, character in SHIFTED.items()},
    **{character: chord(number) for number, character in PLAIN.items()},
    "\n": chord(ENTER),
    "\t": chord(TAB),
}


def strokes_for(character: str) -> tuple[Key, ...] | None:
    """Return the keys that write a character; None if a US keyboard does not have it."""
    return _STROKES.get(character)


def prepared(text: str) -> tuple[str, int]:
    """Return what of a text can be typed, its lines ended as Enter does, and how much cannot."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    typed = "".join(character for character in lines if character in _STROKES)
    return typed, len(lines) - len(typed)
