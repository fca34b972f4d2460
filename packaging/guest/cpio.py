"""Write a cpio archive in the "newc" form that the kernel unpacks as its initramfs.

The form is the kernel's Documentation/driver-api/early-userspace/buffer-format.rst. The bytes
depend on the entries only: sorted by name, owned by root, dated 1970.
"""

import stat
from dataclasses import dataclass, field

_MAGIC = "070701"
_TRAILER = "TRAILER!!!"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: `mode` with its type bits, `data` (a link's target), device numbers."""

    mode: int
    data: bytes = b""
    device: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Archive:
    """A file tree under construction; folders that lead to an entry appear by themselves."""

    entries: dict[str, Entry] = field(default_factory=dict)

    def _put(self, name: str, entry: Entry) -> None:
        parts = name.split("/")
        for depth in range(1, len(parts)):
            parent = "/".join(parts[:depth])
            self.entries.setdefault(parent, Entry(stat.S_IFDIR | 0o755))
        self.entries[name] = entry

    def add_folder(self, name: str) -> None:
        """Add an empty folder."""
        self._put(name, Entry(stat.S_IFDIR | 0o755))

    def add_file(self, name: str, data: bytes, permissions: int = 0o644) -> None:
        """Add a regular file."""
        self._put(name, Entry(stat.S_IFREG | permissions, data))

    def add_link(self, name: str, target: str) -> None:
        """Add a symbolic link."""
        self._put(name, Entry(stat.S_IFLNK | 0o777, target.encode()))

    def add_character_device(self, name: str, permissions: int, device: tuple[int, int]) -> None:
        """Add a character device with its (major, minor) numbers."""
        self._put(name, Entry(stat.S_IFCHR | permissions, b"", device))

    def dump(self) -> bytes:
        """Return the archive, padded to 512 bytes."""
        out = bytearray()
        for inode, name in enumerate(sorted(self.entries), start=1):
            _write_record(out, inode, name, self.entries[name])
        _write_record(out, 0, _TRAILER, Entry(0))
        out.extend(bytes(-len(out) % 512))
        return bytes(out)


def _write_record(out: bytearray, inode: int, name: str, entry: Entry) -> None:
    encoded = name.encode() + b"\0"
    links = 2 if stat.S_ISDIR(entry.mode) else 1
    owner = group = modified = device_major = device_minor = checksum = 0
    numbers = (
        *(inode, entry.mode, owner, group, links, modified, len(entry.data)),
        *(device_major, device_minor, *entry.device, len(encoded), checksum),
    )
    out.extend((_MAGIC + "".join(f"{number:08X}" for number in numbers)).encode())
    out.extend(encoded)
    out.extend(bytes(-len(out) % 4))
    out.extend(entry.data)
    out.extend(bytes(-len(out) % 4))
