"""OVA files: tar archives (ISO/IEC 9945-1, pax) that may be anybody's. Blocking."""

import itertools
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from typing_extensions import override

from backend.operations.package import files, freight
from backend.packages import PackageBroken

_MEMBERS_MAXIMUM: Final = 1000
_HEADER_MAXIMUM: Final = 2**20
_READS_MAXIMUM: Final = 20_000
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """A plain file within an archive: where it begins there, and its size in bytes."""

    offset: int
    size_bytes: int


class _Careful:
    """A file as tarfile reads headers from: small pieces, and not for ever.

    A header can say that what follows it is gigabytes long, or lead back to itself.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._reads = 0
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        self._reads += 1
        if not 0 <= size <= _HEADER_MAXIMUM or self._reads > _READS_MAXIMUM:
            raise tarfile.ReadError("not a header")
        return self._file.read(size)

    @override
    def __repr__(self) -> str:
        return f"<{self._reads} reads>"


def members(path: Path) -> dict[str, Member]:
    """Return the plain files of an archive, in their order. Raises PackageBroken, PackageMissing.

    Of links, devices and sparse files none is among them: who needs one finds it missing.
    """
    found: dict[str, Member] = {}
    for member, size in _headers(path):
        end = member.offset_data + member.size
        if member.isreg() and not member.issparse() and 0 <= member.size <= end <= size:
            found.setdefault(member.name, Member(member.offset_data, member.size))
    return found


def why_missing(path: Path, name: str) -> str:
    """Return why a file is not among the plain ones of an archive, in nobody's language."""
    member = next((member for member, _ in _headers(path) if member.name == name), None)
    if member is None:
        return "missing"
    if member.issym() or member.islnk():
        return f"a link to {member.linkname[:200]}, which is not followed"
    return "cut off" if member.isreg() and not member.issparse() else "not a plain file"


def _headers(path: Path) -> list[tuple[tarfile.TarInfo, int]]:
    """Return what an archive lists, and how large it is itself. Raises as `members`."""
    with files.opened(path) as file:
        size = _size(file)
        try:
            with tarfile.open(fileobj=_Careful(file), mode="r:") as archive:  # type: ignore[call-overload]
                return [(one, size) for one in itertools.islice(archive, _MEMBERS_MAXIMUM)]
        except (tarfile.TarError, OSError, ValueError, OverflowError, RecursionError) as error:
            raise PackageBroken(path=str(path), detail=(str(error),)) from error


def content(path: Path, member: Member, maximum_bytes: int) -> bytes:
    """Return what a small file of an archive holds. Raises PackageBroken if it is too large."""
    if member.size_bytes > maximum_bytes:
        raise PackageBroken(path=str(path), detail=(f"{member.size_bytes} bytes",))
    with files.opened(path) as file:
        file.seek(member.offset)
        return file.read(member.size_bytes)


def unpack(path: Path, member: Member, target: Path, told: Callable[[int], None]) -> None:
    """A file of an archive is at `target`, new. Raises DiskFull, FolderUnfit, PackageBroken."""
    with files.opened(path) as file, freight.new_file(target) as into:
        file.seek(member.offset)
        for at in _pieces(member.size_bytes):
            part = file.read(min(_CHUNK, member.size_bytes - at))
            into.write(part)
            told(at + len(part))


def _pieces(size: int) -> Iterator[int]:
    yield from range(0, size, _CHUNK)


def _size(file: BinaryIO) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size
