"""A snapshot's description (https://libvirt.org/formatsnapshot.html)."""

from dataclasses import dataclass

from backend.xmldesc import tree


@dataclass(frozen=True, slots=True)
class SnapshotDescription:
    """What a <domainsnapshot> says; the time in Unix seconds."""

    name: str
    created_at: float
    state: str
    parent: str
    description: str


def parse(text: str) -> SnapshotDescription:
    """Read a <domainsnapshot>. Raises DescriptionRefused for what is no XML."""
    root = tree.read(text)
    return SnapshotDescription(
        name=tree.text_of(root, "name"),
        created_at=float(tree.text_of(root, "creationTime", "0")),
        state=tree.text_of(root, "state"),
        parent=tree.text_of(root, "parent/name"),
        description=tree.text_of(root, "description"),
    )
