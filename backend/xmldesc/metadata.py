"""What Celadon writes into a machine's own description: when it was made, and from what."""

from dataclasses import dataclass

from backend.xmldesc import tree

NAMESPACE = "urn:celadon:machine:1"
PREFIX = "celadon"


@dataclass(frozen=True, slots=True)
class MachineNote:
    """Made at `created_at` (Unix seconds; None: not by Celadon) from `source` (SourceKind)."""

    created_at: float | None = None
    source: str = ""


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
    return MachineNote(created_at, str(found.get("source", "")))


def dump(note: MachineNote) -> tree.Element:
    """Return the element that goes below <metadata>."""
    return tree.new_qualified(
        "machine", PREFIX, NAMESPACE, created=f"{note.created_at or 0:.0f}", source=note.source
    )
