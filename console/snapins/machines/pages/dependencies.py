"""The page Dependencies: what a machine uses, and which others need what it has."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from backend.model import Domain, Kind, Network, Record, StoragePool, StorageVolume
from backend.operations import uses
from backend.operations.uses import Volumes
from console.sdk.context import Context, Lookup
from console.sdk.nodes import Tone
from console.sdk.views import Cell
from console.snapins.machines import standing
from console.snapins.machines.pages.tables import TablePage
from console.widgets.table_model import Line, TableColumn


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class DependenciesPage(TablePage):
    """Both ways, each line leading to what it names."""

    beside = frozenset({Kind.DOMAIN, Kind.NETWORK, Kind.STORAGE_POOL, Kind.STORAGE_VOLUME})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        columns = (
            TableColumn(_tr("Name"), 32),
            TableColumn(_tr("What It Is"), 26),
            TableColumn(_tr("For"), 44),
        )
        super().__init__(context, _tr("Dependencies"), columns, parent)

    @override
    def lines(self, record: Record) -> Sequence[Line]:
        return lines(record, self.context.lookup) if isinstance(record, Domain) else ()

    @override
    def empty(self, record: Record | None) -> str:
        return _tr("This machine uses nothing of its server's, and nobody needs what it has.")


def lines(domain: Domain, lookup: Lookup) -> tuple[Line, ...]:
    """Return what the machine uses, and who else needs that, under a heading each."""
    host = domain.ref.host
    volumes = uses.by_path(lookup.records(StorageVolume, host))
    used = (*_switches(domain, lookup), *_files(domain, lookup, volumes), *_devices(domain))
    others = tuple(_others(domain, lookup, volumes))
    found = (
        (_tr("What it uses"), tuple(dict.fromkeys(used))),
        (_tr("Other machines that need its disks"), tuple(dict.fromkeys(others))),
    )
    return tuple(
        Line(("heading", title), (Cell(title),), below, is_heading=True)
        for title, below in found
        if below
    )


def _switches(domain: Domain, lookup: Lookup) -> Iterator[Line]:
    for network in lookup.records(Network, domain.ref.host):
        if nics := uses.adapters_on(network, domain):
            macs = ", ".join(nic.mac for nic in nics)
            what = Cell(_tr("Virtual switch"), tone=Tone.MUTED)
            name = Cell(network.name, "ph.share-network")
            yield Line(("switch", network.ref), (name, what, Cell(macs)))


def _files(domain: Domain, lookup: Lookup, volumes: Volumes) -> Iterator[Line]:
    made_of = domain.configuration
    for disk in made_of.disks if made_of else ():
        path = uses.place_of(disk, volumes)
        if not path:
            continue
        purpose = _tr("Drive {target}").format(target=disk.target)
        is_disk = disk.device == "disk"
        what = _tr("Virtual hard disk") if is_disk else _tr("Medium in the drive")
        yield _file(path, volumes, what, purpose, "ph.hard-drive" if is_disk else "ph.disc")
        for base in uses.bases_of(path, volumes):
            what = _tr("Image that it is based on")
            yield _file(base, volumes, what, purpose)
        volume = volumes.get(path)
        pool = lookup.record(volume.pool, StoragePool) if volume else None
        if pool:
            what_it_is = Cell(_tr("Storage location"), tone=Tone.MUTED)
            name = Cell(pool.name, "ph.hard-drives", tooltip=pool.path)
            yield Line(("pool", pool.ref), (name, what_it_is, Cell(pool.path)))


def _file(
    path: str, volumes: Volumes, what: str, purpose: str, icon: str = "ph.hard-drive"
) -> Line:
    volume = volumes.get(path)
    name = volume.name if volume else path.rpartition("/")[2]
    cells = (
        Cell(name, icon, tooltip=path),
        Cell(what, tone=Tone.MUTED),
        Cell(purpose if volume else f"{purpose}, {path}"),
    )
    return Line(("file", path, volume.ref) if volume else ("file", path), cells)


def _devices(domain: Domain) -> Iterator[Line]:
    for configuration in uses.made_of(domain):
        for name in configuration.host_devices:
            what = Cell(_tr("Device of the server"), tone=Tone.MUTED)
            yield Line(("device", name), (Cell(name, "ph.cpu"), what, Cell("")))


def _others(domain: Domain, lookup: Lookup, volumes: Volumes) -> Iterator[Line]:
    everybody = tuple(lookup.records(Domain, domain.ref.host))
    for path in sorted(uses.disk_places(domain, volumes)):
        found = uses.users_of(path, everybody, volumes)
        name = path.rpartition("/")[2]
        shared, based = _tr("Uses the same {file}"), _tr("Has a disk based on {file}")
        for other in found.direct:
            if other.ref != domain.ref:
                yield machine_line(other, shared.format(file=name), path)
        for other in found.by_base:
            if other.ref != domain.ref:
                yield machine_line(other, based.format(file=name), path)


def machine_line(domain: Domain, purpose: str, about: str = "") -> Line:
    """Return the line of a machine that uses something; `about` tells two such lines apart."""
    mark = standing.mark(domain)
    what = Cell(_tr("Virtual machine"), tone=Tone.MUTED)
    name = Cell(domain.name, mark.icon, mark.tone)
    return Line((about, purpose, domain.ref), (name, what, Cell(purpose)))
