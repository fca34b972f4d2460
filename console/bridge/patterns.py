"""Imported before the rest of the program: what its patterns compile to is recalled as its code is.

Python compiles 80 patterns at each start, of ours and of its own library, by a compiler that is
itself in Python. What comes of one is a row of numbers that hangs on nothing but the pattern.
"""

import re
import sys
from typing import Any

from console.bridge.recalled import recalled

_FUNCTION = 1
"""Of the flags of code: neither a module's body nor a class'."""
_OF_THE_MOMENT = re.DEBUG | re.LOCALE
"""Prints something, or hangs on the language."""
_WIDTH = 4
"""How many bytes a number of the code has."""
_compiler: Any = getattr(re, "_compiler", None)  # as its own parts are called from 3.11 on
_compile: Any = getattr(_compiler, "compile", None)
_lacking: set[tuple[str | bytes, int]] = set()


def _recall(pattern: Any, flags: int = 0) -> Any:
    """Return what Python's compiler makes of a pattern."""
    said = pattern, int(flags)
    is_plain = type(pattern) in (str, bytes)  # no other can be kept
    if kept := recalled.patterns.get(said) if is_plain else None:
        every_flag, code, *groups = kept
        numbers = memoryview(code).cast("I").tolist()
        return _compiler._sre.compile(pattern, every_flag, numbers, *groups)  # noqa: SLF001
    made = _compile(pattern, flags)
    # What is compiled in a function, as who called `re.compile` may be, somebody may have typed.
    if is_plain and not sys._getframe(3).f_code.co_flags & _FUNCTION:  # noqa: SLF001
        _lacking.add(said)
    return made


def keep_patterns() -> None:
    """Have those kept that modules and classes name, and that Python had to compile."""
    for pattern, flags in list(_lacking):
        if not flags & _OF_THE_MOMENT:
            recalled.patterns[pattern, flags] = _taken_apart(pattern, flags)


def _taken_apart(pattern: str | bytes, flags: int) -> tuple[Any, ...]:
    """Return the flags, the code and the groups of a pattern, as Python puts them together."""
    parsed = _compiler._parser.parse(pattern, flags)  # noqa: SLF001
    code = _compiler._code(parsed, flags)  # noqa: SLF001
    state = parsed.state
    names = {number: name for name, number in state.groupdict.items()}
    return (
        flags | state.flags,
        b"".join(number.to_bytes(_WIDTH, sys.byteorder) for number in code),
        state.groups - 1,
        state.groupdict,
        tuple(names.get(number) for number in range(state.groups)),
    )


if getattr(_compile, "__module__", "") == "re._compiler":
    _compiler.compile = _recall
