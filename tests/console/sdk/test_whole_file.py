"""A file that the user names is there whole, or as it was."""

import errno
import os
from pathlib import Path

import pytest

from console.sdk.whole_file import typed_path, why_not, why_unwritten, write_whole


def test_what_cannot_be_written_leaves_the_older_file(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("older", encoding="utf-8")
    with pytest.raises(OSError, match="No space"):
        _on_a_full_disk(file)
    assert file.read_text(encoding="utf-8") == "older"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def _on_a_full_disk(file: Path) -> None:
    def full(*_: object, **__: object) -> object:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fdopen", full)
        write_whole(file, b"new")


def test_rights_and_links_stay(tmp_path: Path) -> None:
    file, link = tmp_path / "a.csv", tmp_path / "b.csv"
    file.write_text("older", encoding="utf-8")
    file.chmod(0o640)
    link.symlink_to(file)
    write_whole(link, "näh".encode())
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == "näh"
    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "There is no room left in /srv."),
        (errno.EDQUOT, "There is no room left in /srv."),
        (errno.EACCES, "You may not write in /srv."),
        (errno.EROFS, "You may not write in /srv."),
        (errno.EISDIR, "/srv/a.csv is a folder."),
        (errno.ENAMETOOLONG, "The name /srv/a.csv is too long."),
        (errno.EIO, "/srv/a.csv could not be written: x."),
    ],
)
def test_why_not_is_said_in_words(number: int, words: str) -> None:
    assert why_not(OSError(number, "x"), Path("/srv/a.csv")).startswith(words)


def test_what_was_written_has_no_reason(tmp_path: Path) -> None:
    assert why_unwritten(tmp_path / "a", b"x") == ""
    assert (tmp_path / "a").read_bytes() == b"x"
    assert "is not there" in why_unwritten(tmp_path / "none" / "a", b"x")


def test_what_others_may_not_read_they_may_not_read_at_any_moment(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(b"older")
    file.chmod(0o666)
    write_whole(file, b"new", rights=0o600)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_link_that_somebody_put_beside_is_not_followed(tmp_path: Path) -> None:
    theirs, file = tmp_path / "theirs", tmp_path / "a.csv"
    theirs.write_text("theirs", encoding="utf-8")
    (tmp_path / f".a.csv.{os.getpid()}.part").symlink_to(theirs)
    with pytest.raises(FileExistsError):
        write_whole(file, b"new")
    assert theirs.read_text(encoding="utf-8") == "theirs"
    assert not file.exists()


def test_what_is_typed_is_a_file_at_each_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    assert typed_path(" ~/disk.qcow2 ") == Path("/home/ada/disk.qcow2")
    assert typed_path("~nobody-of-this-name/x") == Path.cwd() / "~nobody-of-this-name/x"
    assert typed_path("/srv/x") == Path("/srv/x")
