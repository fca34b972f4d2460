"""Storage pools and volumes (https://libvirt.org/formatstorage.html)."""

from dataclasses import dataclass

from backend.xmldesc import tree


@dataclass(frozen=True, slots=True)
class PoolDescription:
    """What a <pool> says; sizes in bytes, 0 while it is not active."""

    uuid: str
    name: str
    type: str
    path: str
    capacity_bytes: int
    allocation_bytes: int
    available_bytes: int


@dataclass(frozen=True, slots=True)
class VolumeDescription:
    """What a <volume> says; sizes in bytes."""

    key: str
    name: str
    path: str
    format: str
    capacity_bytes: int
    allocation_bytes: int
    backing: str


def parse_pool(text: str) -> PoolDescription:
    """Read a <pool>. Raises DescriptionRefused for what is no XML."""
    root = tree.read(text)
    return PoolDescription(
        uuid=tree.text_of(root, "uuid"),
        name=tree.text_of(root, "name"),
        type=str(root.get("type", "")),
        path=tree.text_of(root, "target/path"),
        capacity_bytes=tree.bytes_at(root, "capacity", "bytes"),
        allocation_bytes=tree.bytes_at(root, "allocation", "bytes"),
        available_bytes=tree.bytes_at(root, "available", "bytes"),
    )


def parse_volume(text: str) -> VolumeDescription:
    """Read a <volume>. Raises DescriptionRefused for what is no XML."""
    root = tree.read(text)
    path = tree.text_of(root, "target/path")
    return VolumeDescription(
        key=tree.text_of(root, "key") or path,
        name=tree.text_of(root, "name"),
        path=path,
        format=tree.attribute(root, "target/format", "type", "raw"),
        capacity_bytes=tree.bytes_at(root, "capacity", "bytes"),
        allocation_bytes=tree.bytes_at(root, "allocation", "bytes"),
        backing=tree.text_of(root, "backingStore/path"),
    )


def dump_volume(
    name: str, capacity_bytes: int, volume_format: str, backing: tuple[str, str] = ("", "")
) -> str:
    """Return the description of a new, empty, sparse volume; `backing` is a path and its format."""
    root = tree.new("volume")
    tree.add(root, "name", name)
    tree.add(root, "capacity", str(capacity_bytes), unit="bytes")
    tree.add(root, "allocation", "0", unit="bytes")
    target = tree.add(root, "target")
    tree.add(target, "format", type=volume_format)
    path, backing_format = backing
    if path:
        base = tree.add(root, "backingStore")
        tree.add(base, "path", path)
        tree.add(base, "format", type=backing_format)
    return tree.write(root)


def volume_standing(text: str) -> str:
    """Return how large a <volume> is, when it was written to last, and when it changed hands."""
    root = tree.read(text)
    paths = ("capacity", "allocation", "target/timestamps/mtime", "target/timestamps/ctime")
    return " ".join(tree.text_of(root, path) or "-" for path in paths)


def dump_pool(name: str, path: str) -> str:
    """Return the description of a pool over a directory that is there."""
    root = tree.new("pool", type="dir")
    tree.add(root, "name", name)
    tree.add(tree.add(root, "target"), "path", path)
    return tree.write(root)
