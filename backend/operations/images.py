"""Disk and DVD images on this computer: what they are, and getting them into a host's storage."""

import asyncio
import contextlib
import errno
import json
import os
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend import jobs
from backend.errors import (
    DiskFull,
    ImageMissing,
    ImageNotAlone,
    ImageNotRecognised,
    ImageUnreadable,
)
from backend.host.managed import ManagedHost
from backend.hypervisor import commands, streams
from backend.hypervisor.places import cache_directory
from backend.model import Firmware
from backend.operations import boot_sectors
from backend.specs import SourceKind

UPLOAD_DEADLINE_S = 6 * 3600.0
_LOOK_DEADLINE_S = 20.0
_ISO_MARKS = ((0x8001, b"CD001"), (0x8001, b"BEA01"))  # ISO 9660 (ECMA-119, 8.4), UDF
_PROGRESS = re.compile(rb"\(([\d.]+)/100%\)")
_BOOT_MARK = (510, b"\x55\xaa")
# Linux' x86 boot protocol; EFI and ELF, which QEMU loads as well.
_KERNEL_MARKS = ((0x202, b"HdrS"), (0, b"MZ"), (0, b"\x7fELF"))
# cpio itself, then as gzip, xz, zstd, bzip2, LZ4 and lzma have it.
_RAM_DISK_MARKS = tuple(
    (0, mark)
    for mark in (
        b"0707", b"\x1f\x8b", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"BZh", b"\x02\x21\x4c\x18",
        b"\x5d\0\0",
    )
)  # fmt: skip
_HEAD_BYTES = 0x8010


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What an image is, which takes its content from no other file.

    `firmware` is what boots the disk in it, None where nothing tells.
    """

    path: Path
    format: str
    virtual_size_bytes: int
    firmware: Firmware | None = None


async def check(host: ManagedHost, path: Path, kind: SourceKind) -> ImageFacts:
    """Return what the image at `path` is.

    Raises ImageMissing, ImageUnreadable, ImageNotRecognised, ImageNotAlone.
    """
    return await host.run_locally(lambda: look(path, kind), deadline_s=_LOOK_DEADLINE_S)


Check = Callable[[ManagedHost, Path], Awaitable[ImageFacts]]


async def check_kernel(host: ManagedHost, path: Path) -> ImageFacts:
    """Return what the kernel at `path` is. Raises ImageMissing, -Unreadable, -NotRecognised."""
    return await host.run_locally(
        lambda: _look_for(path, _KERNEL_MARKS), deadline_s=_LOOK_DEADLINE_S
    )


async def check_ram_disk(host: ManagedHost, path: Path) -> ImageFacts:
    """Return what the initial RAM disk at `path` is. Raises as `check_kernel`."""
    return await host.run_locally(
        lambda: _look_for(path, _RAM_DISK_MARKS), deadline_s=_LOOK_DEADLINE_S
    )


def look(path: Path, kind: SourceKind) -> ImageFacts:
    """As `check`; blocking."""
    if kind is SourceKind.DVD_IMAGE:
        return _look_for(path, _ISO_MARKS)
    head, _size = _head_of(path)
    image_told = _ask_qemu(path)
    if other := _other_file(image_told, path):
        # Read with our rights, it would hand the guest what nobody meant to give it.
        raise ImageNotAlone(path=str(path), other=other)
    at, mark = _BOOT_MARK
    if image_told["format"] == "raw" and head[at : at + len(mark)] != mark:
        raise ImageNotRecognised(path=str(path))  # any file is "raw" to QEMU
    size = int(image_told["virtual-size"])
    firmware = boot_sectors.firmware_for(boot_sectors.read(path, image_told["format"]))
    return ImageFacts(path, image_told["format"], size, firmware)


def format_of(path: Path) -> str:
    """Return the format of an image, "" where nobody can tell; blocking."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return ""  # to ask about a pipe is to wait for its writer
        return str(_ask_qemu(path)["format"])
    except (OSError, ImageNotRecognised, ImageUnreadable):
        return ""


def _look_for(path: Path, marks: tuple[tuple[int, bytes], ...]) -> ImageFacts:
    """Return what a file is that has one of these marks at that place."""
    head, size = _head_of(path)
    if not any(head[at : at + len(mark)] == mark for at, mark in marks):
        raise ImageNotRecognised(path=str(path))
    return ImageFacts(path, "raw", size)


def _head_of(path: Path) -> tuple[bytes, int]:
    """Return how a file begins, and its size. Raises ImageMissing, -Unreadable, -NotRecognised."""
    try:
        told = path.stat()
        if not stat.S_ISREG(told.st_mode) and not stat.S_ISDIR(told.st_mode):
            raise ImageNotRecognised(path=str(path))  # to open a pipe is to wait for its writer
        with path.open("rb") as image:
            return image.read(_HEAD_BYTES), told.st_size
    except FileNotFoundError as error:
        raise ImageMissing(path=str(path)) from error
    except OSError as error:
        raise ImageUnreadable(path=str(path), detail=(error.strerror or str(error),)) from error


def _ask_qemu(path: Path) -> dict[str, Any]:
    command = ["qemu-img", "info", "--output=json", "-U", f"file:{path}"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=15, check=True)
        told: dict[str, Any] = json.loads(answer.stdout)
    except subprocess.CalledProcessError as error:
        detail = tuple(error.stderr.splitlines()[-2:])
        raise ImageNotRecognised(path=str(path), detail=detail) from error
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise ImageUnreadable(path=str(path), detail=(str(error),)) from error
    return told


def _other_file(told: dict[str, Any], path: Path) -> str:
    """Return another file that the image takes content from, if there is one."""
    specific = told.get("format-specific", {}).get("data", {})
    extents = [extent.get("filename", "") for extent in specific.get("extents", ())]
    named = [told.get("backing-filename"), specific.get("data-file"), *extents]
    ours = {str(path), f"file:{path}"}
    return next((str(name) for name in named if name and name not in ours), "")


def other_file(path: Path) -> str:
    """Return another file that the image at `path` takes content from, "" if there is none.

    Blocking. Raises ImageNotRecognised, ImageUnreadable.
    """
    return _other_file(_ask_qemu(path), path)


def data_file(path: Path) -> str:
    """As `other_file`, but for the image that it is based on."""
    return _other_file(_ask_qemu(path) | {"backing-filename": None}, path)


async def rebase(path: Path, image_format: str, base: Path, base_format: str) -> None:
    """The image at `path` says that it is based on `base`; nothing else in it changes.

    Raises ImageUnreadable.
    """
    process = await asyncio.create_subprocess_exec(
        "qemu-img", "rebase", "-u", "-f", image_format, "-F", base_format, "-b", str(base),
        str(path), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        async with asyncio.timeout(_LOOK_DEADLINE_S):
            _, told = await process.communicate()
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        raise
    if process.returncode:
        detail = tuple(told.decode(errors="replace").splitlines()[-2:])
        raise ImageUnreadable(path=str(path), detail=detail)


def size_of(path: Path) -> int:
    """Return the size of a file in bytes; blocking. Raises ImageMissing, ImageUnreadable."""
    return _head_of(path)[1]


async def measure(image: ImageFacts) -> int:
    """Return how many bytes the image takes as qcow2, 0 if nobody can tell."""
    process = await asyncio.create_subprocess_exec(
        "qemu-img", "measure", "--output=json", "-O", "qcow2", "-f", image.format,
        f"file:{image.path}", stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(_LOOK_DEADLINE_S):
            told, _ = await process.communicate()
        return int(json.loads(told)["required"])
    except (TimeoutError, ValueError, KeyError):
        return 0
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()


@asynccontextmanager
async def as_qcow2(image: ImageFacts) -> AsyncIterator[Path]:
    """Give a qcow2 file: the image itself, or a converted copy while in use."""
    if image.format == "qcow2":
        yield image.path
        return
    with tempfile.TemporaryDirectory(prefix="celadon-import-", dir=image_workshop()) as place:
        converted = Path(place) / "disk.qcow2"
        needed = await measure(image)
        free = shutil.disk_usage(place).free
        if free < needed:
            raise DiskFull(path=place, needed_bytes=needed, free_bytes=free)
        await convert(image, converted)
        yield converted


def image_workshop() -> Path:
    """Return a directory with room for a converted image: the cache, as /tmp may be memory."""
    place = cache_directory()
    place.mkdir(parents=True, exist_ok=True)
    return place


async def convert(image: ImageFacts, target: Path) -> None:
    """The image is at `target` as well, new, as qcow2. Raises DiskFull, ImageUnreadable."""
    jobs.report(stage="converting", is_cancellable=True)
    process = await asyncio.create_subprocess_exec(
        "qemu-img", "convert", "-p", "-f", image.format, "-O", "qcow2", f"file:{image.path}",
        str(target), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        async with asyncio.timeout(UPLOAD_DEADLINE_S), asyncio.TaskGroup() as tasks:
            tasks.create_task(_follow(process.stdout))
            reading = tasks.create_task(_all_of(process.stderr))
            await process.wait()
        errors = reading.result()
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        raise
    if process.returncode:
        detail = tuple(errors.decode(errors="replace").splitlines()[-3:])
        if any(os.strerror(errno.ENOSPC) in line for line in detail):
            free = shutil.disk_usage(target.parent).free
            raise DiskFull(
                path=str(target.parent), needed_bytes=image.virtual_size_bytes, free_bytes=free
            )
        raise ImageUnreadable(path=str(image.path), detail=detail)


async def _follow(output: asyncio.StreamReader | None) -> None:
    """Report how far qemu-img says that it is: "(12.34/100%)", again and again."""
    while output and (told := await output.read(256)):
        if found := _PROGRESS.findall(told):
            jobs.report(
                progress=min(1.0, float(found[-1]) / 100), stage="converting", is_cancellable=True
            )


async def _all_of(output: asyncio.StreamReader | None) -> bytes:
    return await output.read() if output else b""


async def upload(host: ManagedHost, source: Path, volume_path: str) -> None:
    """The volume holds what the file `source` holds; progress goes to the job."""
    size = max(1, source.stat().st_size)  # noqa: ASYNC240  # a local file's inode
    loop = asyncio.get_running_loop()
    cancelled = False
    report = jobs.reporter()

    def told(sent: int) -> None:  # in the worker
        if cancelled:
            raise InterruptedError
        loop.call_soon_threadsafe(report, min(1.0, sent / size), "copying", True)  # noqa: FBT003

    def send(connect: Any) -> None:
        try:
            with source.open("rb") as file:
                streams.upload(connect, volume_path, file, told)
        except InterruptedError:
            raise
        except OSError as error:
            raise ImageUnreadable(path=str(source), detail=(str(error),)) from error

    jobs.report(progress=0.0, stage="copying", is_cancellable=True)
    try:
        await host.tell(send, deadline_s=UPLOAD_DEADLINE_S)
    except asyncio.CancelledError:
        cancelled = True
        raise
    await host.tell(lambda connect: commands.refresh_pool_of(connect, volume_path))
