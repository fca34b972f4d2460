"""The files of a package, which may be anybody's: read within bounds, and nothing beside them."""

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from backend.packages import PackageBroken, PackageDamaged, PackageMissing

_CHUNK: Final = 1 << 20


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Give a plain file: no link, no pipe. Raises PackageMissing, PackageBroken."""
    # A pipe would be waited for, and a link leads to what nobody packed.
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        number = os.open(path, flags)
    except FileNotFoundError as error:
        raise PackageMissing(path=str(path)) from error
    except OSError as error:
        why = "a link, which is not followed" if error.errno == errno.ELOOP else error.strerror
        detail = (f"{path.name}: {why or error}",)
        raise PackageBroken(path=str(path.parent), detail=detail) from error
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        detail = (f"{path.name}: not a plain file",)
        raise PackageBroken(path=str(path.parent), detail=detail)
    with os.fdopen(number, "rb") as file:
        yield file


def content(path: Path, maximum_bytes: int) -> bytes:
    """Return what a file holds. Raises as `opened`, and PackageBroken if that is too much."""
    with opened(path) as file:
        found = file.read(maximum_bytes + 1)
    if len(found) > maximum_bytes:
        raise PackageBroken(path=str(path.parent), detail=(f"{path.name}: too long",))
    return found


def text(path: Path, maximum_bytes: int) -> str:
    """Return a text of the package. Raises as `content`, and PackageBroken if it is none."""
    try:
        return content(path, maximum_bytes).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        detail = (f"{path.name}: not UTF-8",)
        raise PackageBroken(path=str(path.parent), detail=detail) from error


def size(path: Path) -> int:
    """Return the size of a file of the package. Raises as `opened`."""
    with opened(path) as file:
        return os.fstat(file.fileno()).st_size


def verify(path: Path, algorithm: str, digest: str, told: Callable[[int], None]) -> None:
    """Raise PackageDamaged if a file does not have this checksum."""
    found, at = hashlib.new(algorithm, usedforsecurity=False), 0
    with opened(path) as file:
        while part := file.read(_CHUNK):
            found.update(part)
            at += len(part)
            told(at)
    if found.hexdigest() != digest.lower():
        raise PackageDamaged(name=path.name)
