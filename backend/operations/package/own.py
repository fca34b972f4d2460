"""Packages of ours, read: blocking, pure over the files of this computer."""

from dataclasses import dataclass
from pathlib import Path

from backend.errors import DescriptionRefused, Problem
from backend.operations.package import files, manifest
from backend.operations.package.contents import Contents, Maker, PackedDisk, Sum
from backend.operations.package.manifest import Manifest, NotAManifest, PackedFile, Role, TooNew
from backend.packages import PackageBroken, PackageDamaged, PackageTooNew
from backend.xmldesc import domain, moved, written


@dataclass(frozen=True, slots=True)
class OwnPackage:
    """A package of ours: what it holds, its list, and the machine's description."""

    contents: Contents
    manifest: Manifest
    description: str

    @property
    def folder(self) -> Path:
        """Where its files are."""
        return self.contents.path.parent

    @property
    def sums(self) -> tuple[Sum, ...]:
        """The checksum of each file."""
        return tuple(Sum(file.name, "sha256", file.sha256) for file in self.manifest.files)


def read(path: Path) -> OwnPackage:
    """Return the package whose list is at `path`; its files are there and as large as listed.

    Raises PackageMissing, PackageBroken, PackageTooNew, PackageDamaged, and what
    `definition.fault` tells of a description.
    """
    folder = path.parent
    try:
        listed = manifest.parse(files.text(path, manifest.SIZE_MAXIMUM))
    except NotAManifest as error:
        raise PackageBroken(path=str(folder), detail=(f"{path.name}: {error}",)) from error
    except TooNew as error:
        raise PackageTooNew(path=str(folder)) from error
    for file in listed.files:
        if files.size(folder / file.name) != file.size_bytes:
            raise PackageDamaged(name=file.name)
    (description,) = listed.of_role(Role.DESCRIPTION)
    text = files.text(folder / description.name, written.SIZE_MAXIMUM)
    written.outline(text)  # no document type, no entities
    try:
        told = domain.parse(text)
        has = moved.belongings(text)
    except (ValueError, DescriptionRefused) as error:
        raise PackageBroken(path=str(folder), detail=(f"{description.name}: {error}",)) from error
    made_of = told.configuration
    disks = _disks(listed, [disk.target for disk in made_of.disks if disk.device == "disk"], folder)
    for path_of_it, role in ((has.kernel, Role.KERNEL), (has.ram_disk, Role.RAM_DISK)):
        if path_of_it and not listed.of_role(role):
            raise PackageBroken(path=str(folder), detail=(role.value,))
    contents = Contents(
        path=path,
        maker=Maker.CELADON,
        name=told.name or listed.name,
        uuid=told.uuid,
        memory_bytes=made_of.current_memory_bytes,
        vcpus=made_of.vcpus,
        firmware=made_of.firmware,
        disks=disks,
        adapters=made_of.nics,
        made_at=listed.made_at,
        left_out=listed.left_out,
        remarks=tuple(Problem("PackageReaches", (("part", part),)) for part in has.reaches),
    )
    return OwnPackage(contents, listed, text)


def _disks(listed: Manifest, targets: list[str], folder: Path) -> tuple[PackedDisk, ...]:
    """Return the disks, of which each has its file: none is taken from the host itself."""
    there = {file.target: file for file in listed.of_role(Role.DISK)}
    if sorted(there) != sorted(targets):
        raise PackageBroken(path=str(folder), detail=(" ".join(sorted({*there} ^ {*targets})),))
    return tuple(_disk(there[target]) for target in targets)


def _disk(file: PackedFile) -> PackedDisk:
    return PackedDisk(file.name, file.target, file.size_bytes, file.capacity_bytes)
