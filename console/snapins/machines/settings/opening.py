"""Where sheets of settings are opened: one a machine, brought forward when asked for again."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.model import Domain, Kind
from console.sdk.actions import Action, Selection, StandardVerb
from console.sdk.context import Context
from console.sdk.late import later
from console.snapins.machines.one_each import OneEach
from console.snapins.machines.settings import sheet


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


open_sheets: Final = OneEach(later(lambda: sheet.SettingsSheet))


def _open(context: Context, selection: Selection) -> None:
    for record in selection.records:
        if isinstance(record, Domain):
            open_sheets.show(context, record)


def actions() -> tuple[Action, ...]:
    """Return what opens the sheet: Hyper-V's word for what MMC calls Properties."""
    return (
        Action(
            "domain.settings",
            _tr("Settings..."),
            "ph.gear",
            Kind.DOMAIN,
            _open,
            section=0,
            verb=StandardVerb.PROPERTIES,
            is_for_many=False,
            no_script=_tr("The sheet that this opens has a script of its own."),
            only_looks=True,
        ),
    )
