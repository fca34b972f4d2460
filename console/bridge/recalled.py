"""Imported first of all: what a start loads is recalled from one file, which an earlier one left.

A start loads 500 modules. For each, Python looks through directories, takes names of files apart
and opens one: that was a tenth of a start. So where each was found, and what it compiles to, is
kept in one file of the user's cache. What is not in there, or has a source of another time or size
by now, is found in Python's own way; so is all, where that file is not there, damaged, somebody
else's, or of another Python, or something came or went in the directories that Python looks in.
"""

import _imp
import marshal
import os
import sys
from _frozen_importlib import ModuleSpec
from _frozen_importlib_external import ExtensionFileLoader, SourceFileLoader

TYPE_CHECKING = False  # as everywhere, without a module of a thousand lines
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import CodeType
    from typing import Any

    from typing_extensions import override as override  # noqa: PLC0414  # handed on

    Loader = SourceFileLoader | ExtensionFileLoader

else:

    def override(method: object) -> object:
        """Say nothing: that is for who checks types."""
        return method


Stamp = tuple[int, int, int]
"""When a file's content and when anything of it was changed (ns), and its size: who unpacks or
copies can set the first, and does."""
Entry = tuple[str, Stamp, bool, int, int, bytes]
"""A module's file and its stamp, whether it is a package, and where its code is in our file: from
which byte of all code on, how many (none is an extension), and their hash."""
_LENGTH = _HASH = 8
_HEAD = _LENGTH + _HASH
_DAMAGED = (OSError, ValueError, EOFError, TypeError, OverflowError, MemoryError)


class _Kept(SourceFileLoader):
    """Has the code of one module from our file; all else as ever."""

    place = (-1, 0, 0, b"")

    @override
    def get_code(self, fullname: str) -> "CodeType | None":
        """Return what the module compiles to."""
        try:
            code: CodeType = _read(*self.place)
        except _DAMAGED:
            return super().get_code(fullname)
        return code


class Recalled:
    """Finds modules where they were found before: one of Python's finders."""

    def __init__(self, path: str) -> None:
        self._path = path
        # Whoever adds a directory may mean another module of the same name.
        places = [(place, stamp[0] if (stamp := _stamp(place)) else 0) for place in sys.path]
        self._among = [sys.version, sys.flags.optimize, *places]
        self._is_outdated = False
        self._file, self._first = -1, 0
        self._known: dict[str, Entry] = {}
        self.patterns: dict[tuple[str | bytes, int], tuple[Any, ...]] = {}
        """What patterns compile to, by themselves and their flags (`patterns`)."""
        try:
            self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            if os.fstat(self._file).st_uid == os.geteuid():
                head = os.pread(self._file, _HEAD, 0)
                length = int.from_bytes(head[:_LENGTH], "little")
                among, known, patterns = _read(self._file, _HEAD, length, head[_LENGTH:])
                self._first = _HEAD + length
                if among == self._among:
                    self._known, self.patterns = known, patterns
        except _DAMAGED:
            pass
        self._patterns = len(self.patterns)

    def find_spec(
        self, name: str, path: "Sequence[str] | None" = None, _target: object = None
    ) -> ModuleSpec | None:
        """Return where a module is; None is: somebody else may look."""
        spec = self._recall(name) if name in self._known else None
        return spec if spec and _place(spec) in (sys.path if path is None else path) else None

    def file(self, name: str) -> str:
        """Return where a module was found before; "" is: nowhere, or it is another by now."""
        spec = self._recall(name) if name in self._known else None
        return str(spec.origin) if spec else ""

    def keep(self) -> None:
        """Leave the file for later starts, if it lacks what this one has loaded.

        Raises OSError, and what a source raises that has changed meanwhile: ImportError,
        SyntaxError, ValueError.
        """
        found = {
            spec.name: spec
            for spec in _found()
            # PySide has one whose file never was: it would be lacking each time.
            if spec.name in self._known or _stamp(str(spec.origin))
        }
        is_all_known = found.keys() <= self._known.keys() and len(self.patterns) == self._patterns
        if is_all_known and not self._is_outdated:
            return
        # What this start had no need of the next one may need.
        others = map(self._recall, self._known.keys() - found.keys())
        known: dict[str, Entry] = {}
        codes: list[bytes] = []
        at = 0
        for spec in (*found.values(), *filter(None, others)):
            if stamp := _stamp(str(spec.origin)):
                is_package, code = spec.submodule_search_locations is not None, _code(spec)
                known[spec.name] = (str(spec.origin), stamp, is_package, at, len(code), _hash(code))
                codes.append(code)
                at += len(code)
        index = marshal.dumps((self._among, known, self.patterns))
        length = len(index).to_bytes(_LENGTH, "little")
        _write(self._path, b"".join((length, _hash(index), index, *codes)))

    def _recall(self, name: str) -> ModuleSpec | None:
        file, stamp, is_package, at, length, mark = self._known[name]
        if _stamp(file) != stamp:
            self._is_outdated = True
            return None
        loader: Loader = _Kept(name, file) if length else ExtensionFileLoader(name, file)
        spec = ModuleSpec(name, loader, origin=file, is_package=is_package)
        spec.has_location = True
        folder, _, last = file.rpartition("/")
        if isinstance(loader, _Kept):
            loader.place = (self._file, self._first + at, length, mark)
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


def _read(file: int, at: int, length: int, mark: bytes) -> "Any":
    """Return what was kept there; what is damaged can be code that ends Python."""
    content = os.pread(file, length, at)
    if _hash(content) != mark:
        raise ValueError
    return marshal.loads(content)  # noqa: S302  # ours


def _hash(content: bytes) -> bytes:
    return _imp.source_hash(0, content)  # which Python has built in, for code that it keeps


def _stamp(file: str) -> Stamp | None:
    try:
        now = os.stat(file)  # noqa: PTH116  # pathlib would have to be found first
    except OSError:
        return None
    return now.st_mtime_ns, now.st_ctime_ns, now.st_size


def _write(path: str, content: bytes) -> None:
    from pathlib import Path  # noqa: PLC0415  # at an end, not at a start

    file = Path(path)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in file.parent.glob(f"{file.name}.*"):
        # Of a program that was killed as it wrote; another one may be writing now.
        number = left.name.removeprefix(f"{file.name}.")
        if number == str(os.getpid()) or not Path("/proc", number).exists():
            left.unlink(missing_ok=True)
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
