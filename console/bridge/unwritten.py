"""Imported before the rest of the program: what a dataclass can do is compiled once it is used.

Python writes each method of a dataclass as text and compiles it where the class is made: six for
one that is frozen, and a start makes 200 such classes. Most are never compared, printed or hashed.
That was an eighth of a start. So what a method is made of is kept, and it is written and compiled
with its first use.

Python 3.13 and later compile a whole class at once, by other means, and are left as they are.
"""

import dataclasses
from collections.abc import Callable
from functools import partial
from typing import Any

Method = Callable[..., Any]
Writer = Callable[..., Any]


def _unwritten(name: str, write: Callable[[], Method]) -> Method:
    """Return what becomes the method of that name of its class with the first call."""

    def unwritten(*arguments: Any, **named: Any) -> Any:
        method = write()
        method.__qualname__ = unwritten.__qualname__
        for owner in type(arguments[0]).__mro__:
            if owner.__dict__.get(name) is unwritten:
                type.__setattr__(owner, name, method)
        return method(*arguments, **named)

    unwritten.__name__ = name
    return unwritten


def _later(name: str, write: Writer) -> Writer:
    return lambda *told: _unwritten(name, lambda: write(*told))


def _compared_later(write: Writer) -> Writer:
    return lambda name, *told, **more: _unwritten(name, lambda: write(name, *told, **more))


def _frozen_later(write: Writer) -> Writer:
    return lambda *told: (
        _unwritten("__setattr__", lambda: write(*told)[0]),
        _unwritten("__delattr__", lambda: write(*told)[1]),
    )


_is_pythons = getattr(getattr(dataclasses, "_init_fn", None), "__module__", "") == "dataclasses"
if _is_pythons and hasattr(dataclasses, "_create_fn"):  # which 3.13 has no more
    for writer, later in (
        ("_init_fn", partial(_later, "__init__")),
        ("_repr_fn", partial(_later, "__repr__")),
        ("_hash_fn", partial(_later, "__hash__")),
        ("_cmp_fn", _compared_later),
        ("_frozen_get_del_attr", _frozen_later),
    ):
        setattr(dataclasses, writer, later(getattr(dataclasses, writer)))
