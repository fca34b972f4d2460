"""What the sheet has for devices that come and go: how much room there is, and the two wizards."""

from PySide6.QtCore import QObject, Signal

from backend.model import Domain, Ref
from backend.settings import Place
from console.sdk.context import Context
from console.snapins.machines.devices.add_wizard import AddDeviceWizard
from console.snapins.machines.devices.remove_wizard import RemoveDeviceWizard
from console.snapins.machines.devices.slots import Slots


class Comings(QObject):
    """Of one machine."""

    changed = Signal()
    """There is more to say of the room for devices."""

    def __init__(self, context: Context, ref: Ref, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._ref = ref
        self._slots = Slots(context, self)
        self._slots.changed.connect(self.changed)

    @property
    def room(self) -> str:
        """How many hot-plug slots are free; "" where that is not known."""
        domain = self._domain
        return self._slots.text(domain) if domain else ""

    def add(self) -> None:
        """Show the wizard that adds a device."""
        if domain := self._domain:
            self._context.show_dialog(AddDeviceWizard(self._context, (domain,)))

    def remove(self, place: Place) -> None:
        """Show the wizard that removes the device of a page."""
        if domain := self._domain:
            self._context.show_dialog(RemoveDeviceWizard(self._context, domain, place.removes))

    @property
    def _domain(self) -> Domain | None:
        return self._context.lookup.record(self._ref, Domain)
