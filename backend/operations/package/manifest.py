"""The list of what is in a package of ours: machine.json. Pure."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any, Final

from backend.errors import Argument, Problem

FILE: Final = "machine.json"
SIZE_MAXIMUM: Final = 2**20
_FORMAT, _VERSION = "celadon machine", 1
_FILES_MAXIMUM: Final = 1000
_LAST_MOMENT: Final = 2**35
# No folder, nothing hidden, nothing that a shell or a terminal would take for something else.
_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class Role(Enum):
    """What a file of a package is to the machine. MEMORY is its firmware's (NVRAM)."""

    DESCRIPTION = "description"
    DISK = "disk"
    MEDIUM = "medium"
    MEMORY = "memory"
    KERNEL = "kernel"
    RAM_DISK = "ram_disk"


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file of a package. `target` is the drive ("vda") that it is the disk or the medium of."""

    name: str
    role: Role
    size_bytes: int
    sha256: str
    target: str = ""
    format: str = ""
    capacity_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package holds. `left_out` is what the machine has and the package has not."""

    name: str
    uuid: str
    made_at: float
    files: tuple[PackedFile, ...]
    left_out: tuple[Problem, ...] = ()

    def of_role(self, role: Role) -> tuple[PackedFile, ...]:
        """Return the files of that role."""
        return tuple(file for file in self.files if file.role is role)


class NotAManifest(Exception):
    """The text is no such list; the message says why, in nobody's language."""


class TooNew(Exception):
    """The list is written in a later way than is known here."""


def dump(manifest: Manifest) -> str:
    """Return the list as text."""
    told = {
        "format": _FORMAT,
        "version": _VERSION,
        "name": manifest.name,
        "uuid": manifest.uuid,
        "made_at": manifest.made_at,
        "files": [asdict(file) | {"role": file.role.value} for file in manifest.files],
        "left_out": [
            {"what": one.message_id, **{k: v for k, v in one.arguments if v is not None}}
            for one in manifest.left_out
        ],
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def parse(text: str) -> Manifest:
    """Return the list that a text is. Raises NotAManifest, TooNew."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAManifest(str(error)) from error
    if not isinstance(told, dict) or told.get("format") != _FORMAT:
        raise NotAManifest("no list of a machine's files")
    version = told.get("version")
    if isinstance(version, int) and version > _VERSION:
        raise TooNew
    listed = told.get("files")
    if not isinstance(listed, list) or len(listed) > _FILES_MAXIMUM:
        raise NotAManifest("files")
    files = tuple(_file(one) for one in listed)
    for part in ({f.name for f in files}, {(f.role, f.target) for f in files}):
        if len(part) != len(files):
            raise NotAManifest("a file stands there twice")
    manifest = Manifest(
        name=_text(told, "name"),
        uuid=_text(told, "uuid"),
        made_at=_moment(told.get("made_at")),
        files=files,
        left_out=tuple(map(_problem, _list(told, "left_out"))),
    )
    if len(manifest.of_role(Role.DESCRIPTION)) != 1:
        raise NotAManifest("one description is needed")
    return manifest


def _file(told: object) -> PackedFile:
    if not isinstance(told, dict):
        raise NotAManifest("files")
    name, digest = _text(told, "name"), _text(told, "sha256")
    if not _NAME.fullmatch(name) or not _SHA256.fullmatch(digest):
        raise NotAManifest(f"files: {name!r}")
    try:
        role = Role(told.get("role"))
    except ValueError as error:
        raise NotAManifest(str(error)) from error
    sizes = [told.get("size_bytes"), told.get("capacity_bytes", 0)]
    if not all(isinstance(size, int) and 0 <= size < 2**63 for size in sizes):
        raise NotAManifest(f"{name}: size")
    return PackedFile(
        name, role, int(told["size_bytes"]), digest, str(told.get("target", "")),
        str(told.get("format", "")), int(told.get("capacity_bytes", 0)),
    )  # fmt: skip


def _moment(told: object) -> float:
    """Return Unix seconds that a calendar has a day for, 0 for anything else."""
    if not isinstance(told, int | float) or not 0 <= told <= _LAST_MOMENT:
        return 0.0
    return float(told)


def _problem(told: object) -> Problem:
    if not isinstance(told, dict):
        raise NotAManifest("left_out")
    arguments: dict[str, Argument] = {
        str(k): v for k, v in told.items() if k != "what" and isinstance(v, str | int)
    }
    return Problem(str(told.get("what", "")), tuple(sorted(arguments.items())))


def _list(told: Mapping[str, Any], key: str) -> list[Any]:
    found = told.get(key, [])
    if not isinstance(found, list) or len(found) > _FILES_MAXIMUM:
        raise NotAManifest(key)
    return found


def _text(told: Mapping[str, Any], key: str) -> str:
    found = told.get(key)
    if not isinstance(found, str) or len(found) > 1000:
        raise NotAManifest(key)
    return found
