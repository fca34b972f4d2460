"""What the pages of Add Device have in common that ask for one kind of device each."""

from typing_extensions import override

from backend.devices import DeviceSpec
from console.sdk.context import Context
from console.sdk.forms import Row
from console.sdk.wizard_page import WizardPage
from console.snapins.machines.devices import kinds
from console.snapins.machines.devices.kind_page import KindPage
from console.snapins.machines.devices.what import What


class DevicePage(WizardPage):
    """Override `specs` and `facts`. The page has a place in the row while its kind is chosen."""

    def __init__(self, context: Context, kind: KindPage, what: What, sentence: str) -> None:
        title = kinds.title(what)
        super().__init__(context, title, title, sentence)
        self.kind = kind
        self.what = what

    def specs(self) -> tuple[DeviceSpec, ...]:
        """Return what the page asks for, for each machine."""
        raise NotImplementedError

    def facts(self) -> tuple[Row, ...]:
        """Return what the page asks for, in words."""
        return ()

    @override
    def applies(self) -> bool:
        return self.kind.what is self.what
