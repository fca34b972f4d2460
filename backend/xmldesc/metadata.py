"""What Celadon writes into a machine's own description: when it was made, and from what."""

from dataclasses import dataclass

from backend.xmldesc import tree

NAMESPACE = "urn:celadon:machine:1"
PREFIX = "celadon"
MEMORY_MINIMUM = "memory-minimum"
"""Beside the note: what the balloon is to leave a machine, which libvirt has no place for."""
_SYSTEMS = "http://libosinfo.org/xmlns/libvirt/domain/1.0"


@dataclass(frozen=True, slots=True)
class MachineNote:
    """Made at `created_at` (Unix seconds; None: not by Celadon) from `source` (SourceKind).

    `made_files` were made for it beside its disks.
    """

    created_at: float | None = None
    source: str = ""
    made_files: tuple[str, ...] = ()


def parse(domain: tree.Element) -> MachineNote:
    """Return our note in a domain's description, empty if there is none."""
    found = domain.find(f"metadata/{{{NAMESPACE}}}machine")
    if found is None:
        return MachineNote()
    created = str(found.get("created", ""))
    try:
        created_at = float(created)
    except ValueError:
        created_at = None
    files = (str(file.get("path", "")) for file in found.iterfind(f"{{{NAMESPACE}}}file"))
    return MachineNote(created_at, str(found.get("source", "")), tuple(filter(None, files)))


def dump(note: MachineNote) -> tree.Element:
    """Return the element that goes below <metadata>."""
    root = tree.new_qualified(
        "machine", PREFIX, NAMESPACE, created=f"{note.created_at or 0:.0f}", source=note.source
    )
    for path in note.made_files:
        root.append(tree.new_qualified("file", PREFIX, NAMESPACE, path=path))
    return root


def dump_system(system: str) -> tree.Element:
    """Return the element that names an operating system, as virt-manager and others write it."""
    root = tree.new_qualified("libosinfo", "libosinfo", _SYSTEMS)
    root.append(tree.new_qualified("os", "libosinfo", _SYSTEMS, id=system))
    return root
