"""Where sheets of settings are opened: one a machine, brought forward when asked for again."""

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from shiboken6 import isValid

from backend.model import Domain, Kind, Ref
from console.sdk.actions import Action, Selection, StandardVerb
from console.sdk.context import Context
from console.snapins.machines.settings.sheet import SettingsSheet


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class OpenSheets:
    """The sheets that are open in this program."""

    def __init__(self) -> None:
        self._sheets: dict[Ref, SettingsSheet] = {}

    def show(self, context: Context, domain: Domain, page: str = "") -> SettingsSheet:
        """Open the sheet of a machine, or bring the one that is open to the front."""
        sheet = self._sheets.get(domain.ref)
        if sheet is None or not isValid(sheet):
            sheet = SettingsSheet(context, domain)
            self._sheets[domain.ref] = sheet
            sheet.finished.connect(lambda: self._sheets.pop(domain.ref, None))
            context.show_dialog(sheet)
        else:
            sheet.setWindowState(sheet.windowState() & ~Qt.WindowState.WindowMinimized)
            sheet.show()
            sheet.raise_()
            sheet.activateWindow()
        if page:
            sheet.turn_to(page)
        return sheet


open_sheets: Final = OpenSheets()


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
