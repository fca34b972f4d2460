"""Packages that other programs made (OVF, OVA), read: blocking, over the files of this computer."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backend.errors import Problem
from backend.model import Nic
from backend.operations.package import archive, files
from backend.operations.package.archive import Member
from backend.operations.package.contents import Contents, Maker, PackedDisk, Sum
from backend.packages import PackageBroken, PackageDamaged, PackageMissing
from backend.xmldesc import ovf
from backend.xmldesc.ovf import Envelope

_LINE: Final = re.compile(
    r"^\s*(SHA(?:1|224|256|384|512))\s*\((.+)\)\s*=\s*([0-9A-Fa-f]{40,128})\s*$"
)
_TEXT_MAXIMUM: Final = 2**20
Look = Callable[[str], int | None]
"""Returns the size of a file of the package, None if it has none of that name."""


@dataclass(frozen=True, slots=True)
class ForeignPackage:
    """A package of another program. `members` are the files of an archive; None: it is a folder."""

    contents: Contents
    envelope: Envelope
    sums: tuple[Sum, ...]
    members: dict[str, Member] | None = None

    @property
    def folder(self) -> Path:
        """Where its files are, if it is no archive."""
        return self.contents.path.parent


def read_folder(path: Path) -> ForeignPackage:
    """Return the package whose envelope is at `path`.

    Raises PackageMissing, PackageBroken, PackageDamaged, PackageUnfit, and what `written.parsed`
    does.
    """
    folder = path.parent

    def look(name: str) -> int | None:
        try:
            return files.size(folder / name)
        except PackageMissing:
            return None

    def read(name: str) -> bytes:
        return files.content(folder / name, _TEXT_MAXIMUM)

    return _package(path, Maker.OVF, path.name, look, read, lambda _name: "missing")


def read_archive(path: Path) -> ForeignPackage:
    """Return the package in an archive. Raises as `read_folder`."""
    found = archive.members(path)
    envelope = next((name for name in found if name.lower().endswith(".ovf")), None)
    if envelope is None:
        raise PackageMissing(path=str(path))

    def look(name: str) -> int | None:
        return found[name].size_bytes if name in found else None

    def read(name: str) -> bytes:
        return archive.content(path, found[name], _TEXT_MAXIMUM)

    def why_missing(name: str) -> str:
        return archive.why_missing(path, name)

    package = _package(path, Maker.OVA, envelope, look, read, why_missing)
    return ForeignPackage(package.contents, package.envelope, package.sums, found)


def _package(
    path: Path,
    maker: Maker,
    name: str,
    look: Look,
    read: Callable[[str], bytes],
    why_missing: Callable[[str], str],
) -> ForeignPackage:
    content = read(name)
    envelope = ovf.parse(content.decode("utf-8-sig", "replace"))
    for file, size in envelope.files:
        there = look(file)
        if there is None:
            raise PackageBroken(path=str(path), detail=(f"{file}: {why_missing(file)}",))
        if size and there != size:
            raise PackageDamaged(name=file)
    listed = f"{name.rpartition('.')[0]}.mf"
    sums = _sums(read(listed)) if look(listed) is not None else ()
    wanted = {disk.file for disk in envelope.disks if disk.file}
    for one in sums:
        if one.name == name and hashlib.new(one.algorithm, content).hexdigest() != one.digest:
            raise PackageDamaged(name=name)
    sums = tuple(one for one in sums if one.name in wanted)
    has_sums = wanted <= {one.name for one in sums}
    remarks = tuple(_remarks(envelope, has_sums=has_sums))
    contents = _contents(path, maker, envelope, look, remarks)
    return ForeignPackage(contents, envelope, sums)


def _contents(
    path: Path, maker: Maker, envelope: Envelope, look: Look, remarks: tuple[Problem, ...]
) -> Contents:
    disks = tuple(
        PackedDisk(
            disk.file,
            f"disk {number}",
            look(disk.file) or 0 if disk.file else 0,
            disk.capacity_bytes,
        )
        for number, disk in enumerate(envelope.disks, start=1)
    )
    return Contents(
        path=path,
        maker=maker,
        name=envelope.name or path.stem,
        uuid="",
        memory_bytes=envelope.memory_bytes,
        vcpus=envelope.vcpus,
        firmware=envelope.firmware,
        disks=disks,
        adapters=tuple(Nic("", "network", one.network, one.model) for one in envelope.adapters),
        left_out=tuple(
            Problem("PackageWithoutMedium", (("path", file), ("target", drive)))
            for file, drive in envelope.media
        ),
        remarks=remarks,
    )


def _remarks(envelope: Envelope, *, has_sums: bool) -> Iterator[Problem]:
    program = envelope.program
    names = {"vmx": "VMware", "virtualbox": "VirtualBox"}
    known = next(
        (name for mark, name in names.items() if program.lower().startswith(mark)), program
    )
    if known:
        yield Problem("PackageForeign", (("program", known),))
    if not has_sums:
        yield Problem("PackageWithoutSums")


def _sums(content: bytes) -> tuple[Sum, ...]:
    """Return what a manifest says: "SHA256(a.vmdk)= 12ab"; other lines say nothing to us."""
    lines = content.decode("utf-8", "replace").splitlines()
    found = filter(None, map(_LINE.match, lines))
    return tuple(Sum(match[2], match[1].lower(), match[3].lower()) for match in found)
