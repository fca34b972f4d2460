"""What a guest writes, strained: text and the few escape sequences that a terminal is meant for.

Everything else is taken out unread: titles, clipboards (OSC 52), pictures, sequences that are
malformed, too long or unknown to pyte, which would fail on them or keep them for ever. Time grows
with the length of what came, memory with nothing.
"""

import codecs
import re
from collections.abc import Callable
from typing import Final

_MOST: Final = 9999
# Nothing here repeats without bound within something that does, so time grows with length alone.
_PLAIN: Final = re.compile(r"[^\x00-\x06\x10-\x1f\x7f-\x9f]+")
_JUNK: Final = re.compile(r"[\x00-\x06\x10-\x1a\x1c-\x1f\x7f-\x9f]+")
_CSI: Final = re.compile(r"\x1b\[([0-?]{0,64})([ -/]{0,2})([@-~])")
_STRING: Final = re.compile(r"\x1b[\]PX^_k]")
_STRING_END: Final = re.compile("[\x07\x18\x1a\x1b]")
_ESCAPE: Final = re.compile(r"\x1b([ -/]{0,2})([0-~])")
_BEGUN: Final = re.compile(r"\x1b(?:\[[0-?]{0,64}[ -/]{0,2}|[ -/]{0,2})\Z")
_TOO_LONG: Final = re.compile(r"\x1b\[[0-?]*|\x1b")
_SIMPLE: Final = frozenset("cDEHM78")
_CHARSETS: Final = frozenset("B0UK")
# How many numbers each final letter may bring.
_NUMBERS: Final = {
    **dict.fromkeys("@ABCDEFGLMPXadeST", 1), "H": 2, "f": 2, "r": 2, "J": 1, "K": 1, "g": 1,
    "c": 1, "n": 1, "`": 1,
}  # fmt: skip
_VALUES: Final = {"J": (0, 1, 2, 3), "K": (0, 1, 2), "g": (0, 3), "c": (0,), "n": (5, 6)}
_MODES: Final = frozenset({4, 20})
_PRIVATE_MODES: Final = frozenset({1, 7, 25, 47, 1047, 1048, 1049, 2004})
_MODE_SET: Final = re.compile(rb"\x1b\[\?[0-9;]{1,32}[hl]")


class Sieve:
    """Strains bytes as they come, wherever they are cut; what has only begun waits."""

    def __init__(self) -> None:
        self._decode: Callable[[bytes], str] = codecs.getincrementaldecoder("utf-8")(
            "replace"
        ).decode
        self._rest = ""
        self._is_in_string = False

    def strain(self, data: bytes) -> str:
        """Return what of it, and of what waited, is to be shown."""
        text = self._rest + self._decode(data)
        self._rest = ""
        kept: list[str] = []
        at = 0
        while at < len(text):
            if self._is_in_string:
                at = self._leave_string(text, at)
            elif found := _PLAIN.match(text, at):
                kept.append(found[0])
                at = found.end()
            elif text[at] != "\x1b":
                junk = _JUNK.match(text, at)
                at = junk.end() if junk else at + 1
            elif _BEGUN.match(text, at):
                self._rest = text[at:]
                break
            else:
                at = self._strain_escape(text, at, kept)
        return "".join(kept)

    def _leave_string(self, text: str, at: int) -> int:
        end = _STRING_END.search(text, at)
        if end is None:
            return len(text)
        self._is_in_string = False
        return end.start() if end[0] == "\x1b" else end.end()

    def _strain_escape(self, text: str, at: int, kept: list[str]) -> int:
        if _STRING.match(text, at):
            self._is_in_string = True
            return at + 2
        if found := _CSI.match(text, at):
            kept.append("" if found[2] else _csi(found[1], found[3]))
            return found.end()
        if text.startswith("\x1b[", at) or (found := _ESCAPE.match(text, at)) is None:
            broken = _TOO_LONG.match(text, at)
            return broken.end() if broken else at + 1
        between, final = found[1], found[2]
        is_charset = between in ("(", ")") and final in _CHARSETS
        if is_charset or (not between and final in _SIMPLE):
            kept.append(found[0])
        return found.end()


def modes_in(data: bytes) -> bytes:
    """Return what switches the terminal's modes in bytes that nobody will see."""
    return b"".join(_MODE_SET.findall(data))


def _csi(told: str, final: str) -> str:
    """Return a control sequence as pyte takes it, "" for one that is not to be."""
    if final == "m":
        return _rendition(told)
    if final in "hl":
        return _mode(told, final)
    if final in "su" and not told:
        return "\x1b7" if final == "s" else "\x1b8"
    numbers = _numbers(told)
    if numbers is None or len(numbers) > _NUMBERS.get(final, 0):
        return ""
    if final in _VALUES and (numbers or [0])[0] not in _VALUES[final]:
        return ""
    if final == "J" and numbers == [3]:
        numbers = [2]  # what was shown stays until whoever looks at it clears it
    final = "G" if final == "`" else final
    return f"\x1b[{';'.join(map(str, numbers))}{final}"


def _mode(told: str, final: str) -> str:
    allowed, mark = (_PRIVATE_MODES, "?") if told.startswith("?") else (_MODES, "")
    numbers = _numbers(told.removeprefix("?")) or []
    return "".join(f"\x1b[{mark}{number}{final}" for number in numbers if number in allowed)


def _numbers(told: str) -> list[int] | None:
    """Return the numbers between semicolons, none larger than pyte counts; None for others."""
    if not told:
        return []
    parts = told.split(";")
    if not all(part.isdecimal() or not part for part in parts):
        return None
    return [min(int(part or 0), _MOST) for part in parts]


def _rendition(told: str) -> str:
    """Return the attributes that pyte knows, with colours in the form that it knows."""
    if told and told[0] in "<=>?":
        return ""
    kept: list[int] = []
    parts = told.split(";")
    while parts:
        part = parts.pop(0)
        if ":" in part:
            kept += _with_colons(part)
            continue
        if not part.isdecimal() and part:
            return ""
        code = int(part or 0)
        if code in (38, 48, 58):
            count = {"5": 2, "2": 4}.get(parts[0] if parts else "", 1)
            kept += _colour(code, parts[:count])
            del parts[:count]
        else:
            kept.append(min(code, _MOST))
    return f"\x1b[{';'.join(map(str, kept))}m" if kept else ""


def _with_colons(part: str) -> list[int]:
    """Return "38:2::1:2:3", "38:5:9" or "4:3" with semicolons; a curly line is a line."""
    code, *rest = part.split(":")
    if code == "4":
        return [24 if rest[:1] == ["0"] else 4]
    if code not in ("38", "48"):
        return []
    if rest[:1] == ["2"] and len(rest) > 4:
        del rest[1]  # the colour space
    return _colour(int(code), rest)


def _colour(code: int, told: list[str]) -> list[int]:
    numbers = _numbers(";".join(told)) or []
    is_whole = (numbers[:1] == [5] and len(numbers) == 2) or (
        numbers[:1] == [2] and len(numbers) == 4
    )
    if code == 58 or not is_whole:
        return []
    return [code, numbers[0], *(min(number, 255) for number in numbers[1:])]
