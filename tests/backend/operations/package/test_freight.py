"""Disks that are put together here, holes that stay, folders that go; streams are in tests/live."""

import asyncio
import contextlib
import errno
import subprocess
from pathlib import Path

import pytest

from backend.errors import DiskFull, ImageNotAlone, ImageUnreadable
from backend.operations import images
from backend.operations.package import freight
from backend.operations.package.freight import Meter
from backend.operations.package.manifest import Role
from backend.operations.package.origins import Layer, Origin
from backend.packages import FolderUnfit
from tests.backend.operations.package.packed import here, image


def layer(path: Path, kind: str = "qcow2") -> Layer:
    return Layer(str(path), kind, path.stat().st_size, is_volume=False)


def write(path: Path, at: int, byte: int, kind: str = "qcow2") -> None:
    order = f"write -P {byte} {at} 64k"
    subprocess.run(["qemu-io", "-f", kind, "-c", order, path], check=True, capture_output=True)


def content(path: Path) -> bytes:
    raw = path.with_suffix(".raw")
    subprocess.run(["qemu-img", "convert", "-f", "qcow2", "-O", "raw", path, raw], check=True)
    return raw.read_bytes()


@pytest.fixture
def chain(tmp_path: Path) -> tuple[Path, Path]:
    """A disk on top of a raw one."""
    base = image(tmp_path / "base", kind="raw")
    write(base, 0, 1, "raw")
    top = image(tmp_path / "top", "-b", str(base), "-F", "raw")
    write(top, 65536, 2)
    return top, base


async def test_layers_become_one_disk(tmp_path: Path, chain: tuple[Path, Path]) -> None:
    top, base = chain
    origin = Origin("vda.qcow2", Role.DISK, (layer(top), layer(base, "raw")), "vda")
    target = tmp_path / "out" / "vda.qcow2"
    target.parent.mkdir()
    await freight.bring(here(), origin, target, Meter(origin.size_bytes))
    assert content(target)[: 2 * 65536] == b"\1" * 65536 + b"\2" * 65536
    assert images.other_file(target) == ""
    assert {path.name for path in target.parent.iterdir()} == {"vda.qcow2", "vda.raw"}


async def test_one_that_stands_alone_is_taken_as_it_is(tmp_path: Path) -> None:
    disk = image(tmp_path / "disk")
    target = tmp_path / "vda.qcow2"
    await freight.bring(here(), Origin("vda.qcow2", Role.DISK, (layer(disk),)), target, Meter(1))
    assert target.read_bytes() == disk.read_bytes()


async def test_one_that_leads_elsewhere_though_the_host_denies_it(
    tmp_path: Path, chain: tuple[Path, Path]
) -> None:
    top, _base = chain
    folder = tmp_path / "out"
    folder.mkdir()
    for layers in ((layer(top),), (layer(image(tmp_path / "upper")), layer(top))):
        with pytest.raises(ImageNotAlone):
            await freight.bring(here(), Origin("v", Role.DISK, layers), folder / "v", Meter(1))
        (folder / "v").unlink(missing_ok=True)
        assert list(folder.iterdir()) == []


async def test_a_data_file_of_this_computer_is_not_followed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    upper = image(tmp_path / "upper", "-o", f"data_file={data}")
    base = image(tmp_path / "base")
    origin = Origin("v", Role.DISK, (layer(upper), layer(base)))
    with pytest.raises(ImageNotAlone):
        await freight.bring(here(), origin, tmp_path / "v", Meter(1))


async def test_holes_stay_holes(tmp_path: Path) -> None:
    source = tmp_path / "a.iso"
    with source.open("wb") as file:
        file.write(b"a")
        file.truncate(50 * 2**20)
    origin = Origin("sda.iso", Role.MEDIUM, (layer(source, "raw"),))
    await freight.bring(here(), origin, tmp_path / "b", Meter(1))
    assert (tmp_path / "b").stat().st_size == 50 * 2**20
    assert (tmp_path / "b").stat().st_blocks * 512 < 4 * 2**20
    gone = Origin("x", Role.MEDIUM, (Layer("/nowhere", "raw", 1, is_volume=False),))
    with pytest.raises(ImageUnreadable):
        await freight.bring(here(), gone, tmp_path / "c", Meter(1))


async def test_who_is_cancelled_stops_at_the_next_piece() -> None:
    meter = Meter(10)
    with contextlib.suppress(asyncio.CancelledError), meter.part("copying", 10) as told:
        told(5)
        raise asyncio.CancelledError
    with pytest.raises(InterruptedError):
        told(6)


def test_a_folder_that_takes_no_more(tmp_path: Path) -> None:
    assert isinstance(freight.unfit(OSError(errno.ENOSPC, "full"), tmp_path), DiskFull)
    assert isinstance(freight.unfit(OSError(errno.EACCES, "no"), tmp_path), FolderUnfit)
    freight.write(tmp_path / "a", b"x")
    with pytest.raises(FolderUnfit):
        freight.write(tmp_path / "a", b"y")
    with pytest.raises(FolderUnfit):
        freight.write(tmp_path / "none" / "a", b"y")
    assert (tmp_path / "a").read_bytes() == b"x"


async def test_a_folder_goes_with_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    await freight.remove(here(), tmp_path / "a")
    assert not (tmp_path / "a").exists()


def test_what_is_sealed_is_told_by_size_and_sum(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    size, digest = freight.seal(tmp_path / "a", lambda _at: None)
    assert (size, digest[:8]) == (3, "ba7816bf")
    with pytest.raises(FolderUnfit):
        freight.seal(tmp_path / "none", lambda _at: None)
