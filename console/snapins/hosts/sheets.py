"""The property sheet of a host: what it is, how to reach it, and what one should know of it."""

from PySide6.QtCore import QCoreApplication
from typing_extensions import override

from backend.model import Host, Kind, Record
from console.sdk import wording
from console.sdk.context import Context
from console.sdk.forms import Row
from console.sdk.property_page import SheetPage
from console.sdk.snapin import PropertyPage
from console.snapins.hosts import page


def _tr(text: str) -> str:
    return QCoreApplication.translate("hosts", text)


class GeneralPage(SheetPage):
    """Facts only: what can be changed about a host is not libvirt's to change."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _tr("General"))

    @override
    def facts(self, record: Record) -> tuple[Row, ...]:
        if not isinstance(record, Host):
            return ()
        remarks = "\n\n".join(wording.sentence(note) for note in record.notes)
        return (
            *page.rows(record),
            Row(_tr("In a shell"), page.command(record)),
            Row(_tr("Remarks"), remarks),
        )


def pages() -> tuple[PropertyPage, ...]:
    """Return the pages of a host's sheet."""
    return (PropertyPage("host.general", _tr("General"), Kind.HOST, GeneralPage),)
