"""The property sheet of a virtual switch."""

from PySide6.QtCore import QCoreApplication
from typing_extensions import override

from backend.model import Kind, Network, Record, Ref
from backend.operations import amend
from backend.operations.domain import Autostart
from console.sdk.context import Context, JobHandle
from console.sdk.forms import Row
from console.sdk.property_page import FieldSpec, SheetPage, check
from console.sdk.snapin import Amendment, Changes, PropertyPage
from console.snapins.networks import columns

AUTOSTART = "is_autostart"


def _tr(text: str) -> str:
    return QCoreApplication.translate("networks", text)


class GeneralPage(SheetPage):
    """Automatic start; below, what the switch is and who is plugged into it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _tr("General"))
        label = _tr("Start with the server")
        self.autostart = check(FieldSpec(AUTOSTART, label, lambda network: network.is_autostart))
        self.add(self.autostart)

    @override
    def facts(self, record: Record) -> tuple[Row, ...]:
        if not isinstance(record, Network):
            return ()
        machines = columns.machines(record, self.context.lookup)
        return (
            Row(_tr("State"), _tr("Active") if record.is_active else _tr("Not active")),
            Row(_tr("Reaches"), columns.reach(record)),
            Row(_tr("Subnets"), "\n".join(record.subnets)),
            Row(_tr("Bridge"), record.bridge),
            Row(_tr("Carried by"), columns.make(record)),
            Row(_tr("VLANs"), columns.vlans(record)),
            Row(_tr("Machines"), "\n".join(machines) or _tr("None")),
            Row(_tr("Identity"), record.ref.key),
        )


def _submit(context: Context, ref: Ref, changes: Changes) -> JobHandle:
    setting = Autostart(int(bool(changes[AUTOSTART])))
    return context.submit(amend.network_autostart, ref, setting)


def pages() -> tuple[PropertyPage, ...]:
    """Return the pages of a switch's sheet."""
    return (PropertyPage("network.general", _tr("General"), Kind.NETWORK, GeneralPage),)


def amendments() -> tuple[Amendment, ...]:
    """Return how the changes of a switch's sheet are handed in."""
    return (Amendment(Kind.NETWORK, _submit),)
