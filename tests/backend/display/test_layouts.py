"""What each layout's keys write, beside what QEMU's own tables say of the same keyboards."""

import ctypes
import re
import string
from pathlib import Path

import pytest

from backend.display.input import ALT_RIGHT, SHIFT, SPACE, chord, qnum_of_linux
from backend.display.layouts import _library, layout
from backend.display.typing import US, Layout

TABLES = Path("/usr/share/qemu/keymaps")
LATIN = (
    "us", "gb", "de", "at", "ch", "ch(fr)", "fr", "be", "es", "latam", "it", "pt", "br", "nl",
    "dk", "se", "no", "fi", "pl", "cz", "hu", "tr", "jp",
)  # fmt: skip
ASCII = string.ascii_letters + string.digits + string.punctuation + " \n\t"


def made(name: str) -> Layout:
    found = layout(name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", LATIN)
def test_every_layout_writes_all_of_ascii(name: str) -> None:
    # Whoever cannot type a path or a pipe has no use for it.
    typed, missing = made(name).prepared(ASCII)
    assert missing == ()
    assert typed == ASCII


def test_letters_stand_where_they_do_on_real_keyboards() -> None:
    german, french = made("de"), made("fr")
    assert german.strokes_for("y") == chord(0x2C)
    assert german.strokes_for("z") == chord(0x15)
    assert german.strokes_for("@") == chord(ALT_RIGHT, 0x10)
    assert german.strokes_for("ß") == chord(0x0C)
    assert german.strokes_for("Ü") == chord(SHIFT, 0x1A)
    assert french.strokes_for("a") == chord(0x10)
    assert french.strokes_for("1") == chord(SHIFT, 0x02)
    assert french.strokes_for("é") == chord(0x03)
    assert made("gb").strokes_for("£") == chord(SHIFT, 0x04)


def test_what_takes_two_keys_is_typed_by_two() -> None:
    french = made("fr")
    assert french.strokes_for("ê") == (*chord(0x1A), *chord(0x12))
    assert made("de").strokes_for("^") == (*chord(0x29), *chord(SPACE))
    assert french.strokes_for("λ") is None


def test_what_is_no_layout_is_none() -> None:
    assert layout("klingon") is None
    assert layout("") is None
    assert layout("us") is US


@pytest.mark.parametrize(
    ("name", "table"),
    [("de", "de"), ("fr", "fr"), ("gb", "en-gb"), ("es", "es"), ("it", "it"),
     ("dk", "da"), ("no", "no"), ("pl", "pl"), ("pt", "pt"), ("ch", "de-ch"), ("us", "en-us")],
)  # fmt: skip
def test_keys_are_those_that_qemu_knows(name: str, table: str) -> None:
    """QEMU's tables were made of the same layouts elsewhere, by another program."""
    ours, compared = made(name), 0
    lines = (TABLES / table).read_text().splitlines()
    for symbol, number, shift in re.findall(r"(?m)^(\w+) 0x([0-3].)( shift)?$", "\n".join(lines)):
        held = (SHIFT,) if shift else ()
        character = written(symbol)
        strokes = ours.strokes_for(character) if character else None
        # Signs are also on the keypad, or dead in one variant and not in another.
        if strokes is not None and character.isalnum():
            compared += 1
            assert strokes == chord(*held, int(number, 16)), character
    assert compared > 60


def written(name: str) -> str:
    """Return what X11 says that a key symbol of this name writes; "" if nothing."""
    library = _library()
    library.xkb_keysym_from_name.restype = ctypes.c_uint32
    code = int(library.xkb_keysym_to_utf32(library.xkb_keysym_from_name(name.encode(), 0)))
    return chr(code) if code > 31 else ""


def test_keys_that_only_some_lands_have_are_known() -> None:
    assert made("jp").strokes_for("_") == chord(SHIFT, qnum_of_linux(89) or 0)
    assert made("de").strokes_for("<") == chord(qnum_of_linux(86) or 0)
