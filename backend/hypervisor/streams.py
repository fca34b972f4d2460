"""libvirt's streams: what is in a volume, here and far away alike. Blocking: for workers only."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Final

import libvirt

from backend.errors import HypervisorRefused

Connect = Any  # libvirt.virConnect: the binding has no types
Told = Callable[[int], None]
CHUNK: Final = 1 << 20
_AT_HOLE: Final = -3
_SPARSE: Final = getattr(libvirt, "VIR_STORAGE_VOL_DOWNLOAD_SPARSE_STREAM", 0)
_SPARSE_UP: Final = getattr(libvirt, "VIR_STORAGE_VOL_UPLOAD_SPARSE_STREAM", 0)
_PLAIN: Final = 64 << 20
"""So much of a file is sent with its holes filled: a new qcow2 volume holds something there, and
libvirt passes over what it leaves out without making it zero."""
_NOT_TAKEN: Final = (libvirt.VIR_ERR_INVALID_ARG, libvirt.VIR_ERR_NO_SUPPORT)
_STOP: Final = getattr(libvirt, "VIR_STREAM_RECV_STOP_AT_HOLE", 0)


def download(connect: Connect, path: str, file: BinaryIO, told: Told) -> None:
    """Fill an empty file with what the volume at `path` holds; what is a hole there is one here.

    `told` is called with the bytes of the volume so far, holes included, and may raise to stop.
    """
    volume = connect.storageVolLookupByPath(path)
    at = 0
    with _stream(connect) as stream:
        volume.download(stream, 0, 0, _SPARSE)
        while True:
            part = stream.recvFlags(CHUNK, _STOP)
            if part == _AT_HOLE:
                at += stream.recvHole(0)
                file.seek(at)
            elif not isinstance(part, bytes):
                raise libvirt.libvirtError("virStreamRecvFlags() failed")
            elif part:
                file.write(part)
                at += len(part)
            else:
                break
            told(at)
        stream.finish()
    file.truncate(at)


def upload(connect: Connect, path: str, file: BinaryIO, told: Told) -> None:
    """Fill the volume at `path` with what a file holds; what is a hole there is one here.

    `told` is called with the bytes of the file so far, holes included, and may raise to stop.
    Raises OSError, also of a file that became shorter meanwhile.
    """
    volume, number = connect.storageVolLookupByPath(path), file.fileno()
    at, size = 0, os.fstat(number).st_size
    has_holes = os.fstat(number).st_blocks * 512 < size
    with _stream(connect) as stream:
        is_sparse = _begin_upload(volume, stream, _SPARSE_UP if has_holes else 0)
        while at < size:
            end = _data_end(number, at, size) if is_sparse and at >= _PLAIN else size
            if end is None:
                start = _data_start(number, at, size)
                stream.sendHole(start - at, 0)
                at = start
            elif part := os.pread(number, min(CHUNK, end - at), at):
                send_all(stream, part)
                at += len(part)
            else:
                break
            told(at)
        if os.fstat(number).st_size < size:  # what it lacks looks like a hole
            raise OSError(errno.ENODATA, "the file became shorter while it was read")
        stream.finish()


def _begin_upload(volume: Any, stream: Any, flags: int) -> bool:
    """Have a stream lead into a volume; return whether it takes holes."""
    try:
        volume.upload(stream, 0, 0, flags)
    except libvirt.libvirtError as error:
        if not flags or error.get_error_code() not in _NOT_TAKEN:
            raise
        volume.upload(stream, 0, 0, 0)
        return False
    return bool(flags)


def _data_end(number: int, at: int, size: int) -> int | None:
    """Return where the data ends that begin at a place of a file; None where a hole begins."""
    try:
        if os.lseek(number, at, os.SEEK_DATA) > at:
            return None
        return os.lseek(number, at, os.SEEK_HOLE)
    except OSError as error:
        return None if error.errno == errno.ENXIO else size  # nothing but a hole; not known


def _data_start(number: int, at: int, size: int) -> int:
    try:
        return os.lseek(number, at, os.SEEK_DATA)
    except OSError as error:
        if error.errno != errno.ENXIO:
            raise  # a drive that went away is no hole
        return size


def read(connect: Connect, volume: Any, maximum_bytes: int) -> bytes:
    """Return what a small volume holds. Raises HypervisorRefused if it is larger than that."""
    parts: list[bytes] = []
    with _stream(connect) as stream:
        volume.download(stream, 0, 0, 0)
        while part := stream.recv(CHUNK):
            parts.append(part)
            if sum(map(len, parts)) > maximum_bytes:
                raise HypervisorRefused(code=0, detail=(f"{volume.path()}: too large",))
        stream.finish()
    return b"".join(parts)


def write(connect: Connect, volume: Any, content: bytes) -> None:
    """Fill a small volume."""
    with _stream(connect) as stream:
        volume.upload(stream, 0, len(content), 0)
        send_all(stream, content)
        stream.finish()


def send_all(stream: Any, part: bytes) -> None:
    """Send all of it, however little the stream takes at a time."""
    rest = memoryview(part)
    while rest:
        count = stream.send(bytes(rest))
        rest = rest[count:]


def abort(stream: Any) -> None:
    """End a stream that is not wanted any more."""
    try:
        stream.abort()
    except libvirt.libvirtError:
        return  # it has ended by itself


@contextmanager
def _stream(connect: Connect) -> Iterator[Any]:
    stream = connect.newStream(0)
    try:
        yield stream
    except BaseException:
        abort(stream)
        raise
