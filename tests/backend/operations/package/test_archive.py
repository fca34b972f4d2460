"""Of an archive only plain files are there, and a header that lies is not believed."""

import contextlib
import io
import tarfile
from pathlib import Path

import pytest

from backend.operations.package import archive
from backend.operations.package.archive import Member
from backend.packages import FolderUnfit, PackageBroken, PackageMissing


def info(name: str, size: int = 0, **fields: object) -> tarfile.TarInfo:
    found = tarfile.TarInfo(name)
    found.size = size
    for field, value in fields.items():
        setattr(found, field, value)
    return found


def made(path: Path, *files: tuple[tarfile.TarInfo, bytes], form: int = tarfile.PAX_FORMAT) -> Path:
    with tarfile.open(path, "w", format=form) as into:
        for one, content in files:
            into.addfile(one, io.BytesIO(content))
    return path


def test_plain_files_by_their_place(tmp_path: Path) -> None:
    long = "a long name " * 20 + ".vmdk"
    path = made(tmp_path / "a.ova", (info("a.ovf", 3), b"abc"), (info(long, 5), b"01234"))
    found = archive.members(path)
    assert list(found) == ["a.ovf", long]
    assert archive.content(path, found["a.ovf"], 3) == b"abc"
    told: list[int] = []
    archive.unpack(path, found[long], tmp_path / "b", told.append)
    assert (tmp_path / "b").read_bytes() == b"01234"
    assert told == [5]
    with pytest.raises(FolderUnfit):
        archive.unpack(path, found[long], tmp_path / "b", told.append)
    with pytest.raises(PackageBroken):
        archive.content(path, found["a.ovf"], 2)


def test_links_and_devices_are_not_among_them(tmp_path: Path) -> None:
    odd = (
        info("a.ovf", type=tarfile.SYMTYPE, linkname="/etc/shadow"),
        info("b", type=tarfile.LNKTYPE, linkname="/etc/shadow"),
        info("c", type=tarfile.CHRTYPE),
        info("d", type=tarfile.DIRTYPE),
        info("e", type=tarfile.FIFOTYPE),
    )
    path = made(tmp_path / "a.ova", *((one, b"") for one in odd), (info("f", 1), b"x"))
    assert list(archive.members(path)) == ["f"]


def header(name: bytes, size: bytes, kind: bytes = b"0") -> bytes:
    block = bytearray(512)
    block[: len(name)] = name
    block[124 : 124 + len(size)] = size
    block[156:157] = kind
    block[257:265] = b"ustar\x0000"
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


@pytest.mark.parametrize(
    "content",
    [
        header(b"a", b"77777777777\0"),  # eight gigabytes that are not there
        header(b"a", b"\xff" * 11 + b"\x00"),  # a size below nothing
        header(b"a", b"77777777777\0", b"x") + bytes(1024),  # as long a header
        header(b"a", b"77777777777\0", b"L") + bytes(1024),
        header(b"a", b"\xff" * 11 + b"\x00", b"x"),
        (header(b"a", b"00000000001\0", b"L") + bytes(512)) * 5000,  # each is about the next one
    ],
)
def test_a_header_that_lies(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.ova"
    path.write_bytes(content + bytes(1024))
    with contextlib.suppress(PackageBroken):
        assert archive.members(path) == {}


def test_what_is_no_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.ova"
    path.write_bytes(b"\x1f\x8b" + bytes(2000))
    with pytest.raises(PackageBroken):
        archive.members(path)
    with pytest.raises(PackageMissing):
        archive.members(tmp_path / "none")


def test_very_many_are_not_read_to_their_end(tmp_path: Path) -> None:
    path = made(tmp_path / "a.ova", *((info(f"{n}"), b"") for n in range(1500)))
    assert len(archive.members(path)) == 1000


def test_a_member_is_where_it_says() -> None:
    assert Member(512, 3).offset == 512
