"""What a hypervisor is asked before a machine is made, of libvirt's test driver."""

from collections.abc import Iterator
from typing import Any

import libvirt
import pytest

from backend.hypervisor import host_figures, making


@pytest.fixture
def connect() -> Iterator[Any]:
    opened = libvirt.open("test:///default")
    yield opened
    opened.close()


class Stats:
    def getMemoryStats(self, cells: int) -> dict[str, int]:
        assert cells == libvirt.VIR_NODE_MEMORY_STATS_ALL_CELLS
        return {"total": 100, "free": 1, "buffers": 2, "cached": 3}


@pytest.mark.parametrize(("shared", "free"), [("", 6), ("2 kB", 4), ("9000 kB", 3)])
def test_what_is_only_cached_can_be_given_and_what_is_shared_cannot(
    monkeypatch: pytest.MonkeyPatch, shared: str, free: int
) -> None:
    told = f"/proc/meminfo:Shmem:   {shared}" if shared else ""
    monkeypatch.setattr(host_figures, "read_pressure", lambda _connect: told)
    assert making.free_memory_bytes(Stats()) == free * 1024


class Stream:
    def __init__(self) -> None:
        self.parts = [b"ab", b"c"]
        self.is_finished = False

    def recv(self, _size: int) -> bytes:
        return self.parts.pop(0) if self.parts else b""

    def finish(self) -> None:
        self.is_finished = True


class Volume:
    def __init__(self) -> None:
        self.stream = Stream()
        self.asked: tuple[int, int] = (0, 0)

    def newStream(self, _flags: int) -> Stream:
        return self.stream

    def storageVolLookupByPath(self, _path: str) -> "Volume":
        return self

    def download(self, _stream: Stream, offset: int, length: int, _flags: int) -> None:
        self.asked = (offset, length)


def test_a_part_of_a_volume() -> None:
    volume = Volume()
    assert making.read_volume(volume, "/v", 10, 3) == b"abc"
    assert volume.asked == (10, 3)
    assert volume.stream.is_finished


def test_what_a_driver_can_do_is_asked_for_the_machine_and_what_runs_it(
    connect: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "getDomainCapabilities", lambda *of: f"<{of}/>")
    told = making.domain_capabilities(connect, "q35", "kvm")
    assert told == "<(None, 'x86_64', 'q35', 'kvm', 0)/>"
