"""Imported before the rest of the program: what a dataclass can do is written once it is called.

Python writes each method of a dataclass as text and compiles it where the class is made: six for
one that is frozen, and a start makes 180 such classes. That was an eighth of it. Most are never
compared, printed or hashed; so the text is kept, and compiled when it is first called.

Python 3.13 and later compile a whole class at once, by other means, and are left as they are.
"""

import dataclasses
from collections.abc import Callable
from functools import cache, partial
from typing import Any

Method = Callable[..., Any]
_compile: Callable[..., Method] | None = getattr(dataclasses, "_create_fn", None)


def _create_later(name: str, *text: Any, **surroundings: Any) -> Method:
    """Return what becomes the method of that name of its class with the first call."""
    if _compile is None:
        raise NotImplementedError
    written = cache(partial(_compile, name, *text, **surroundings))

    def unwritten(*arguments: Any, **named: Any) -> Any:
        method = written()
        method.__qualname__ = unwritten.__qualname__
        for owner in type(arguments[0]).__mro__:
            if owner.__dict__.get(name) is unwritten:
                type.__setattr__(owner, name, method)
        return method(*arguments, **named)

    unwritten.__name__ = name
    return unwritten


if _compile is not None and _compile.__module__ == dataclasses.__name__:
    setattr(dataclasses, "_create_fn", _create_later)  # noqa: B010  # not in its types
