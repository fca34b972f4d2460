"""What a program needs is read from its ELF headers, and closed over the libraries' own needs."""

import struct

import pytest

from packaging.guest import elf
from packaging.guest.problem import GuestBuildError


def make_elf(interpreter: str, needed: list[str]) -> bytes:
    """Return the smallest ELF64 with an interpreter and a dynamic section, loaded at 0x10000."""
    strings = b"\0" + b"".join(name.encode() + b"\0" for name in needed)
    header, entry, base = 64, 56, 0x10000
    interp_at = header + 3 * entry
    strings_at = interp_at + len(interpreter) + 1
    dynamic_at = strings_at + len(strings)
    offset, tags = 1, []
    for name in needed:
        tags.append((1, offset))
        offset += len(name) + 1
    dynamic = b"".join(struct.pack("<QQ", *t) for t in [*tags, (5, base + strings_at), (0, 0)])

    def segment(kind: int, at: int, size: int) -> bytes:
        return struct.pack("<IIQQQQQQ", kind, 4, at, base + at, base + at, size, size, 1)

    total = dynamic_at + len(dynamic)
    image = b"\x7fELF\x02\x01\x01" + bytes(9)
    image += struct.pack("<HHIQQQIHHHHHH", 3, 62, 1, 0, header, 0, 0, header, entry, 3, 0, 0, 0)
    image += segment(1, 0, total) + segment(3, interp_at, len(interpreter) + 1)
    image += segment(2, dynamic_at, len(dynamic))
    return image + interpreter.encode() + b"\0" + strings + dynamic


def test_interpreter_and_libraries_are_named_by_base_name() -> None:
    image = make_elf("/lib64/ld-linux-x86-64.so.2", ["libc.so.6", "libglib-2.0.so.0"])
    assert elf.read_needed(image) == ["ld-linux-x86-64.so.2", "libc.so.6", "libglib-2.0.so.0"]


def test_other_files_need_nothing() -> None:
    assert elf.read_needed(b"#!/bin/sh\n") == []


def test_needs_of_needs_are_found() -> None:
    libraries = {
        "ld.so": b"",
        "liba.so": make_elf("/lib/ld.so", ["libb.so"]),
        "libb.so": make_elf("/lib/ld.so", ["liba.so"]),
    }
    found = elf.close_over(make_elf("/lib/ld.so", ["liba.so"]), libraries.get)
    assert found == libraries


def test_a_missing_library_is_named() -> None:
    with pytest.raises(GuestBuildError, match=r"libgone\.so"):
        elf.close_over(make_elf("/lib/ld.so", ["libgone.so"]), {"ld.so": b""}.get)
