"""The page Space of a storage location: how full it is, and how that went."""

from PySide6.QtCore import QCoreApplication
from typing_extensions import override

from backend.model import Host, Kind, Ref, StoragePool
from console.sdk import reach
from console.sdk.alert_banner import AlertBanner
from console.sdk.context import Context
from console.snapins.machines.pages.chart_kinds import pool_charts
from console.snapins.machines.pages.charts_page import ChartsPage

_LENGTH_S = 3600.0
_IN_FOLDERS = ("dir", "fs", "netfs")


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class PoolSpacePage(ChartsPage[StoragePool]):
    """What is beyond a threshold of it, and below that the chart."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, StoragePool, pool_charts(), _tr("Chart of the location"))
        self.setAccessibleName(_tr("Space"))
        self.alerts = AlertBanner(context)
        self.pane.view.set_length(_LENGTH_S)
        self.column.addWidget(self.alerts)
        self.column.addWidget(self.pane, 1)

    @override
    def drawn(self, thing: StoragePool) -> None:
        self.alerts.show_subject(thing.ref)

    @override
    def why_less(self, thing: StoragePool, *, is_any: bool) -> str:
        if is_any:
            return ""
        if not thing.is_active:
            return _tr("It is not active: its figures appear here as soon as it is.")
        if thing.type not in _IN_FOLDERS:
            return _tr(
                "Of a location that is no folder (LVM, Ceph and others) libvirt tells how full it "
                "is only when it is read anew, with all that is in it: it has no figures here."
            )
        host = self.context.lookup.record(Ref(thing.ref.host, Kind.HOST, thing.ref.host), Host)
        if host and reach.is_by_libvirt_alone(host):
            return _tr(
                "How full it is can be read on this computer and by SSH alone; this server is "
                "reached in another way (TLS or TCP), where libvirt is all that answers."
            )
        return _tr("Nothing was read of it in this time.")
