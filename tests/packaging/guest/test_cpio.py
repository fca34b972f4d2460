"""The archive is what cpio and the kernel read, and its bytes depend on nothing but its entries."""

import shutil
import subprocess
from pathlib import Path

import pytest

from packaging.guest.cpio import Archive


def make() -> Archive:
    archive = Archive()
    archive.add_file("bin/tool", b"#!/bin/sh\n", 0o755)
    archive.add_link("bin/sh", "tool")
    archive.add_folder("proc")
    archive.add_character_device("dev/console", 0o600, (5, 1))
    return archive


def test_folders_above_an_entry_are_made() -> None:
    archive = Archive()
    archive.add_file("a/b/c", b"")
    assert sorted(archive.entries) == ["a", "a/b", "a/b/c"]


def test_order_of_adding_does_not_change_the_bytes() -> None:
    other = Archive()
    other.add_character_device("dev/console", 0o600, (5, 1))
    other.add_folder("proc")
    other.add_link("bin/sh", "tool")
    other.add_file("bin/tool", b"#!/bin/sh\n", 0o755)
    assert make().dump() == other.dump()


def test_records_are_aligned_and_end_with_the_trailer() -> None:
    data = make().dump()
    assert data.startswith(b"070701")
    assert len(data) % 512 == 0
    assert data.rstrip(b"\0").endswith(b"TRAILER!!!")
    at = 0
    names: list[str] = []
    while names[-1:] != ["TRAILER!!!"]:
        assert at % 4 == 0
        assert data[at : at + 6] == b"070701"
        size, length = int(data[at + 54 : at + 62], 16), int(data[at + 94 : at + 102], 16)
        names.append(data[at + 110 : at + 109 + length].decode())
        at += 110 + length
        at += -at % 4 + size
        at += -at % 4
    assert names == ["bin", "bin/sh", "bin/tool", "dev", "dev/console", "proc", "TRAILER!!!"]


@pytest.mark.skipif(shutil.which("cpio") is None, reason="the program cpio is not installed")
def test_cpio_unpacks_it(tmp_path: Path) -> None:
    archive = Archive()
    archive.add_file("bin/tool", b"data", 0o755)
    archive.add_link("bin/sh", "tool")
    subprocess.run(["cpio", "-id", "--quiet"], input=archive.dump(), cwd=tmp_path, check=True)
    assert (tmp_path / "bin/sh").read_bytes() == b"data"
    assert (tmp_path / "bin/tool").stat().st_mode & 0o777 == 0o755
