"""libvirt's streams: what is in a volume, here and far away alike. Blocking: for workers only."""

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
