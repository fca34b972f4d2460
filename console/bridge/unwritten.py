"""Imported before the rest of the program: what has to be compiled is compiled once it is used.

Python writes each method of a dataclass as text and compiles it where the class is made: six for
one that is frozen, and a start makes 180 such classes. Most are never compared, printed or hashed.
Patterns of regular expressions are compiled where modules name them, PySide's own among them, and
most match nothing before somebody types. That was a sixth of a start. So the text is kept, and
compiled with the first use.

Python 3.13 and later compile a whole class at once, by other means, and are left as they are.
"""

import dataclasses
import re
import sys
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from typing_extensions import override

_OURS = ("backend", "console")
_PYSIDES = "shibokensupport"
_OF_A_FUNCTION = 1
"""Python's flag of code that runs with each call, and not once where it stands."""
_DONE_BY_PATTERNS = frozenset(
    ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")
)
"""Some keep the method of a pattern, and not the pattern."""
Method = Callable[..., Any]
_create: Callable[..., Method] | None = getattr(dataclasses, "_create_fn", None)
_compile: Callable[..., Any] = re.compile


def _create_later(name: str, *text: Any, **surroundings: Any) -> Method:
    """Return what becomes the method of that name of its class with the first call."""
    if _create is None:
        raise NotImplementedError
    written = cache(partial(_create, name, *text, **surroundings))

    def unwritten(*arguments: Any, **named: Any) -> Any:
        method = written()
        method.__qualname__ = unwritten.__qualname__
        for owner in type(arguments[0]).__mro__:
            if owner.__dict__.get(name) is unwritten:
                type.__setattr__(owner, name, method)
        return method(*arguments, **named)

    unwritten.__name__ = name
    return unwritten


class _Pattern:
    """A pattern of a module's own: what it does is done by the one it stands for, once made."""

    def __init__(self, *text: Any) -> None:
        self._made = cache(partial(_compile, *text))

    @property  # type: ignore[misc]  # nobody sets it
    @override
    def __class__(self) -> Any:
        """What it stands for: `re.sub(PATTERN, ...)` and whoever else asks takes it for that."""
        return re.Pattern

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)  # Python looks for what few things have
        if name not in _DONE_BY_PATTERNS:
            return getattr(self._made(), name)

        def do(*arguments: Any, **named: Any) -> Any:
            method = getattr(self._made(), name)
            setattr(self, name, method)
            return method(*arguments, **named)

        return do


def _compile_later(pattern: Any, flags: Any = 0) -> Any:
    """Return a pattern that is compiled with its first use, if a module names it for later."""
    frame = sys._getframe(1)  # noqa: SLF001  # nothing else tells who calls
    owner = str(frame.f_globals.get("__name__")).partition(".")[0]
    is_named = owner in _OURS and not frame.f_code.co_flags & _OF_A_FUNCTION
    is_for_later = is_named or owner == _PYSIDES
    return _Pattern(pattern, flags) if is_for_later else _compile(pattern, flags)


if _create is not None and _create.__module__ == dataclasses.__name__:
    setattr(dataclasses, "_create_fn", _create_later)  # noqa: B010  # not in its types
if _compile.__module__ == re.__name__:
    setattr(re, "compile", _compile_later)  # noqa: B010  # nor is this its type
