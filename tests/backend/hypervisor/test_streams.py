"""Holes stay holes, what goes wrong ends the stream. Real streams are in tests/live."""

import errno
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import libvirt
import pytest
from typing_extensions import override

from backend.errors import HypervisorRefused
from backend.hypervisor import streams


class Stream:
    """Gives what it was made with: bytes, and holes by their length."""

    def __init__(self, *parts: bytes | int) -> None:
        self.parts = list(parts)
        self.sent = b""
        self.calls: list[str] = []

    def recvFlags(self, _size: int, _flags: int) -> bytes | int:
        if not self.parts:
            return b""
        return -3 if isinstance(self.parts[0], int) else self.recv(_size)

    def recvHole(self, _flags: int) -> int:
        hole = self.parts.pop(0)
        assert isinstance(hole, int)
        return hole

    def recv(self, _size: int) -> bytes:
        part = self.parts.pop(0) if self.parts else b""
        assert isinstance(part, bytes)
        return part

    def send(self, part: bytes) -> int:
        self.sent += part[:3]
        return len(part[:3])

    def sendHole(self, length: int, _flags: int) -> None:
        self.calls.append(f"hole {length}")
        self.sent += bytes(length)

    def finish(self) -> None:
        self.calls.append("finish")

    def abort(self) -> None:
        self.calls.append("abort")


class Host:
    """A connection, its only volume and its only stream."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.flags = -1

    def newStream(self, _flags: int) -> Stream:
        return self.stream

    def storageVolLookupByPath(self, _path: str) -> "Host":
        return self

    def download(self, _stream: Stream, _at: int, _length: int, flags: int) -> None:
        self.flags = flags

    def upload(self, _stream: Stream, _at: int, length: int, _flags: int) -> None:
        self.flags = length

    def path(self) -> str:
        return "/v"


def test_holes_are_told_and_kept(tmp_path: Path) -> None:
    host, told = Host(Stream(b"ab", 4096, b"cd", 100)), list[int]()
    with (tmp_path / "v").open("wb") as file:
        streams.download(host, "/v", file, told.append)
    assert (tmp_path / "v").read_bytes() == b"ab" + bytes(4096) + b"cd" + bytes(100)
    assert told == [2, 4098, 4100, 4200]
    assert host.flags == 1
    assert host.stream.calls == ["finish"]


def test_who_does_not_want_any_more_ends_it() -> None:
    host = Host(Stream(b"ab", b"cd"))

    def enough(_at: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        streams.download(host, "/v", io.BytesIO(), enough)
    assert host.stream.calls == ["abort"]


def test_a_small_volume_is_read_and_written_whole() -> None:
    host = Host(Stream(b"ab", b"cd"))
    assert streams.read(host, host, 4) == b"abcd"
    streams.write(host, host, b"abcdefgh")
    assert (host.stream.sent, host.flags) == (b"abcdefgh", 8)


def test_one_that_is_not_small_is_not_read() -> None:
    host: Any = Host(Stream(b"ab", b"cd"))
    with pytest.raises(HypervisorRefused):
        streams.read(host, host, 3)
    assert host.stream.calls == ["abort"]


class Taking(Stream):
    """A stream that takes all at once."""

    @override
    def send(self, part: bytes) -> int:
        self.sent += part
        return len(part)


@pytest.mark.parametrize("is_taken", [True, False])
def test_holes_of_a_file_are_not_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_taken: bool
) -> None:
    monkeypatch.setattr(streams, "_PLAIN", 1 << 20)
    path = tmp_path / "a.qcow2"
    with path.open("wb") as made:
        made.write(b"head" * 1024)
        made.seek(8 << 20)
        made.write(b"middle")
        made.truncate(16 << 20)
    stream, told = Taking(), list[int]()
    host = Host(stream)

    def upload(_stream: object, _at: int, _length: int, flags: int) -> None:
        if flags and not is_taken:
            error = libvirt.libvirtError("unsupported flags")
            error.err = (libvirt.VIR_ERR_INVALID_ARG,)
            raise error

    monkeypatch.setattr(host, "upload", upload)
    with path.open("rb") as file:
        streams.upload(host, "/a", file, told.append)
    assert stream.sent == path.read_bytes()
    assert told[-1] == 16 << 20
    holes = [call for call in stream.calls if call.startswith("hole")]
    assert len(holes) == (2 if is_taken else 0)
    if is_taken:
        assert sum(int(hole.split()[1]) for hole in holes) > 14 << 20


def test_holes_near_the_beginning_are_sent_filled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new volume holds something there, and what is left out libvirt does not make zero."""
    monkeypatch.setattr(streams, "_PLAIN", 1 << 20)
    path = tmp_path / "a"
    path.touch()
    os.truncate(path, 4 << 20)
    host = Host(Taking())
    monkeypatch.setattr(host, "upload", lambda *_all: None)
    with path.open("rb") as file:
        streams.upload(host, "/a", file, lambda _at: None)
    assert host.stream.calls == [f"hole {3 << 20}", "finish"]


@pytest.mark.parametrize("has_holes", [True, False])
def test_a_file_that_becomes_shorter_is_no_whole_volume(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_holes: bool
) -> None:
    monkeypatch.setattr(streams, "_PLAIN", 1 << 20)
    path = tmp_path / "a"
    path.write_bytes(b"x" * (4 << 20))
    if has_holes:
        os.truncate(path, 16 << 20)
    stream = Taking()
    host = Host(stream)
    monkeypatch.setattr(host, "upload", lambda *_all: None)
    with path.open("rb") as file, pytest.raises(OSError, match="shorter"):
        streams.upload(host, "/a", file, lambda _at: os.truncate(path, 2 << 20))
    assert stream.calls[-1] == "abort"
    assert "finish" not in stream.calls


def test_a_drive_that_goes_away_is_no_hole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_PLAIN", 0)
    path = tmp_path / "a"
    path.write_bytes(b"")
    os.truncate(path, 16 << 20)
    answers: Iterator[int | OSError] = iter([8 << 20, OSError(errno.EIO, "gone")])

    def lseek(_number: int, _at: int, _how: int) -> int:
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        return answer

    host = Host(Taking())
    monkeypatch.setattr(host, "upload", lambda *_all: None)
    monkeypatch.setattr(os, "lseek", lseek)
    with path.open("rb", buffering=0) as file, pytest.raises(OSError, match="gone"):
        streams.upload(host, "/a", file, lambda _at: None)
    assert host.stream.calls == ["abort"]


def test_a_full_file_is_sent_as_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 3_000_000)
    stream, flags = Taking(), list[int]()
    host = Host(stream)
    monkeypatch.setattr(host, "upload", lambda _s, _a, _l, told: flags.append(told))
    with path.open("rb") as file:
        streams.upload(host, "/a", file, lambda _at: None)
    assert (stream.sent, flags) == (path.read_bytes(), [0])
