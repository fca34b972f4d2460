"""Imported before Qt: its enumerations are made at a stroke, and not member by member.

A start makes 370 of PySide's, with 2,000 members, each by `Enum(name, members)`. Python looks at
each name and value, wraps them, and unwraps them once the class is there, since anything may stand
in the body of a class: that was a seventh of a start. Of names and numbers all is known; so such a
class is a copy of an empty one that Python made, with its members put in. Where anything is out of
the ordinary, and in Pythons whose insides are others (3.12, later ones of 3.11), it is made in
Python's own way.
"""

import sys
from collections.abc import Callable, Mapping
from enum import Enum, EnumMeta, Flag, IntEnum, IntFlag
from functools import cache
from typing import Any, cast

Names = list[tuple[str, int]]
_ORDINARY: tuple[type[Enum], ...] = (Enum, IntEnum, Flag, IntFlag)
_OF_A_CLASS = ("__dict__", "__weakref__")
_create: Callable[..., Any] | None = getattr(EnumMeta, "_create_", None)
IS_KNOWN = (3, 11) <= sys.version_info < (3, 12) and not hasattr(Flag, "_singles_mask_")
"""Whether this Python makes them as is done here: the flags of later ones have one mask more."""


def create(cls: type[Enum], class_name: str, names: Any, **said: Any) -> type[Enum]:
    """Return a new enumeration as `cls(class_name, names, ...)` does, which calls this."""
    if _create is None:
        raise NotImplementedError
    said["module"] = module = said.get("module") or _caller()
    if module and not said.get("type") and _is_ordinary(cls, names):
        qualname = said.get("qualname") or class_name
        return _made(cls, class_name, names, module, qualname, said.get("boundary"))
    return cast("type[Enum]", _create(cls, class_name, names, **said))


def _caller() -> str | None:
    """Return the module that wants an enumeration, as Python looks for it."""
    name = sys._getframe(3).f_globals.get("__name__")  # noqa: SLF001  # as Python does
    return name if isinstance(name, str) else None


def _is_ordinary(cls: type[Enum], names: Any) -> bool:
    if cls not in _ORDINARY or not isinstance(names, list) or not all(map(_is_pair, names)):
        return False
    if len(dict(names)) != len(names):
        return False
    taken, is_flag = _taken(cls), issubclass(cls, Flag)
    return all(
        type(value) is int and (value >= 0 or not is_flag) and name[:1] != "_" and name not in taken
        for name, value in names
    )


def _is_pair(item: object) -> bool:
    return type(item) is tuple and len(item) == 2 and type(item[0]) is str and item[0] != ""


@cache
def _taken(cls: type[Enum]) -> frozenset[str]:
    """Return the names that mean something in such classes already."""
    return frozenset(name for base in (*cls.__mro__, EnumMeta, type) for name in base.__dict__)


@cache
def _empty(cls: type[Enum]) -> Mapping[str, Any]:
    """Return what stands in an enumeration without members."""
    if _create is None:
        raise NotImplementedError
    example = _create(cls, "Empty", [], module=__name__, qualname="Empty")
    return {name: what for name, what in vars(example).items() if name not in _OF_A_CLASS}


def _made(
    cls: type[Enum], class_name: str, names: Names, module: str, qualname: str, boundary: object
) -> type[Enum]:
    order: list[str] = []
    by_name: dict[str, Any] = {}
    by_value: dict[int, Any] = {}
    inside = {
        **_empty(cls), "__module__": module, "__qualname__": qualname, "_member_names_": order,
        "_member_map_": by_name, "_value2member_map_": by_value, "_unhashable_values_": [],
    }  # fmt: skip
    made: Any = type.__new__(EnumMeta, class_name, (cls,), inside)
    is_number, is_flag = issubclass(cls, int), issubclass(cls, Flag)
    every_bit = single_bits = 0
    for name, value in names:
        member = by_value.get(value)
        if member is None:
            member = int.__new__(made, value) if is_number else object.__new__(made)
            member._value_, member._name_, member.__objclass__ = value, name, made
            member._sort_order_ = len(order)
            by_value[value] = member
            is_single = value > 0 and value & (value - 1) == 0
            single_bits |= value if is_single else 0
            if is_single or not is_flag:
                order.append(name)
        every_bit |= value
        by_name[name] = member
        type.__setattr__(made, name, member)
    if is_flag:
        made._boundary_ = boundary or made._boundary_
        made._flag_mask_, made._all_bits_ = single_bits, (1 << every_bit.bit_length()) - 1
        values = [by_name[name]._value_ for name in order]
        if values != sorted(values):
            made._iter_member_ = made._iter_member_by_def_
    return cast("type[Enum]", made)


if IS_KNOWN:
    setattr(EnumMeta, "_create_", create)  # noqa: B010  # not in its types
