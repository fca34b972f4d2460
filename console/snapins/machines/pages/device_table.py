"""A table of a machine's devices, with what adds and removes one, and the room for more."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from backend.devices import Device
from backend.model import Domain, Record
from console.sdk import reach
from console.sdk.context import Context
from console.sdk.forms import ToneLabel
from console.sdk.look import icon
from console.sdk.nodes import Tone
from console.snapins.machines.devices import kinds, outlook
from console.snapins.machines.devices.actions import why_not
from console.snapins.machines.devices.add_wizard import AddDeviceWizard
from console.snapins.machines.devices.remove_wizard import RemoveDeviceWizard
from console.snapins.machines.pages.tables import TablePage
from console.widgets.table_model import TableColumn


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class DeviceTablePage(TablePage):
    """Override `device_of` beside what a TablePage has; `what` is what Add proposes."""

    what = kinds.ADAPTER

    def __init__(
        self,
        context: Context,
        name: str,
        columns: Sequence[TableColumn],
        parent: QWidget | None = None,
    ) -> None:
        self.add = QPushButton(icon("ph.plus-circle"), _tr("Add Device..."))
        self.remove = QPushButton(icon("ph.minus-circle"), _tr("Remove Device..."))
        self.slots_label = ToneLabel(tone=Tone.MUTED)
        self.slots_label.setAccessibleName(_tr("Room for devices"))
        super().__init__(context, name, columns, parent)
        self.add.clicked.connect(self._on_add)
        self.remove.clicked.connect(self._on_remove)
        for button in (self.add, self.remove):
            self.buttons.addWidget(button)
        self.slots_label.setFixedHeight(self.add.sizeHint().height())  # in line with the buttons
        self.buttons.addWidget(self.slots_label)

    def device_of(self, key: str) -> Device | None:
        """Return the device that a line stands for, by what its key begins with."""
        del key
        return None

    @override
    def show_record(self, record: Record | None) -> None:
        super().show_record(record)
        domain = record if isinstance(record, Domain) else None
        reason = ""
        if domain:
            rights = reach.rights_at(self.context.lookup, domain.ref.host)
            reason = rights or why_not(domain)
        for button in (self.add, self.remove):
            button.setEnabled(domain is not None and not reason)
            button.setToolTip(reason)
        self.slots_label.setText(outlook.room(domain) if domain else "")

    def _on_add(self) -> None:
        if isinstance(self.record, Domain):
            wizard = AddDeviceWizard(self.context, (self.record,))
            wizard.kind.kinds.choose(self.what.key)
            self.context.show_dialog(wizard)

    def _on_remove(self) -> None:
        if not isinstance(self.record, Domain):
            return
        key = self.table.current_key()
        first = key[0] if isinstance(key, tuple) and key else None
        device = self.device_of(first) if isinstance(first, str) else None
        self.context.show_dialog(RemoveDeviceWizard(self.context, self.record, device))
