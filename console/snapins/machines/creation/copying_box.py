"""What becomes of the disks of a machine that others are made from."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox

from backend.operations.clone import Copying


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class CopyingBox(QComboBox):
    """Full copies, or linked ones."""

    def __init__(self) -> None:
        super().__init__()
        self.addItem(_tr("Full copies"), Copying.FULL.value)
        self.addItem(_tr("Linked: only what differs is kept"), Copying.LINKED.value)

    @property
    def copying(self) -> Copying:
        """What becomes of the disks."""
        return Copying(self.currentData())

    def hint(self, name: str) -> str:
        """Return what the choice means for the machine of that name."""
        linked = _tr(
            "Made in a moment. {name} does not start any more as long as there are linked clones."
        )
        full = _tr("Independent of {name}, and as large as what is in its disks.")
        return (linked if self.copying is Copying.LINKED else full).format(name=name)
