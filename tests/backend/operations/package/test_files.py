"""Of a package only plain files are read, and no more of them than is wanted."""

import os
from pathlib import Path

import pytest

from backend.operations.package import files
from backend.packages import PackageBroken, PackageDamaged, PackageMissing


def test_links_pipes_and_folders_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("link", "pipe", "folder"):
        with pytest.raises(PackageBroken), files.opened(tmp_path / name):
            pass
    with pytest.raises(PackageMissing), files.opened(tmp_path / "none"):
        pass


def test_no_more_is_read_than_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes("é".encode())
    assert (files.text(path, 2), files.content(path, 2), files.size(path)) == ("é", b"\xc3\xa9", 2)
    with pytest.raises(PackageBroken):
        files.content(path, 1)
    path.write_bytes(b"\xff")
    with pytest.raises(PackageBroken):
        files.text(path, 10)


def test_a_file_is_what_it_was_or_said_to_be_damaged(tmp_path: Path) -> None:
    path, told = tmp_path / "a", list[int]()
    path.write_bytes(b"abc")
    digest = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"
    files.verify(path, "sha256", digest, told.append)
    files.verify(path, "sha1", "a9993e364706816aba3e25717850c26c9cd0d89d", told.append)
    assert told == [3, 3]
    path.write_bytes(b"abd")
    with pytest.raises(PackageDamaged):
        files.verify(path, "sha256", digest, told.append)
