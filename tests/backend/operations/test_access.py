"""What a user can do with a file is told from every part of its path."""

import getpass
import os
from pathlib import Path

import pytest

from backend.operations import access


def test_who_can_read_a_file_is_told_from_every_part_of_its_path(tmp_path: Path) -> None:
    image = tmp_path / "a" / "b.iso"
    image.parent.mkdir()
    image.touch()
    for part in (image, *image.parents):
        if part.stat().st_uid == tmp_path.stat().st_uid and tmp_path in (part, *part.parents):
            part.chmod(0o755 if part.is_dir() else 0o644)
    assert access.is_readable_by(getpass.getuser(), image)
    assert not access.is_readable_by("no-such-user", image)


def test_one_closed_directory_is_enough_to_keep_others_out(tmp_path: Path) -> None:
    image = tmp_path / "b.iso"
    image.touch()
    image.chmod(0o644)
    tmp_path.chmod(0o700)
    assert not access.is_readable_by("nobody", image)


@pytest.mark.skipif(os.geteuid() != 0, reason="files here are nobody's own but root's")
def test_the_outermost_obstacle_is_named(tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    image = outer / "inner" / "disk.qcow2"
    image.parent.mkdir(parents=True)
    image.write_bytes(b"")
    for part in (outer, image.parent):
        part.chmod(0o700)
    closed = [p for p in image.parents if not p.stat().st_mode & 0o001]
    assert access.first_obstacle("nobody", image, access.PASS) == closed[-1]


def test_rights_on_the_file_itself(tmp_path: Path) -> None:
    image = Path("/etc/passwd")
    assert access.first_obstacle("nobody", image, access.READ) is None
    assert access.first_obstacle("nobody", image, access.READ_AND_WRITE) == image
    assert access.first_obstacle("nobody", tmp_path / "none", access.PASS) == tmp_path / "none"
