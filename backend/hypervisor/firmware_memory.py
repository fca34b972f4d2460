"""The memory of a machine's firmware (NVRAM), a small file beside libvirt's own. For workers only.

libvirt has no call for it. A storage pool over its directory leads to it, here and far away alike:
one that is there for the moment of a call, and that nobody is shown.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import PurePosixPath
from typing import Any, Final

import libvirt

from backend.errors import Gone
from backend.hypervisor import streams
from backend.xmldesc import firmware, storage

Connect = Any
PASSING: Final = "celadon-passing-"
"""How the name of such a pool begins."""
SIZE_MAXIMUM: Final = 64 * 2**20


def find(connect: Connect, description: str) -> str:
    """Return where the memory lies of the machine that is described so.

    "" if there is none: its firmware has none, or the machine was never started.
    """
    path = place(connect, description)
    if not path:
        return ""
    with _pool_over(connect, path) as pool:
        return path if _volume(pool, path) is not None else ""


def place(connect: Connect, description: str) -> str:
    """Return where the memory lies, or will lie, of the machine that is described so; "": none."""
    named = firmware.memory_of(description)
    if named is None or named:
        return named or ""
    # Older libvirt chooses at each start, and says so nowhere but in what it would run.
    command_line = connect.domainXMLToNative("qemu-argv", firmware.skeleton(description), 0)
    return firmware.memory_in(str(command_line))


def copy(connect: Connect, origin: str, target: str) -> str:
    """The memory at `target`, in the same directory, is like the one at `origin`; return `target`.

    Raises Gone if there is none at `origin`.
    """
    with _pool_over(connect, origin) as pool:
        volume = _volume(pool, origin)
        if volume is None:
            raise Gone
        told = storage.parse_volume(volume.XMLDesc(0))
        name = PurePosixPath(target).name
        pool.createXMLFrom(storage.dump_volume(name, told.capacity_bytes, told.format), volume, 0)
    return target


def read(connect: Connect, path: str) -> bytes:
    """Return what the memory at `path` holds. Raises Gone if there is none."""
    with _pool_over(connect, path) as pool:
        volume = _volume(pool, path)
        if volume is None:
            raise Gone
        return streams.read(connect, volume, SIZE_MAXIMUM)


def write(connect: Connect, path: str, content: bytes) -> str:
    """The memory at `path` is there, new, and holds this; return `path`.

    If it is refused, nothing of ours is there.
    """
    with _pool_over(connect, path) as pool:
        description = storage.dump_volume(PurePosixPath(path).name, len(content), "raw")
        volume = pool.createXML(description, 0)
        try:
            streams.write(connect, volume, content)
        except libvirt.libvirtError:
            with suppress(libvirt.libvirtError):
                volume.delete(0)
            raise
    return path


def delete(connect: Connect, path: str) -> None:
    """There is no memory at `path`."""
    with _pool_over(connect, path) as pool:
        volume = _volume(pool, path)
        if volume is not None:
            volume.delete(0)


@contextmanager
def _pool_over(connect: Connect, path: str) -> Iterator[Any]:
    """Give an active pool over the directory that a file is in: one that is there, or of ours."""
    directory = str(PurePosixPath(path).parent)
    for there in connect.listAllStoragePools(libvirt.VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE):
        if storage.parse_pool(there.XMLDesc(0)).path == directory:
            there.refresh(0)
            yield there
            return
    pool = connect.storagePoolCreateXML(storage.dump_pool(f"{PASSING}{uuid.uuid4()}", directory), 0)
    try:
        yield pool
    finally:
        pool.destroy()


def _volume(pool: Any, path: str) -> Any:
    try:
        return pool.storageVolLookupByName(PurePosixPath(path).name)
    except libvirt.libvirtError as error:
        if error.get_error_code() == libvirt.VIR_ERR_NO_STORAGE_VOL:
            return None
        raise
