"""The page Space of a storage location: how full it is, and how that went."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from backend.model import Host, Record, Ref, StoragePool
from console.sdk import reach, wording
from console.sdk.alert_banner import AlertBanner
from console.sdk.context import Context
from console.sdk.forms import DetailView
from console.sdk.look import GRID
from console.snapins.machines.pages.chart_kinds import pool_charts
from console.snapins.machines.pages.charts_pane import ChartsPane

_LENGTH_S = 3600.0
_IN_FOLDERS = ("dir", "fs", "netfs")


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class PoolSpacePage(DetailView):
    """What is beyond a threshold of it, and below that the chart."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(_tr("Space"))
        self.alerts = AlertBanner(context)
        self.pane = ChartsPane(context, pool_charts(), _tr("Chart of the location"), self._draw)
        self.pane.view.set_length(_LENGTH_S)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.alerts)
        column.addWidget(self.pane, 1)

    @override
    def show_record(self, record: Record | None) -> None:
        if self.is_awake:
            self.pane.wake(record.ref if record else None)
        self._draw()

    @override
    def watched(self, record: Record) -> tuple[Ref, ...]:
        return (record.ref,)

    @override
    def on_wake(self) -> None:
        self.pane.wake(self.record.ref if self.record else None)
        self._draw()

    @override
    def on_sleep(self) -> None:
        self.pane.sleep()

    def _draw(self) -> None:
        pool = self.record
        if not isinstance(pool, StoragePool) or not self.isVisible():
            return
        self.alerts.show_subject(pool.ref)
        samples = self.context.lookup.samples(pool.ref)
        is_any = self.pane.draw(pool.ref, pool.name, samples, {})
        self.pane.tell(self._trouble(pool, is_any=is_any))

    def _trouble(self, pool: StoragePool, *, is_any: bool) -> str:
        if self.pane.problem is not None:
            return wording.sentence(self.pane.problem)
        host = next(self.context.lookup.records(Host, pool.ref.host), None)
        if self.pane.view.is_live and host and reach.is_away(host):
            return _tr("The server is out of reach: nothing is read meanwhile.")
        if is_any:
            return ""
        if not pool.is_active:
            return _tr("It is not active: its figures appear here as soon as it is.")
        if pool.type not in _IN_FOLDERS:
            return _tr(
                "Of a location that is no folder (LVM, Ceph and others) libvirt tells how full it "
                "is only when it is read anew, with all that is in it: it has no figures here."
            )
        return _tr("Nothing was read of it in this time.")
