"""Enumerations made at a stroke are those that Python makes."""

import enum
import pickle
import sys
from enum import Enum, EnumMeta, Flag, IntEnum, IntFlag
from inspect import getmembers, isclass
from typing import Any

import pytest
from PySide6 import QtCore, QtGui, QtWidgets

from console.bridge import enumerated

AS_PYTHON = enumerated._create
only_known = pytest.mark.skipif(not enumerated.IS_KNOWN, reason="left to Python")


def made(cls: type[Enum], names: object) -> type[Enum]:
    return enumerated.create(cls, "X", names, module="m", boundary=enum.KEEP)


def plain(cls: type[Enum], names: object) -> type[Enum]:
    assert AS_PYTHON
    found: type[Enum] = AS_PYTHON(cls, "X", names, module="m", boundary=enum.KEEP)
    return found


def told(cls: type[Enum]) -> dict[str, object]:
    """Return all that can be seen of a class and its members, in words."""
    inside = {name: what for name, what in vars(cls).items() if not isinstance(what, cls)}
    members = {
        name: (member.name, member.value, repr(member), str(member), hash(member), vars(member))
        for name, member in cls.__members__.items()
    }
    own = {name: repr(what) for name, what in inside.items() if name[:2] != "__"}
    return {
        "own": {name: word.partition(" at 0x")[0] for name, word in own.items()},
        "names": sorted(vars(cls)), "members": repr(members), "order": [one.name for one in cls],
        "bases": cls.__mro__[1:], "said": (cls.__name__, cls.__qualname__, cls.__module__),
    }  # fmt: skip


def of_qt() -> list[type[Enum]]:
    found = []
    for module in (QtCore, QtGui, QtWidgets):
        owners = [module, *(one for _, one in getmembers(module, isclass))]
        found += [one for owner in owners for one in vars(owner).values() if isclass(one)]
    return [one for one in dict.fromkeys(found) if issubclass(one, Enum)]


@only_known
def test_all_of_qt_are_as_python_makes_them() -> None:
    classes = of_qt()
    assert len(classes) > 300
    for one in classes:
        base = one.__mro__[1]
        names = [(name, member.value) for name, member in one.__members__.items()]
        assert told(made(base, names)) == told(plain(base, names)), one


def test_debians_python_is_known_and_none_whose_flags_have_more_inside() -> None:
    assert enumerated.IS_KNOWN or sys.version_info[:3] != (3, 11, 2)
    assert not (enumerated.IS_KNOWN and hasattr(Flag, "_singles_mask_"))
    assert (EnumMeta._create_ is enumerated.create) == enumerated.IS_KNOWN  # type: ignore[attr-defined]


@only_known
@pytest.mark.parametrize("base", [Enum, IntEnum, Flag, IntFlag])
@pytest.mark.parametrize(
    "names",
    [
        [],
        [("A", 1), ("B", 2), ("AGAIN", 1), ("BOTH", 3)],
        [("HIGH", 8), ("NONE", 0), ("LOW", 1), ("ALL", 15), ("LATE", 2)],
        [("value", 1), ("B", 2)],
        [("A", 1), ("_own", 2)],
    ],
)
def test_they_are_whatever_their_names_are(base: type[Enum], names: list[tuple[str, int]]) -> None:
    assert told(made(base, names)) == told(plain(base, names))


@only_known
def test_flags_go_together() -> None:
    names = [("A", 1), ("B", 2), ("BOTH", 3)]
    one: Any = made(Flag, names)
    same: Any = plain(Flag, names)
    both = one["A"] | one["B"]
    assert both is one["BOTH"]
    assert list(both) == [one["A"], one["B"]]
    assert ~one["A"] == one["B"]
    assert (repr(one(1 | 2)), repr(~one(1))) == (repr(same(3)), repr(~same(1)))


@only_known
@pytest.mark.parametrize("names", ["A B", {"A": 1}, [("A", "a")], ["A", "B"], [("A", (1, 2))]])
def test_what_is_out_of_the_ordinary_is_made_by_python(
    names: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = told(plain(Enum, names))
    monkeypatch.setattr(enumerated, "_made", None)
    assert told(made(Enum, names)) == expected


@only_known
def test_python_uses_it_and_says_who_wanted_one() -> None:
    before = enumerated._taken.cache_info().hits
    swift, slow = enum.Enum("Swift", [("A", 1)]), enum.Enum("Slow", "A B")
    assert enumerated._taken.cache_info().hits == before + 1
    assert swift.__module__ == slow.__module__ == __name__
    assert pickle.loads(pickle.dumps(QtCore.Qt.Key.Key_A)) is QtCore.Qt.Key.Key_A  # noqa: S301
    with pytest.raises(TypeError, match="A"):
        enum.Enum("Twice", [("A", 1), ("A", 2)])
    with pytest.raises(ValueError, match="mro"):
        enum.Enum("Order", [("mro", 1)])
