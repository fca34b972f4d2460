"""The page Networking: each adapter, what it is plugged into, and the addresses its guest has."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from backend.devices import Device, DeviceKind
from backend.model import Domain, Guest, GuestAddress, Kind, Network, Nic, Record, Ref
from backend.operations import uses
from console.sdk.context import Context, Lookup
from console.sdk.nodes import Tone
from console.sdk.views import Cell
from console.snapins.machines.pages.device_table import DeviceTablePage
from console.widgets.table_model import Line, TableColumn


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class NetworkingPage(DeviceTablePage):
    """The network adapters of a machine, each with its addresses below."""

    beside = frozenset({Kind.NETWORK})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        columns = (
            TableColumn(_tr("Adapter"), 28),
            TableColumn(_tr("Address"), 30),
            TableColumn(_tr("Told By"), 18),
            TableColumn(_tr("Switch"), 22),
            TableColumn(_tr("MAC Address"), 20),
            TableColumn(_tr("Link"), 12),
        )
        super().__init__(context, _tr("Network adapters"), columns, parent)
        self.table.show_tree()
        self.copy.setText(_tr("Copy Addresses"))
        self.copy.setAccessibleName(_tr("Copy the addresses"))
        self.copy.clicked.disconnect()
        self.copy.clicked.connect(self._on_copy)

    @override
    def lines(self, record: Record) -> Sequence[Line]:
        return tuple(lines(record, self.context.lookup)) if isinstance(record, Domain) else ()

    @override
    def device_of(self, key: str) -> Device | None:
        made_of = self.record.configuration if isinstance(self.record, Domain) else None
        macs = {nic.mac for nic in made_of.nics} if made_of else set()
        return Device(DeviceKind.NETWORK_ADAPTER, key) if key in macs else None

    @override
    def empty(self, record: Record | None) -> str:
        return _tr("This machine has no network adapter.")

    @override
    def show_record(self, record: Record | None) -> None:
        super().show_record(record)
        self.copy.setEnabled(bool(self._addresses()))

    @override
    def watched(self, record: Record) -> tuple[Ref, ...]:
        return (record.ref,)

    def _addresses(self) -> list[str]:
        if not isinstance(self.record, Domain) or not self.record.is_active:
            return []
        guest = self.context.lookup.guest(self.record.ref)
        return [entry.address for entry in guest.addresses] if guest else []

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._addresses()))


def lines(domain: Domain, lookup: Lookup) -> Iterator[Line]:
    """Yield a line for each adapter, then for each interface that only the guest knows."""
    guest = lookup.guest(domain.ref) if domain.is_active else None
    nics = domain.configuration.nics if domain.configuration else ()
    networks = tuple(lookup.records(Network, domain.ref.host))
    for number, nic in enumerate(nics, 1):
        yield _adapter(number, nic, _of(guest, nic.mac), networks)
    macs = {nic.mac.lower() for nic in nics}
    others = [entry for entry in guest.addresses if entry.mac.lower() not in macs] if guest else []
    for name in dict.fromkeys(entry.interface for entry in others):
        yield _inner(name, [entry for entry in others if entry.interface == name])


def _of(guest: Guest | None, mac: str) -> list[GuestAddress]:
    return [a for a in guest.addresses if a.mac.lower() == mac.lower()] if guest else []


def _adapter(
    number: int, nic: Nic, found: Sequence[GuestAddress], networks: Sequence[Network]
) -> Line:
    interface = next((entry.interface for entry in found if entry.interface), "")
    name = _tr("Adapter {number}").format(number=number)
    link = Cell(_tr("Up")) if nic.is_link_up else Cell(_tr("Unplugged"), tone=Tone.WARNING)
    network = next((network for network in networks if uses.is_plugged(nic, network)), None)
    first = _address_cells(found[0]) if found else (Cell(""), Cell(""))
    adapter = Cell(f"{name} ({interface})" if interface else name, "ph.share-network", Tone.MUTED)
    return Line(
        (nic.mac, network.ref) if network else (nic.mac,),
        (adapter, *first, Cell(switch(nic)), Cell(nic.mac), link),
        tuple(_address(nic.mac, entry) for entry in found[1:]),
    )


def _inner(name: str, found: Sequence[GuestAddress]) -> Line:
    shown = Cell(_tr("{name}, inside the guest").format(name=name), "ph.monitor", Tone.MUTED)
    blank = Cell("")
    return Line(
        ("inside", name),
        (shown, *_address_cells(found[0]), blank, Cell(found[0].mac), blank),
        tuple(_address(name, entry) for entry in found[1:]),
    )


def _address(above: str, entry: GuestAddress) -> Line:
    return Line((above, entry.address), (Cell(""), *_address_cells(entry)))


def _address_cells(entry: GuestAddress) -> tuple[Cell, Cell]:
    address = f"{entry.address}/{entry.prefix}" if entry.prefix else entry.address
    return Cell(address), Cell(told_by(entry), tone=Tone.MUTED)


def told_by(entry: GuestAddress) -> str:
    """Return in words who told an address."""
    words = {
        "agent": _tr("Guest agent"),
        "lease": _tr("DHCP lease"),
        "arp": _tr("Seen by the server"),
    }
    return words.get(entry.told_by, entry.told_by)


def switch(nic: Nic) -> str:
    """Return what an adapter is plugged into, in words."""
    words = {
        "network": _tr("{name}"),
        "bridge": _tr("Bridge {name}"),
        "direct": _tr("Adapter {name} of the server"),
        "user": _tr("User-mode networking"),
    }
    return words.get(nic.source_kind, f"{nic.source_kind} {{name}}").format(name=nic.source)
