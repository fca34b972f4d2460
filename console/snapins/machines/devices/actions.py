"""What can be done to the devices of machines. The verbs are the backend's."""

from collections.abc import Callable, Sized
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from backend.model import Disk, Domain, Kind, Record
from console.sdk.actions import Action, Selection
from console.sdk.context import Context
from console.sdk.late import later
from console.snapins.machines.devices import add_wizard, remove_wizard
from console.snapins.machines.devices.present import adapters, drives
from console.snapins.machines.dialogs import quick_change
from console.snapins.machines.standing import is_changing, is_silent

if TYPE_CHECKING:
    from console.sdk.dialog import Dialog


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
    context.show_dialog(add_wizard.AddDeviceWizard(context, _domains(selection)))


def _remove(context: Context, selection: Selection) -> None:
    context.show_dialog(remove_wizard.RemoveDeviceWizard(context, _domains(selection)[0]))


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
        *_changes(),
    )


def _changes() -> tuple[Action, ...]:
    """Return the usual changes of one device, each there where a machine has such a device."""
    switch = _change("domain.connect_switch", _tr("Connect to Switch..."), "ph.share-network")
    disc = _change("domain.change_disc", _tr("Insert or Eject Disc..."), "ph.disc")
    disk = _change("domain.grow_disk", _tr("Grow Disk..."), "ph.arrows-out-line-horizontal")
    return (
        switch(later(lambda: quick_change.SwitchDialog), partial(_has, adapters)),
        disc(later(lambda: quick_change.DiscDialog), partial(_has, _trays)),
        disk(later(lambda: quick_change.GrowDialog), partial(_has, _disks)),
    )


def _change(
    key: str, title: str, icon: str
) -> Callable[["Callable[[Context, Domain], Dialog]", Callable[[Record], bool]], Action]:
    def made(
        dialog: "Callable[[Context, Domain], Dialog]", applies: Callable[[Record], bool]
    ) -> Action:
        def run(context: Context, selection: Selection) -> None:
            context.show_dialog(dialog(context, _domains(selection)[0]))

        return Action(
            key,
            title,
            icon,
            Kind.DOMAIN,
            run,
            applies=applies,
            refusal=why_not,
            section=1,
            is_for_many=False,
        )

    return made


def _has(found: Callable[[Domain], Sized], record: Record) -> bool:
    return isinstance(record, Domain) and len(found(record)) > 0


def _trays(domain: Domain) -> tuple[Disk, ...]:
    return drives(domain, "cdrom", "floppy")


def _disks(domain: Domain) -> tuple[Disk, ...]:
    return drives(domain, "disk")
