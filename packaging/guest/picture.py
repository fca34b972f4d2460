"""Draw what the guest's display is made of: a wallpaper, letters of blocks, and a silent keymap.

Only exact arithmetic (the four operations and square roots), so that every machine draws the
same bytes.
"""

import itertools
import math
import struct

from packaging.guest.letters import LETTERS

WIDTH, HEIGHT = 1280, 800
_TOP, _BOTTOM = (214, 231, 219), (143, 181, 162)
_GLAZE_DARK, _GLAZE_LIGHT = (74, 120, 101), (205, 233, 217)
# The vase stands on the lower right panel, whose top edge is at y = 592.
_VASE_X, _VASE_TOP, _VASE_BOTTOM = 1064, 200, 592
# (distance from the lip as a part of the height, radius in pixels)
_PROFILE = (*((0.0, 46.0), (0.015, 50.0), (0.17, 29.0), (0.49, 123.0), (0.95, 56.0), (1.0, 62.0)),)

_HALVES = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}

Colour = tuple[int, int, int]


def _mix(a: Colour, b: Colour, part: float) -> Colour:
    red, green, blue = (int(x + (y - x) * part + 0.5) for x, y in zip(a, b, strict=True))
    return red, green, blue


def _clamp(value: float) -> float:
    return min(1.0, max(0.0, value))


def _radius(height: float) -> float:
    for (start, before), (end, after) in itertools.pairwise(_PROFILE):
        if height <= end:
            part = (height - start) / (end - start)
            return before + (after - before) * part * part * (3 - 2 * part)
    return _PROFILE[-1][1]


def _glaze(across: float) -> Colour:
    """Return the vase's colour at `across` (-1 left edge to 1 right edge), lit from the left."""
    facing = math.sqrt(max(0.0, 1.0 - across * across))
    colour = _mix(_GLAZE_DARK, _GLAZE_LIGHT, _clamp(0.86 * facing - 0.42 * across + 0.02))
    gleam = _clamp(1.0 - abs(across + 0.46) * 9.0)
    return _mix(colour, (250, 255, 252), 0.55 * gleam * gleam)


def _pixel(colour: Colour) -> bytes:
    red, green, blue = colour
    return bytes((blue, green, red, 0))


def _draw_row(y: int) -> bytes:
    background = _mix(_TOP, _BOTTOM, y / HEIGHT)
    row = bytearray(_pixel(background) * WIDTH)
    if _VASE_TOP <= y < _VASE_BOTTOM:
        radius = _radius((y - _VASE_TOP) / (_VASE_BOTTOM - _VASE_TOP))
        reach = int(radius) + 1
        for step in range(-reach, reach + 1):
            cover = _clamp(radius + 0.5 - abs(step))
            across = max(-1.0, min(1.0, step / radius))
            at = 4 * (_VASE_X + step)
            row[at : at + 4] = _pixel(_mix(background, _glaze(across), cover))
    return bytes(row)


def draw_wallpaper() -> bytes:
    """Return a picture of 1280 x 800 pixels as /dev/fb0 takes them: blue, green, red, nothing."""
    return b"".join(_draw_row(y) for y in range(HEIGHT))


def _half_blocks(rows: tuple[int, ...]) -> list[str]:
    """Return 4 lines of 5 cells: each cell shows two dots, one above the other."""
    padded = (*rows, 0)
    lines = []
    for upper, lower in zip(padded[::2], padded[1::2], strict=True):
        cells = ((upper >> bit & 1, lower >> bit & 1) for bit in range(4, -1, -1))
        lines.append("".join(_HALVES[c] for c in cells))
    return lines


def _full_blocks(rows: tuple[int, ...]) -> list[str]:
    """Return 7 lines of 10 cells: each dot is two blocks wide."""
    return ["".join("██" if row >> bit & 1 else "  " for bit in range(4, -1, -1)) for row in rows]


def dump_big_font() -> str:
    """Return shell assignments: s_<letter>_<1..4> small lines, l_<digit>_<1..7> large ones."""
    lines = []
    for name, rows in LETTERS.items():
        lines += [f"s_{name}_{i}='{text}'\n" for i, text in enumerate(_half_blocks(rows), start=1)]
        if name.isdigit() or name == "heart":
            large = enumerate(_full_blocks(rows), start=1)
            lines += [f"l_{name}_{i}='{text}'\n" for i, text in large]
    return "".join(lines)


def dump_silent_keymap() -> bytes:
    """Return a keymap for busybox loadkmap in which no key does anything.

    The guest reads keys from /dev/input; to the kernel's terminal they mean nothing then, so that
    Scroll Lock cannot stop the picture. It replaces the seven tables of the kernel's own keymap.
    """
    hole = 0x0200  # K_HOLE of linux/keyboard.h
    tables = (0, 1, 2, 4, 5, 8, 12)  # plain, shift, altgr, ctrl and their usual unions
    flags = bytes(1 if table in tables else 0 for table in range(256))
    return b"bkeymap" + flags + struct.pack("<128H", *[hole] * 128) * len(tables)
