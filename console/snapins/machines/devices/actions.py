"""What can be done to the devices of machines. The verbs are the backend's."""

from PySide6.QtCore import QCoreApplication

from backend.model import Domain, Kind, Record
from console.sdk.actions import Action, Selection
from console.sdk.context import Context
from console.snapins.machines.devices.add_wizard import AddDeviceWizard
from console.snapins.machines.devices.remove_wizard import RemoveDeviceWizard
from console.snapins.machines.standing import is_changing, is_silent


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


def _domains(selection: Selection) -> tuple[Domain, ...]:
    return tuple(record for record in selection.records if isinstance(record, Domain))


def why_not(record: Record) -> str:
    """Return why a machine's devices cannot be changed at this moment; "" if they can."""
    if not isinstance(record, Domain):
        return ""
    if is_changing(record):
        return _tr("Wait until it has started or stopped.")
    if is_silent(record):
        return _tr("It does not answer. Turn it off first.")
    if record.has_saved_state:
        return _tr("Start it, or delete its saved state, first: it goes on with what it had.")
    return ""


def _add(context: Context, selection: Selection) -> None:
    context.show_dialog(AddDeviceWizard(context, _domains(selection)))


def _remove(context: Context, selection: Selection) -> None:
    context.show_dialog(RemoveDeviceWizard(context, _domains(selection)[0]))


def actions() -> tuple[Action, ...]:
    """Return the actions, in the order of the panes."""
    return (
        Action(
            "domain.add_device",
            _tr("Add Device..."),
            "ph.plus-circle",
            Kind.DOMAIN,
            _add,
            refusal=why_not,
            section=1,
        ),
        Action(
            "domain.remove_device",
            _tr("Remove Device..."),
            "ph.minus-circle",
            Kind.DOMAIN,
            _remove,
            refusal=why_not,
            section=1,
            is_for_many=False,
        ),
    )
