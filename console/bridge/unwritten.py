"""Imported before the rest of the program: what a dataclass can do is compiled once it is used.

Python writes each method of a dataclass as text and compiles it where the class is made: six for
one that is frozen, and a start makes 180 such classes. Most are never compared, printed or hashed.
That was an eighth of a start. So the text is kept, and compiled with the first use.

Python 3.13 and later compile a whole class at once, by other means, and are left as they are.
"""

import dataclasses
from collections.abc import Callable
from functools import cache, partial
from typing import Any

Method = Callable[..., Any]
_create: Callable[..., Method] | None = getattr(dataclasses, "_create_fn", None)


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


if _create is not None and _create.__module__ == dataclasses.__name__:
    setattr(dataclasses, "_create_fn", _create_later)  # noqa: B010  # not in its types
