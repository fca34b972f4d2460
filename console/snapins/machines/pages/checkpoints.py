"""The page Checkpoints: which there are, what each came from, and which one the machine is at."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from backend.model import Domain, DomainSnapshot, Kind, Record
from console.sdk import wording
from console.sdk.context import Context, Lookup
from console.sdk.nodes import Tone
from console.sdk.views import Cell
from console.snapins.machines.pages.tables import TablePage
from console.widgets.table_model import Line, TableColumn


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class CheckpointsPage(TablePage):
    """The checkpoints of a machine as a tree, the oldest on top."""

    beside = frozenset({Kind.SNAPSHOT})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        columns = (
            TableColumn(_tr("Checkpoint"), 34),
            TableColumn(_tr("Made"), 18),
            TableColumn(_tr("Holds"), 20),
            TableColumn(_tr("Description"), 40),
        )
        super().__init__(context, _tr("Checkpoints"), columns, parent)
        self.table.show_tree()
        self.show_button.hide()

    @override
    def lines(self, record: Record) -> Sequence[Line]:
        return lines(record, self.context.lookup) if isinstance(record, Domain) else ()

    @override
    def empty(self, record: Record | None) -> str:
        return _tr(
            "This machine has no checkpoints. One that is made elsewhere, with virsh "
            "snapshot-create-as, appears here within half a minute."
        )


def lines(domain: Domain, lookup: Lookup) -> tuple[Line, ...]:
    """Return a line for each checkpoint, below the one that it came from."""
    found = [
        checkpoint
        for checkpoint in lookup.records(DomainSnapshot, domain.ref.host)
        if checkpoint.domain == domain.ref
    ]
    found.sort(key=lambda checkpoint: (checkpoint.created_at, checkpoint.name))
    names = {checkpoint.name for checkpoint in found}
    roots = [c for c in found if c.parent not in names or c.parent == c.name]
    return tuple(_line(root, found, frozenset()) for root in roots)


def _line(
    checkpoint: DomainSnapshot, found: Sequence[DomainSnapshot], above: frozenset[str]
) -> Line:
    above |= {checkpoint.name}
    below = (c for c in found if c.parent == checkpoint.name and c.name not in above)
    name, icon, tone = checkpoint.name, "ph.camera", Tone.MUTED
    if checkpoint.is_current:
        name, icon, tone = _tr("{name} (now)").format(name=name), "ph.check-circle-fill", Tone.GOOD
    return Line(
        checkpoint.ref.key,
        (
            Cell(name, icon, tone, _now() if checkpoint.is_current else ""),
            Cell(wording.moment(checkpoint.created_at)),
            Cell(holds(checkpoint), tone=Tone.MUTED),
            Cell(checkpoint.description.split("\n", 1)[0], tooltip=checkpoint.description),
        ),
        tuple(_line(child, found, above) for child in below),
    )


def _now() -> str:
    return _tr("The machine went on from this checkpoint.")


def holds(checkpoint: DomainSnapshot) -> str:
    """Return what of the machine a checkpoint holds."""
    if checkpoint.state in ("running", "paused"):
        return _tr("Disks and memory")
    if checkpoint.state == "disk-snapshot":
        return _tr("Disks, while it ran")
    return _tr("Disks, while it was off")
