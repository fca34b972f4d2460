"""Imported first of all: what a start loads is recalled from one file, which an earlier one left.

A start loads 500 modules. For each, Python looks through directories, takes names of files apart
and opens one: that was an eighth of a start. So where each was found, and what it compiles to, is
kept in one file of the user's cache. What is not in there, or has a source of another time or size
by now, is found in Python's own way; so is all, where that file is not there, damaged, somebody
else's, or of another Python or other directories.
"""

import marshal
import os
import sys
from _frozen_importlib import ModuleSpec
from _frozen_importlib_external import ExtensionFileLoader, SourceFileLoader

TYPE_CHECKING = False  # as everywhere, without a module of a thousand lines
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import CodeType

    from typing_extensions import override as override  # noqa: PLC0414  # handed on

    Loader = SourceFileLoader | ExtensionFileLoader

else:

    def override(method: object) -> object:
        """Say nothing: that is for who checks types."""
        return method


Entry = tuple[str, int, int, bool, int, int]
"""A module's file, that one's time (ns) and size, whether it is a package, and where its code is
in our file: from which byte of all code on, and how many; none is an extension."""
_HEAD = 8
_DAMAGED = (OSError, ValueError, EOFError, TypeError, OverflowError, MemoryError)


class _Kept(SourceFileLoader):
    """Has the code of one module from our file; all else as ever."""

    place = (-1, 0, 0)

    @override
    def get_code(self, fullname: str) -> "CodeType | None":
        """Return what the module compiles to."""
        file, at, length = self.place
        try:
            code: CodeType = marshal.loads(os.pread(file, length, at))  # noqa: S302  # ours
        except _DAMAGED:
            return super().get_code(fullname)
        return code


class Recalled:
    """Finds modules where they were found before: one of Python's finders."""

    def __init__(self, path: str) -> None:
        self._path = path
        # Whoever adds a directory may mean another module of the same name.
        self._among = [sys.version, sys.flags.optimize, *sys.path]
        self._is_outdated = False
        self._file, self._first = -1, 0
        self._known: dict[str, Entry] = {}
        try:
            self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            if os.fstat(self._file).st_uid == os.geteuid():
                length = int.from_bytes(os.pread(self._file, _HEAD, 0), "little")
                among, known = marshal.loads(os.pread(self._file, length, _HEAD))  # noqa: S302
                self._first = _HEAD + length
                self._known = known if among == self._among else {}
        except _DAMAGED:
            pass

    def find_spec(
        self, name: str, path: "Sequence[str] | None" = None, _target: object = None
    ) -> ModuleSpec | None:
        """Return where a module is; None is: somebody else may look."""
        spec = self._recall(name) if name in self._known else None
        return spec if spec and _place(spec) in (sys.path if path is None else path) else None

    def keep(self) -> None:
        """Leave the file for later starts, if it lacks what this one has loaded.

        Raises OSError, and what a source raises that has changed meanwhile.
        """
        found = {spec.name: spec for spec in _found()}
        if not self._is_outdated and found.keys() <= self._known.keys():
            return
        # What this start had no need of the next one may need.
        others = map(self._recall, self._known.keys() - found.keys())
        known: dict[str, Entry] = {}
        codes: list[bytes] = []
        at = 0
        for spec in (*found.values(), *filter(None, others)):
            if stamp := _stamp(str(spec.origin)):
                is_package, code = spec.submodule_search_locations is not None, _code(spec)
                known[spec.name] = (str(spec.origin), *stamp, is_package, at, len(code))
                codes.append(code)
                at += len(code)
        index = marshal.dumps((self._among, known))
        _write(self._path, b"".join((len(index).to_bytes(_HEAD, "little"), index, *codes)))

    def _recall(self, name: str) -> ModuleSpec | None:
        file, time, size, is_package, at, length = self._known[name]
        if _stamp(file) != (time, size):
            self._is_outdated = True
            return None
        loader: Loader = _Kept(name, file) if length else ExtensionFileLoader(name, file)
        spec = ModuleSpec(name, loader, origin=file, is_package=is_package)
        spec.has_location = True
        folder, _, last = file.rpartition("/")
        if isinstance(loader, _Kept):
            loader.place = (self._file, self._first + at, length)
            tag = sys.implementation.cache_tag
            spec.cached = f"{folder}/__pycache__/{last.removesuffix('.py')}.{tag}.pyc"
        if is_package:
            spec.submodule_search_locations = [folder]
        return spec


def _place(spec: ModuleSpec) -> str:
    """Return the directory in which a module was looked for."""
    folder = str(spec.origin).rpartition("/")[0]
    is_package = spec.submodule_search_locations is not None
    return folder.rpartition("/")[0] if is_package else folder


def _found() -> "Iterator[ModuleSpec]":
    """Yield where the modules that are there were found, whether or not they were read yet."""
    for name, module in list(sys.modules.items()):
        spec = getattr(module, "__spec__", None)
        # PySide has one that was never a file, and some under two names.
        if not isinstance(spec, ModuleSpec) or not str(spec.origin).startswith("/"):
            continue
        if spec.name == name == getattr(_loader(spec), "name", ""):
            yield spec


def _loader(spec: ModuleSpec) -> "Loader | None":
    # Of what is read later, the one that will read it.
    loader = getattr(spec.loader, "loader", spec.loader)
    return loader if isinstance(loader, SourceFileLoader | ExtensionFileLoader) else None


def _code(spec: ModuleSpec) -> bytes:
    loader = _loader(spec)
    if not isinstance(loader, SourceFileLoader):
        return b""
    return marshal.dumps(SourceFileLoader.get_code(loader, spec.name))


def _stamp(file: str) -> tuple[int, int] | None:
    try:
        now = os.stat(file)  # noqa: PTH116  # pathlib would have to be found first
    except OSError:
        return None
    return now.st_mtime_ns, now.st_size


def _write(path: str, content: bytes) -> None:
    from pathlib import Path  # noqa: PLC0415  # at an end, not at a start

    file = Path(path)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        with open(fresh, "xb", opener=_private) as opened:
            opened.write(content)
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_CLOEXEC, 0o600)


def _cached() -> str:
    """Return the file: as `backend.hypervisor.places` has it, which is not there yet."""
    said = os.environ.get("XDG_CACHE_HOME", "")
    base = said if said.startswith("/") else os.path.expanduser("~/.cache")  # noqa: PTH111
    return f"{base}/celadon/start.code"


recalled = Recalled(_cached())
sys.meta_path.insert(0, recalled)
