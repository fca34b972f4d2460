"""Read from a 64-bit little-endian ELF file which shared libraries it needs (System V gABI)."""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from packaging.guest.problem import GuestBuildError

_PT_LOAD, _PT_DYNAMIC, _PT_INTERP = 1, 2, 3
_DT_NEEDED, _DT_STRTAB = 1, 5


@dataclass(frozen=True, slots=True)
class _Segment:
    kind: int
    offset: int
    address: int
    size: int


def _segments(image: bytes) -> list[_Segment]:
    (table,) = struct.unpack_from("<Q", image, 32)
    entry_size, count = struct.unpack_from("<HH", image, 54)
    found = []
    for index in range(count):
        kind, _flags, offset, address, _physical, size = struct.unpack_from(
            "<IIQQQQ", image, table + entry_size * index
        )
        found.append(_Segment(kind, offset, address, size))
    return found


def _text(image: bytes, offset: int) -> str:
    return image[offset : image.index(b"\0", offset)].decode()


def _file_offset(segments: list[_Segment], address: int) -> int:
    for part in segments:
        if part.kind == _PT_LOAD and part.address <= address < part.address + part.size:
            return part.offset + address - part.address
    raise ValueError(f"address {address:#x} is in no segment")


def read_needed(image: bytes) -> list[str]:
    """Return the base names of interpreter and libraries that the file names; [] if not ELF64."""
    if not image.startswith(b"\x7fELF\x02\x01"):
        return []
    segments = _segments(image)
    names = [
        PurePosixPath(_text(image, part.offset)).name
        for part in segments
        if part.kind == _PT_INTERP
    ]
    for part in segments:
        if part.kind != _PT_DYNAMIC:
            continue
        tags = list(
            struct.iter_unpack("<QQ", image[part.offset : part.offset + part.size // 16 * 16])
        )
        strings = next((value for tag, value in tags if tag == _DT_STRTAB), None)
        if strings is None:
            continue
        start = _file_offset(segments, strings)
        names += [_text(image, start + value) for tag, value in tags if tag == _DT_NEEDED]
    return names


def close_over(program: bytes, find: Callable[[str], bytes | None]) -> dict[str, bytes]:
    """Return every library that `program` needs, directly or not, by base name.

    `find` gives a library's bytes, or None, which is a GuestBuildError: the list of packages in
    initramfs.py then lacks the one that ships it.
    """
    found: dict[str, bytes] = {}
    waiting = read_needed(program)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        image = find(name)
        if image is None:
            raise GuestBuildError(
                f"no package brings {name}, which the guest agent needs; add its package to"
                " AGENT_PACKAGES in packaging/guest/initramfs.py."
            )
        found[name] = image
        waiting += read_needed(image)
    return found
