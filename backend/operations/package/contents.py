"""What a package holds, whoever made it: the noun, and finding out which kind it is."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from backend.errors import Problem
from backend.model import Firmware, Nic


class Maker(Enum):
    """Whose way of writing packages it is. OVA is OVF in one file."""

    CELADON = "celadon"
    OVF = "ovf"
    OVA = "ova"


@dataclass(frozen=True, slots=True)
class PackedDisk:
    """A virtual hard disk of a package: its file, how much that holds, and how large it becomes."""

    name: str
    target: str
    file_bytes: int
    capacity_bytes: int


@dataclass(frozen=True, slots=True)
class Sum:
    """The checksum of a file of a package, by an algorithm that hashlib knows ("sha256")."""

    name: str
    algorithm: str
    digest: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a package says of its machine, of which nothing is checked but that it is in order.

    `path` is the file that lists it. `left_out` is what the machine had and the package has not,
    `remarks` what one has to know before it is brought in. `made_at` is 0 where it does not say.
    """

    path: Path
    maker: Maker
    name: str
    uuid: str
    memory_bytes: int
    vcpus: int
    firmware: Firmware
    disks: tuple[PackedDisk, ...]
    adapters: tuple[Nic, ...]
    made_at: float = 0.0
    left_out: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()

    @property
    def file_bytes(self) -> int:
        """How much its disks hold."""
        return sum(disk.file_bytes for disk in self.disks)
