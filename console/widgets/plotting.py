"""pyqtgraph, loaded so that it has Qt's classes as it asks for them.

It would copy every class of three Qt modules, and PySide makes each of them when it is first
touched: 5 MiB and 0.08 s for a thousand classes that no chart needs.
"""

import contextlib
import sys
from collections.abc import Iterator
from types import ModuleType

from PySide6 import QtCore, QtGui, QtWidgets


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
    for source in sources:
        lent = _lent(source)
        sys.modules.setdefault(lent.__name__, lent)
        setattr(source, "__dir__", _names_nothing)  # noqa: B010  # it copies what is named
    try:
        yield
    finally:
        for source in sources:
            delattr(source, "__dir__")


with _lending():
    import pyqtgraph

__all__ = ["pyqtgraph"]
