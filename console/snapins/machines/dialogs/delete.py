"""The dialog that deletes machines: it names each, and each disk that can go with it."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from backend.errors import BackendError
from backend.model import Domain, Ref
from backend.operations import domain as verbs
from backend.operations.domain import OwnedDisk
from console.sdk import wording
from console.sdk.context import Context
from console.sdk.dialog import Dialog
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.widgets.elided_label import ElidedLabel

_LINES_SHOWN = 10
_NAME_WIDTH = 64 * GRID


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class DeleteDialog(Dialog):
    """Asks once for all machines. Disks stay unless they are ticked; shared ones always stay."""

    def __init__(
        self, context: Context, domains: tuple[Domain, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(context, _title(domains), _tr("Delete"), parent)
        self._domains = domains
        self.boxes: dict[tuple[Ref, str], QCheckBox] = {}
        # A stray Return must not delete anything.
        self.ok_button.setAutoDefault(False)
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setDefault(True)
        text = ToneLabel(
            _tr(
                "Disks that are ticked are deleted for good; the others stay on the server. The "
                "settings can be had again: Restore Deleted Machine, at the list."
            )
        )
        text.setWordWrap(True)
        self.content.addWidget(text)
        self._list = QVBoxLayout()
        self._list.setSpacing(GRID)
        inside = QWidget()
        inside.setLayout(self._list)
        room = QScrollArea()
        room.setWidget(inside)
        room.setWidgetResizable(True)
        room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        room.setAccessibleName(_tr("Virtual machines and their disks"))
        room.setMinimumSize(480, _LINES_SHOWN * self.fontMetrics().lineSpacing())
        self.content.addWidget(room, 1)
        for domain in domains:
            self._list.addWidget(_name(domain))
        self._list.addStretch(1)
        self.set_refusal(_tr("Looking for their disks..."))
        self._cancel = context.run(self._find_disks())
        self.finished.connect(lambda _result: self._cancel())

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Begin on Cancel: the boxes are not there yet, and the way out is never wrong."""
        super().showEvent(event)
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setFocus()

    @override
    async def act(self, context: Context) -> None:
        for domain in self._domains:
            chosen = tuple(
                path
                for (ref, path), box in self.boxes.items()
                if ref == domain.ref and box.isChecked()
            )
            context.submit(verbs.delete, domain.ref, chosen)

    async def _find_disks(self) -> None:
        found: list[tuple[Domain, tuple[OwnedDisk, ...] | None]] = []
        for domain in self._domains:
            try:
                found.append((domain, await self.context.query(verbs.owned_disks, domain.ref)))
            except BackendError:
                found.append((domain, None))
        while item := self._list.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for domain, disks in found:
            self._add_machine(domain, disks)
        self._list.addStretch(1)
        self.put_in_order()
        self.set_refusal("")

    def _add_machine(self, domain: Domain, disks: tuple[OwnedDisk, ...] | None) -> None:
        self._list.addWidget(_name(domain))
        if not disks:
            unknown = _tr("Its disks are not known now; they stay.")
            remark = unknown if disks is None else _tr("It has no disk in the server's storage.")
            self._list.addWidget(ToneLabel(remark, Tone.MUTED))
        for disk in disks or ():
            self._list.addWidget(self._box(domain, disk))

    def _box(self, domain: Domain, disk: OwnedDisk) -> QCheckBox:
        size, used = wording.size(disk.capacity_bytes), wording.size(disk.allocation_bytes)
        text = _tr("Delete disk {name} ({size}, {used} in use)")
        if disk.shared_with:
            text = _tr("Disk {name} ({size}) stays: {names} use it too")
        sizes, names = {"size": size, "used": used}, ", ".join(disk.shared_with)
        room = _NAME_WIDTH // 2 if names else _NAME_WIDTH
        short, few = self._short(disk.name, room), self._short(names, room)
        # Qt takes an ampersand for a shortcut.
        box = QCheckBox(text.format(name=short, names=few, **sizes).replace("&", "&&"))
        box.setAccessibleName(text.format(name=disk.name, names=names, **sizes))
        box.setToolTip("\n".join((disk.path, *disk.shared_with)))
        box.setEnabled(not disk.shared_with)
        self.boxes[domain.ref, disk.path] = box
        return box

    def _short(self, words: str, width: int) -> str:
        return self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, width)


def _name(domain: Domain) -> ElidedLabel:
    label = ElidedLabel(least=40 * GRID)
    label.setText(domain.name)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


def _title(domains: tuple[Domain, ...]) -> str:
    if len(domains) == 1:
        return _tr("Delete {name}").format(name=domains[0].name)
    return _tr("Delete {count} virtual machines").format(count=len(domains))
