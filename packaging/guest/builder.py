"""One build from packages to a finished folder that appears as a whole or not at all."""

import contextlib
import fcntl
import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.guest import command, initramfs, mirrors
from packaging.guest.apt import SUITE, Apt, Package
from packaging.guest.problem import DiskFullError, GuestBuildError, tell

MIB = 1 << 20
# tsc=unstable: with several guests on few cores, the emulated counter made the guest's clock jump.
# mitigations=off: the guest keeps no secrets, and emulation pays for every barrier.
# cryptomgr.notests: the kernel's self-tests of its ciphers took a fifth of the boot.
# memhp_default_state: what a virtio-mem device plugged in can be taken out again.
# swiotlb=2048: room for hot-added memory above 4 GiB would else cost 64 MiB of bounce buffers.
KERNEL_COMMAND_LINE = (
    "console=tty0 console=ttyS0 quiet loglevel=1 panic=-1 tsc=unstable mitigations=off"
    " cryptomgr.notests swiotlb=2048 memhp_default_state=online_movable"
)


@dataclass(frozen=True, slots=True)
class Request:
    """What to build: where to, with which downloads, under which key."""

    out: Path
    cache: Path
    key: str
    force: bool = False
    update: bool = False


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("another build is running; waiting for it ...")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _refuse_foreign(out: Path) -> None:
    if out.is_dir() and any(out.iterdir()) and not (out / command.MANIFEST).is_file():
        raise GuestBuildError(f"{out} holds other files; name an empty or new folder with --out.")


def _fetch(request: Request) -> tuple[str, dict[Package, Path]]:
    """Return the kernel package's name and all packages, from the first mirror that answers."""
    choices = mirrors.candidates()
    for last, choice in enumerate(choices, start=1 - len(choices)):
        try:
            return _fetch_from(choice, request)
        except GuestBuildError as error:
            if not last or isinstance(error, DiskFullError):
                raise
            tell(f"{error} Trying {mirrors.DEFAULT_MAIN} ...")
    raise AssertionError("there is always a mirror")


def _fetch_from(choice: mirrors.Mirrors, request: Request) -> tuple[str, dict[Package, Path]]:
    apt = Apt(request.cache, choice)
    had_lists = apt.has_lists
    if request.update or not apt.has_fresh_lists:
        try:
            apt.update()
        except GuestBuildError as error:
            if request.update or not had_lists:
                raise
            tell(f"{error} Going on with the lists of the last time.")
    try:
        return _fetch_packages(apt)
    except GuestBuildError:
        if not had_lists:
            raise
    apt.update()  # the old lists may name what the mirror no longer has
    return _fetch_packages(apt)


def _fetch_packages(apt: Apt) -> tuple[str, dict[Package, Path]]:
    kernel = apt.find_dependency(initramfs.KERNEL_META_PACKAGE, r"linux-image-\d\S*")
    names = [kernel, initramfs.BUSYBOX_PACKAGE, *initramfs.AGENT_PACKAGES]
    return kernel, apt.fetch(names)


def dump_manifest(guest: initramfs.Guest, packages: dict[str, str], key: str) -> str:
    """Return the text of manifest.json; README.md says what each field promises."""
    files = {"vmlinuz": guest.vmlinuz, "vmlinux": guest.vmlinux, "initrd.gz": guest.initrd}
    manifest = {
        "name": "celadon-sample-guest",
        "version": "1",
        "key": key,
        "architecture": "x86_64",
        "suite": SUITE,
        "kernel": guest.release,
        "cmdline": KERNEL_COMMAND_LINE,
        "memory_bytes_minimum": 128 * MIB,
        "memory_bytes": 192 * MIB,
        "files": {
            name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files.items()
        },
        "packages": packages,
    }
    return json.dumps(manifest, indent=1) + "\n"


def _write(folder: Path, name: str, data: bytes) -> None:
    path = folder / name
    path.write_bytes(data)
    path.chmod(0o644)  # a QEMU that runs under another user reads it


def _replace(new: Path, out: Path) -> None:
    """Put `new` where `out` is; a reader sees the old folder, none, or the new one, never half."""
    if out.exists():
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-old-", dir=out.parent) as aside:
            out.rename(Path(aside) / "guest")
            new.rename(out)
    else:
        new.rename(out)


def _clear_remains(out: Path) -> None:
    """Remove what a build that was killed left beside `out`; we hold its lock."""
    for kind in ("new", "old"):
        for path in out.parent.glob(f".{out.name}-{kind}-*"):
            shutil.rmtree(path, ignore_errors=True)


def _build_locked(request: Request) -> None:
    out = request.out
    _clear_remains(out)
    started = time.monotonic()
    kernel, fetched = _fetch(request)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-new-", dir=out.parent) as scratch:
        tell("putting kernel, busybox and guest agent together ...")
        files = {package.name: path for package, path in fetched.items()}
        guest = initramfs.assemble(files, kernel, command.HERE / "rootfs", Path(scratch))
        new = Path(scratch) / "guest"
        new.mkdir()
        new.chmod(0o755)
        _write(new, "vmlinuz", guest.vmlinuz)
        _write(new, "vmlinux", guest.vmlinux)
        _write(new, "initrd.gz", guest.initrd)
        versions = {package.name: package.version for package in sorted(fetched, key=_name)}
        _write(new, command.MANIFEST, dump_manifest(guest, versions, request.key).encode())
        _replace(new, out)
    elapsed = time.monotonic() - started
    tell(f"kernel {guest.release}, initrd {len(guest.initrd) / 1e6:.1f} MB, {elapsed:.1f} s: {out}")


def _name(package: Package) -> str:
    return package.name


def build(request: Request) -> None:
    """Make the folder `request.out`; when another build made it meanwhile, that one is kept."""
    _refuse_foreign(request.out)
    with (
        _locked(request.out.with_name(f".{request.out.name}.lock")),
        _locked(request.cache / "lock"),
    ):
        forced = request.force or request.update
        if forced or not command.is_built(request.out, request.key):
            _build_locked(request)
