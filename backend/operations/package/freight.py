"""Files on their way from a host to this computer: copied, put together, sealed, told of.

What blocks runs in threads; a cancel reaches them at the next piece.
"""

import asyncio
import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

from backend import jobs
from backend.errors import BackendError, DiskFull, ImageNotAlone, ImageUnreadable
from backend.host.managed import ManagedHost
from backend.hypervisor import streams
from backend.operations import images
from backend.operations.images import UPLOAD_DEADLINE_S
from backend.operations.package.manifest import Role
from backend.operations.package.origins import Layer, Origin
from backend.packages import FolderUnfit

Told = Callable[[int], None]
_FULL: Final = (errno.ENOSPC, errno.EDQUOT)
_LOOK_DEADLINE_S: Final = 20.0
_REMOVE_DEADLINE_S: Final = 120.0
_TRIES, _PAUSE_S = 20, 0.2


class Meter:
    """How far a job is by the bytes of all its parts. `told` is for workers, and stops them."""

    def __init__(self, total_bytes: int) -> None:
        self._total = max(1, total_bytes)
        self._done = 0
        self._loop = asyncio.get_running_loop()
        self._report = jobs.reporter()
        self.is_stopped = False

    @contextmanager
    def part(self, stage: str, size_bytes: int) -> Iterator[Told]:
        """Give what tells of a part that is so large, from 0 on."""
        done = self._done

        def told(count: int) -> None:
            if self.is_stopped:
                raise InterruptedError
            share = min(1.0, (done + min(count, size_bytes)) / self._total)
            self._loop.call_soon_threadsafe(self._report, share, stage, True)  # noqa: FBT003

        told(0)
        try:
            yield told
        except BaseException:
            self.is_stopped = True
            raise
        self._done = done + size_bytes


async def bring(host: ManagedHost, origin: Origin, target: Path, meter: Meter) -> None:
    """What `origin` says lies at `target`, new: a disk as qcow2 that stands alone.

    Raises DiskFull, FolderUnfit, ImageNotAlone, an image's errors.
    """
    if not origin.is_converted:
        await _fetch(host, origin.layers[0], target, meter)
        if origin.role is Role.DISK:
            await _require_alone(host, target)
        return
    workshop = target.with_name(f".{target.name}.layers")
    await host.run_locally(workshop.mkdir, deadline_s=_LOOK_DEADLINE_S)
    try:
        for number, layer in enumerate(origin.layers):
            await _fetch(host, layer, workshop / str(number), meter)
        await _put_together(host, origin.layers, workshop, target)
    finally:
        await remove(host, workshop)


async def _fetch(host: ManagedHost, layer: Layer, target: Path, meter: Meter) -> None:
    """A layer lies at `target`, with its holes."""
    with meter.part("copying", layer.size_bytes) as told:
        if layer.is_volume:

            def receive(connect: Any) -> None:
                with new_file(target) as file:
                    streams.download(connect, layer.path, file, told)

            await host.tell(receive, deadline_s=UPLOAD_DEADLINE_S)
        else:
            await host.run_locally(
                lambda: _copy(Path(layer.path), target, told), deadline_s=UPLOAD_DEADLINE_S
            )


def _copy(source: Path, target: Path, told: Told) -> None:
    try:
        file = source.open("rb")
    except OSError as error:
        raise ImageUnreadable(path=str(source), detail=(str(error.strerror),)) from error
    with file, new_file(target) as into:
        at, size = 0, os.fstat(file.fileno()).st_size
        while at < size:
            told(at)
            file.seek(at)
            part = file.read(streams.CHUNK)
            if not part:
                break
            if part.strip(b"\0"):
                into.seek(at)
                into.write(part)
            at += len(part)
        into.truncate(size)


@contextmanager
def new_file(target: Path) -> Iterator[BinaryIO]:
    """Give a new file to be written. Raises DiskFull, FolderUnfit."""
    try:
        with target.open("xb") as file:
            yield file
    except InterruptedError:
        raise
    except OSError as error:
        raise unfit(error, target.parent) from error


def unfit(error: OSError, folder: Path) -> DiskFull | FolderUnfit:
    """Return why a folder does not take any more."""
    if error.errno not in _FULL:
        return FolderUnfit(path=str(folder), detail=(error.strerror or str(error),))
    free = 0
    with contextlib.suppress(OSError):
        free = shutil.disk_usage(folder).free
    return DiskFull(path=str(folder), needed_bytes=free + streams.CHUNK, free_bytes=free)


async def _put_together(
    host: ManagedHost, layers: tuple[Layer, ...], workshop: Path, target: Path
) -> None:
    """The layers in a folder are one disk at `target`."""
    for number, layer in enumerate(layers):
        file, base = workshop / str(number), workshop / str(number + 1)
        if layer.format == "raw":
            continue
        if number + 1 == len(layers):
            await _require_alone(host, file)
            continue
        await _require_alone(host, file, images.data_file)
        # What it says of its base is true on its host.
        await images.rebase(file, layer.format, base, layers[number + 1].format)
    await images.convert(images.ImageFacts(workshop / "0", layers[0].format, 0), target)


async def _require_alone(
    host: ManagedHost, file: Path, look: Callable[[Path], str] = images.other_file
) -> None:
    """Raise ImageNotAlone if what came from a host leads to files of this computer."""
    other = await host.run_locally(lambda: look(file), deadline_s=_LOOK_DEADLINE_S)
    if other:
        raise ImageNotAlone(path=str(file), other=other)


def write(path: Path, content: bytes) -> None:
    """A new file holds this; blocking. Raises DiskFull, FolderUnfit."""
    with new_file(path) as file:
        file.write(content)


async def remove(host: ManagedHost, folder: Path) -> None:
    """A folder is gone, with what is in it; whoever still writes there is about to stop."""
    for _ in range(_TRIES):
        with contextlib.suppress(BackendError):
            await host.run_locally(
                lambda: shutil.rmtree(folder, ignore_errors=True), deadline_s=_REMOVE_DEADLINE_S
            )
        if not folder.exists():  # noqa: ASYNC240  # an inode that was looked at just now
            return
        await asyncio.sleep(_PAUSE_S)


def seal(path: Path, told: Told) -> tuple[int, str]:
    """Have a file on the disk itself; return its size and its SHA-256. Raises FolderUnfit."""
    digest, at = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while part := file.read(streams.CHUNK):
                digest.update(part)
                at += len(part)
                told(at)
            os.fsync(file.fileno())
    except InterruptedError:
        raise
    except OSError as error:
        raise unfit(error, path.parent) from error
    return at, digest.hexdigest()
