"""Imported before the rest of the program: a module of ours is then loaded once it is used.

`from backend.operations import domain` binds the module and reads nothing; `domain.start` reads it.
Who imports a name out of a module (`from backend.model import Ref`) has it loaded at once, as ever.
So what only some deeds need is imported by its module, where everybody looks for imports, and costs
a start nothing. So it is with what asyncio and PySide bring along for days that few have. Nor is
garbage looked for in what stays: that was an eighth of all loading, and `garbage` takes over as
soon as there is an application.
"""

import gc
import sys
from importlib.machinery import ModuleSpec, PathFinder
from threading import RLock
from types import ModuleType

from console.bridge.recalled import override, recalled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.abc import Loader, MetaPathFinder
else:
    Loader = MetaPathFinder = object  # by their methods alone: that module brings ten others along

_OURS = ("backend", "console")
_SIGNATURES = "shibokensupport.signature."
"""What PySide says of its functions: to who wrote a call wrongly, or asks."""
_SELDOM_USED = frozenset((
    "asyncio.sslproto", "bz2", "csv", "hashlib", "inspect", "lzma", "pickle", "platform",
    "secrets", "ssl", "tempfile", "typing_extensions", "uuid",
    "zipfile",
    *(_SIGNATURES + name for name in ("layout", "parser")),
    *(_SIGNATURES + "lib." + name for name in ("enum_sig", "pyi_generator", "tool")),
))  # fmt: skip
_KNOWN_UNLOADED = frozenset(
    ("__class__", "__doc__", "__file__", "__loader__", "__name__", "__package__", "__path__",
     "__spec__")
)  # fmt: skip
"""What the import system looks at, and what is known of a module that was not read yet."""


def _getfullargspec(function: object) -> object:
    """Return what inspect says: lxml takes this by name, for a deed that nobody does."""
    import inspect  # noqa: PLC0415  # read only now

    return inspect.getfullargspec(function)


_TAKEN_UNREAD = {
    ("typing_extensions", "override"): override,
    ("inspect", "getfullargspec"): _getfullargspec,
}
"""What is taken out of modules at every start, which would be read for nothing else."""


class _Unloaded(ModuleType):
    """A module that is read when something of it is first asked for, by whichever thread."""

    @override
    def __getattribute__(self, name: str) -> object:
        if name not in _KNOWN_UNLOADED:
            spec = ModuleType.__getattribute__(self, "__spec__")
            if isinstance(spec, ModuleSpec) and isinstance(spec.loader, _Later):
                if (taken := (spec.name, name)) in _TAKEN_UNREAD:
                    return _TAKEN_UNREAD[taken]
                spec.loader.load(self)
        return ModuleType.__getattribute__(self, name)


class _Later(Loader):
    """Reads one module, by the loader that would have read it at once."""

    def __init__(self, loader: Loader) -> None:
        self.loader = loader
        # A lock for each: two modules wait for each other only if they import each other.
        self._lock = RLock()
        self._is_begun = False

    @override
    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Return what Python's own loader makes of it."""
        return self.loader.create_module(spec)

    @override
    def exec_module(self, module: ModuleType) -> None:
        """Have it read later."""
        module.__class__ = _Unloaded

    def load(self, module: ModuleType) -> None:
        """Read it, unless it was; who comes meanwhile waits. Raises what the module raises."""
        with self._lock:
            # What is read looks at its own module too.
            if self._is_begun:
                return
            self._is_begun = True
            try:
                self.loader.exec_module(module)
            except BaseException:
                self._is_begun = False
                raise
            module.__loader__ = self.loader
            if module.__spec__ is not None:
                module.__spec__.loader = self.loader
            module.__class__ = ModuleType


class _Finder(MetaPathFinder):
    """Finds modules, and has those of ours read later; packages, which say nothing, are read."""

    @override
    def find_spec(
        self, name: str, path: "Sequence[str] | None", target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where a module of ours is; None is: somebody else may look."""
        is_ours = path is not None and name.partition(".")[0] in _OURS
        if not is_ours and name not in _SELDOM_USED:
            return None
        spec = recalled.find_spec(name, path) or PathFinder.find_spec(name, path, target)
        if spec is None or spec.loader is None or spec.submodule_search_locations is not None:
            return spec
        spec.loader = _Later(spec.loader)
        return spec


gc.disable()
sys.meta_path.insert(0, _Finder())
