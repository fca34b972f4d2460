"""The layouts of the world's keyboards, from libxkbcommon: what a guest with that layout writes.

It is the desktop's own library, which Qt needs too, with the layouts that its maintainers keep
(xkeyboard-config). Called by ctypes: its Python binding would need a compiler at every set-up.
"""

import ctypes
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final

from backend.display.input import ALT_RIGHT, SHIFT, SPACE, Key, chord, qnum_of_linux
from backend.display.typing import US, Layout

_LIBRARY: Final = "libxkbcommon.so.0"
_CRITICAL: Final = 10
_X11_FIRST: Final = 8
_KEYS: Final = (*range(2, 14), *range(16, 28), *range(30, 42), *range(43, 54), 57, 86, 89, 124)
"""The keys that write, by Linux' codes: three rows and the space bar, and those of some lands."""
_HELD: Final[tuple[tuple[int, ...], ...]] = ((), (SHIFT,), (ALT_RIGHT,), (SHIFT, ALT_RIGHT))
_X11_CODES: Final = {SHIFT: 42 + _X11_FIRST, ALT_RIGHT: 100 + _X11_FIRST}
_DEAD: Final = {
    0xFE50: "\u0300", 0xFE51: "\u0301", 0xFE52: "\u0302", 0xFE53: "\u0303", 0xFE54: "\u0304",
    0xFE55: "\u0306", 0xFE56: "\u0307", 0xFE57: "\u0308", 0xFE58: "\u030a", 0xFE59: "\u030b",
    0xFE5A: "\u030c", 0xFE5B: "\u0327", 0xFE5C: "\u0328",
}  # fmt: skip
"""Keys that write nothing until the next letter, by the mark that they put on it."""
_ALONE: Final = {"`": "\u0300", "^": "\u0302", "~": "\u0303"}
"""What such a key and the space bar write, whatever system the guest has."""


class _Names(ctypes.Structure):
    _fields_ = tuple(
        (name, ctypes.c_char_p) for name in ("rules", "model", "layout", "variant", "options")
    )


@lru_cache(maxsize=64)
def layout(name: str) -> Layout | None:
    """Return the layout of XKB's name ("de", "ch(fr)"); None if this computer does not know it."""
    if name == US.name:
        return US
    library = _library()
    if library is None or not name:  # XKB's own choice is nobody's
        return None
    with _keymap(library, name) as keymap:
        return Layout(name, _strokes(library, keymap)) if keymap else None


@lru_cache(maxsize=1)
def _library() -> Any:
    try:
        library = ctypes.CDLL(_LIBRARY)
    except OSError:
        return None  # there is no screen without it either, but a server has none
    for function in ("xkb_context_new", "xkb_keymap_new_from_names", "xkb_state_new"):
        getattr(library, function).restype = ctypes.c_void_p
    for function in ("xkb_state_key_get_one_sym", "xkb_keysym_to_utf32"):
        getattr(library, function).restype = ctypes.c_uint32
    return library


@contextmanager
def _keymap(library: Any, name: str) -> Iterator[Any]:
    plain, _, variant = name.rstrip(")").partition("(")
    context = ctypes.c_void_p(library.xkb_context_new(0))
    library.xkb_context_set_log_level(context, _CRITICAL)
    names = _Names(b"evdev", b"pc105", plain.encode(), variant.encode(), b"")
    keymap = ctypes.c_void_p(library.xkb_keymap_new_from_names(context, ctypes.byref(names), 0))
    try:
        yield keymap if keymap.value else None
    finally:
        library.xkb_keymap_unref(keymap)
        library.xkb_context_unref(context)


def _strokes(library: Any, keymap: Any) -> dict[str, tuple[Key, ...]]:
    """Press every key with every modifier, and see what it writes; the simplest way is kept."""
    written: dict[str, tuple[Key, ...]] = {}
    dead: dict[str, tuple[Key, ...]] = {}
    for held in _HELD:
        state = ctypes.c_void_p(library.xkb_state_new(keymap))
        for modifier in held:
            library.xkb_state_update_key(state, _X11_CODES[modifier], 1)
        for code in _KEYS:
            symbol = library.xkb_state_key_get_one_sym(state, code + _X11_FIRST)
            number = qnum_of_linux(code)
            if number is None or not symbol:
                continue
            strokes = chord(*held, number)
            if symbol in _DEAD:
                dead.setdefault(_DEAD[symbol], strokes)
            elif (character := library.xkb_keysym_to_utf32(symbol)) >= ord(" "):
                written.setdefault(chr(character), strokes)
        library.xkb_state_unref(state)
    return _composed(written, dead) | written


def _composed(
    written: dict[str, tuple[Key, ...]], dead: dict[str, tuple[Key, ...]]
) -> dict[str, tuple[Key, ...]]:
    """Return what two keys write, one after the other: a mark, and the letter that it is put on."""
    alone = {sign: (*dead[mark], *chord(SPACE)) for sign, mark in _ALONE.items() if mark in dead}
    pairs = ((mark, letter) for mark in dead for letter in written)
    joined = ((unicodedata.normalize("NFC", letter + mark), mark, letter) for mark, letter in pairs)
    return alone | {
        character: (*dead[mark], *written[letter])
        for character, mark, letter in joined
        if len(character) == 1
    }
