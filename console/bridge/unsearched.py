"""Imported before the rest of the program: PySide then reads none of its sources.

At every import it looks for its own name in the module's source, in case one turns a `__feature__`
on, which nobody does here: that is 0.05 s of each start, and 10 MB of lines that stay.
"""

import sys
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

from console.bridge.recalled import recalled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOKING = "shibokensupport.feature"


def _uses_no_feature(_module: object) -> bool:
    return False


def _be_silent(module: ModuleType | None) -> None:
    if hasattr(module, "_mod_uses_pyside"):
        setattr(module, "_mod_uses_pyside", _uses_no_feature)  # noqa: B010  # not in its types


class _Finder:
    """Finds what looks, and has it look no more once it is read: PySide's first imports follow."""

    def find_spec(
        self, name: str, path: "Sequence[str] | None", target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where that is; None is: somebody else may look."""
        if name != _LOOKING:
            return None
        spec = recalled.find_spec(name, path) or PathFinder.find_spec(name, path, target)
        if spec is not None and (loader := spec.loader) is not None:
            read = loader.exec_module

            def read_and_silence(module: ModuleType) -> None:
                read(module)
                _be_silent(module)

            setattr(loader, "exec_module", read_and_silence)  # noqa: B010  # of this loader alone
        return spec


_finder = _Finder()
sys.meta_path.insert(0, _finder)

import PySide6.QtCore  # noqa: E402, F401  # what is changed here comes with it

sys.meta_path.remove(_finder)
features = sys.modules.get(_LOOKING)
_be_silent(features)  # where it came another way, or before
