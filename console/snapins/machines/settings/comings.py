"""What the sheet has for devices that come and go: how much room there is, and the two wizards."""

from backend.model import Domain, Ref
from backend.settings import Place
from console.sdk.context import Context
from console.snapins.machines.devices import outlook
from console.snapins.machines.devices.add_wizard import AddDeviceWizard
from console.snapins.machines.devices.remove_wizard import RemoveDeviceWizard


class Comings:
    """Of one machine."""

    def __init__(self, context: Context, ref: Ref) -> None:
        self._context = context
        self._ref = ref

    @property
    def room(self) -> str:
        """How many hot-plug slots are free; "" where it has none to tell of."""
        domain = self._domain
        return outlook.room(domain) if domain else ""

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
