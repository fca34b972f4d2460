"""The property sheets of machines: what can be changed in one go, and what there is to know."""

from typing import Final

from PySide6.QtCore import QCoreApplication
from typing_extensions import override

from backend.model import Domain, Kind, Record, Ref
from backend.operations import amend
from backend.operations.amend import MachineChanges
from console.sdk import wording
from console.sdk.context import Context, JobHandle
from console.sdk.forms import Row
from console.sdk.property_page import FieldSpec, SheetPage, check, line, text
from console.sdk.snapin import Amendment, Changes, PropertyPage
from console.snapins.machines import actions, names
from console.snapins.machines.pages import summary

NAME: Final = "name"
NOTES: Final = "notes"
AUTOSTART: Final = "is_autostart"


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class GeneralPage(SheetPage):
    """Name, notes and automatic start; below, what the machine is."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _tr("General"))
        self.name = line(
            FieldSpec(
                NAME,
                _tr("Name"),
                lambda domain: domain.name,
                refusal=actions.why_not_rename,
                judge=self._why_not_name,
            )
        )
        self.notes = text(FieldSpec(NOTES, _tr("Notes"), lambda domain: domain.notes))
        self.autostart = check(
            FieldSpec(
                AUTOSTART,
                _tr("Start with the server"),
                lambda domain: domain.is_autostart,
                refusal=_why_not_autostart,
            )
        )
        for field in (self.name, self.notes, self.autostart):
            self.add(field)

    @override
    def facts(self, record: Record) -> tuple[Row, ...]:
        """Return what the machine is and is made of."""
        if not isinstance(record, Domain):
            return ()
        lookup = self.context.lookup
        made_of = record.configuration
        created = wording.moment(record.created_at) if record.created_at else ""
        return (
            Row(_tr("State"), wording.state(record)),
            *(summary.made_of_rows(record, made_of, lookup) if made_of else ()),
            Row(_tr("Machine type"), made_of.machine if made_of else ""),
            Row(_tr("Architecture"), made_of.architecture if made_of else ""),
            Row(_tr("Drives"), _drives(record)),
            Row(_tr("Created"), created),
            Row(_tr("Identity"), record.ref.key),
        )

    def _why_not_name(self, name: str, domain: Domain) -> str:
        return names.refusal(name, domain.ref.host, self.context.lookup, domain.ref)


def _drives(domain: Domain) -> str:
    disks = domain.configuration.disks if domain.configuration else ()
    return "\n".join(disk.source or _tr("no medium") for disk in disks)


def _why_not_autostart(domain: Domain) -> str:
    return "" if domain.is_persistent else _tr("It exists only while it runs.")


def _submit(context: Context, ref: Ref, changes: Changes) -> JobHandle:
    name, notes, is_autostart = (changes.get(field) for field in (NAME, NOTES, AUTOSTART))
    return context.submit(
        amend.machine,
        ref,
        MachineChanges(
            name if isinstance(name, str) else None,
            notes if isinstance(notes, str) else None,
            is_autostart if isinstance(is_autostart, bool) else None,
        ),
    )


def pages() -> tuple[PropertyPage, ...]:
    """Return the pages of a machine's sheet."""
    return (PropertyPage("machine.general", _tr("General"), Kind.DOMAIN, GeneralPage),)


def amendments() -> tuple[Amendment, ...]:
    """Return how the changes of a machine's sheet are handed in."""
    return (Amendment(Kind.DOMAIN, _submit),)
