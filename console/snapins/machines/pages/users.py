"""The page Used By of a switch, a storage location or a virtual hard disk: the machines there."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from backend.model import Domain, Kind, Network, Record, StoragePool, StorageVolume
from backend.operations import uses
from console.sdk.context import Context, Lookup
from console.sdk.views import Cell
from console.snapins.machines.pages.dependencies import machine_line
from console.snapins.machines.pages.tables import TablePage
from console.widgets.table_model import Line, TableColumn


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class UsersPage(TablePage):
    """The machines that use something, each line leading to its machine."""

    beside = frozenset({Kind.DOMAIN, Kind.STORAGE_VOLUME})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        columns = (
            TableColumn(_tr("Name"), 32),
            TableColumn(_tr("What It Is"), 20),
            TableColumn(_tr("With"), 44),
        )
        super().__init__(context, _tr("Used by"), columns, parent)

    @override
    def lines(self, record: Record) -> Sequence[Line]:
        return tuple(lines(record, self.context.lookup))

    @override
    def empty(self, record: Record | None) -> str:
        return _tr("No machine of this server uses it.")


def lines(record: Record, lookup: Lookup) -> Iterator[Line]:
    """Yield a line for each machine that uses a switch, a location or a disk, and for what."""
    domains = tuple(lookup.records(Domain, record.ref.host))
    if isinstance(record, Network):
        for domain in uses.on_network(record, domains):
            macs = ", ".join(nic.mac for nic in uses.adapters_on(record, domain))
            yield machine_line(domain, macs)
        return
    volumes = uses.by_path(lookup.records(StorageVolume, record.ref.host))
    if isinstance(record, StorageVolume):
        yield from _users_of(record, domains, volumes)
    elif isinstance(record, StoragePool):
        for domain in sorted(domains, key=lambda domain: domain.name):
            places = uses.disk_places(domain, volumes)
            found = (volumes[place] for place in places if place in volumes)
            inside = sorted(volume.name for volume in found if volume.pool == record.ref)
            if inside:
                yield machine_line(domain, ", ".join(inside))


def _users_of(
    volume: StorageVolume, domains: Sequence[Domain], volumes: uses.Volumes
) -> Iterator[Line]:
    found = uses.users_of(volume.path, domains, volumes)
    for domain in found.direct:
        yield machine_line(domain, _tr("As its own drive"))
    for domain in found.by_base:
        yield machine_line(domain, _tr("By a disk that is based on it"))
    for other in found.unused:
        text = _tr("Based on it, and of no machine")
        what = Cell(_tr("Virtual hard disk"))
        yield Line((text, other.ref), (Cell(other.name, "ph.hard-drive"), what, Cell(text)))
