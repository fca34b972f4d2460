"""Keysyms for servers that take no scan codes, and how a character is typed."""

import string

import pytest

from backend.display import input as inputs
from backend.display.rfb.keysyms import keysym_of
from backend.display.typing import US


@pytest.mark.parametrize(
    ("number", "plain", "shifted"),
    [
        (0x1E, ord("a"), ord("A")),
        (0x02, ord("1"), ord("!")),
        (0x2B, ord("\\"), ord("|")),
        (0x29, ord("`"), ord("~")),
        (inputs.ENTER, 0xFF0D, 0xFF0D),
        (inputs.F1, 0xFFBE, 0xFFBE),
        (inputs.F12, 0xFFC9, 0xFFC9),
        (inputs.DELETE, 0xFFFF, 0xFFFF),
        (0xFE, 0, 0),
    ],
)
def test_keysyms(number: int, plain: int, shifted: int) -> None:
    assert keysym_of(number, is_shifted=False) == plain
    assert keysym_of(number, is_shifted=True) == shifted


def test_what_is_typed_has_the_keysym_of_its_character() -> None:
    for letter in string.ascii_letters + string.digits + string.punctuation + " ":
        strokes = US.strokes_for(letter)
        assert strokes is not None
        is_shifted = strokes[0].number == inputs.SHIFT
        key = strokes[1 if is_shifted else 0]
        assert keysym_of(key.number, is_shifted=is_shifted) == ord(letter)
