"""pyqtgraph, of which that is loaded which is asked for.

By itself it loads whatever it can draw, with editors, three dimensions and OpenGL, and copies every
class of three Qt modules, each of which PySide makes when it is first touched: 12 MiB and half
the time, for what no chart of ours needs.
"""

import contextlib
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from importlib.machinery import PathFinder
from types import ModuleType
from typing import Any, Final

from PySide6 import QtCore, QtGui, QtWidgets
from typing_extensions import override

_SHELVES: Final = ("graphicsItems", "widgets")
"""Of pyqtgraph: a module for each thing that can be drawn, called as that is."""
_OPENGL: Final = ("PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets", "PySide6.QtTest")
"""What it loads to draw as none of our charts is drawn, and to be tested."""


class _Unused:
    """Stands for a class that nobody here makes anything of."""


class _Placeholder(ModuleType):
    """A module that is not loaded: all of it is nothing, and what it is asked for is unused."""

    __all__ = ()

    @override
    def __getattr__(self, name: str) -> type[_Unused]:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Unused


def _lent(source: ModuleType) -> ModuleType:
    """Return a module that has what another has, from when it is asked for."""
    module = ModuleType(f"pyqtgraph.Qt.{source.__name__.rpartition('.')[2]}")
    setattr(module, "__getattr__", lambda name: getattr(source, name))  # noqa: B010
    return module


def _names_nothing() -> list[str]:
    return []


@contextlib.contextmanager
def _lending() -> Iterator[None]:
    sources: tuple[ModuleType, ...] = (QtCore, QtGui, QtWidgets)
    naming = [vars(source).get("__dir__") for source in sources]
    for source in sources:
        lent = _lent(source)
        sys.modules.setdefault(lent.__name__, lent)
        setattr(source, "__dir__", _names_nothing)  # noqa: B010  # it copies what is named
    try:
        yield
    finally:
        for source, names in zip(sources, naming, strict=True):
            if names is None:
                delattr(source, "__dir__")
            else:
                setattr(source, "__dir__", names)  # noqa: B010


def _on_shelves() -> tuple[str, ...]:
    found_at = PathFinder.find_spec("pyqtgraph")
    homes = (found_at and found_at.submodule_search_locations) or ()
    found = (
        f"pyqtgraph.{shelf}.{module.name}"
        for shelf in _SHELVES
        for module in pkgutil.iter_modules([f"{home}/{shelf}" for home in homes])
    )
    return (*found, "pyqtgraph.imageview", "pyqtgraph.imageview.ImageView")


@contextlib.contextmanager
def _passing_over(names: tuple[str, ...]) -> Iterator[None]:
    """Have these modules loaded by nobody meanwhile, whoever asks for them."""
    passed = [name for name in names if name not in sys.modules]
    sys.modules.update((name, _Placeholder(name)) for name in passed)
    try:
        yield
    finally:
        for name in passed:
            del sys.modules[name]


_SHELVED = _on_shelves()
with _lending(), _passing_over((*_OPENGL, *_SHELVED)):
    import pyqtgraph


def _fetch(name: str) -> Any:
    """Return a thing of pyqtgraph's that was passed over."""
    if not name.startswith("__"):
        for module in _SHELVED:
            if module.rpartition(".")[2] == name:
                with _passing_over(_OPENGL):
                    found = getattr(importlib.import_module(module), name)
                setattr(pyqtgraph, name, found)
                return found
    raise AttributeError(name)


for _name, _thing in tuple(vars(pyqtgraph).items()):
    if _thing is _Unused:
        delattr(pyqtgraph, _name)
setattr(pyqtgraph, "__getattr__", _fetch)  # noqa: B010
_fetch("ViewBox")  # it has to find it when the program ends

__all__ = ["pyqtgraph"]
