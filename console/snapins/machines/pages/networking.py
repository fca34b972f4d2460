"""The page Networking: each adapter, what it is plugged into, and the addresses its guest has."""

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStackedLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)
from typing_extensions import override

from backend.model import Domain, Guest, GuestAddress, Nic, Record, Ref
from console.sdk.context import Context, Lookup
from console.sdk.forms import DetailView, ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone

_WIDTHS = (150, 190, 150, 230, 110)


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class NetworkingPage(DetailView):
    """The network adapters of a machine, one a line."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(_tr("Networking"))
        self._list = QTreeWidget()
        self._list.setAccessibleName(_tr("Network adapters"))
        titles = (_tr("Adapter"), _tr("Switch"), _tr("MAC Address"), _tr("Addresses"), _tr("Link"))
        self._list.setHeaderLabels(list(titles))
        self._list.setRootIsDecorated(False)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setFrameShape(QTreeWidget.Shape.NoFrame)
        for column, width in enumerate(_WIDTHS):
            self._list.setColumnWidth(column, width)
        self._empty = ToneLabel(_tr("This machine has no network adapter."), Tone.MUTED)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._empty)
        self._shown: tuple[tuple[str, ...], ...] = ()

    @override
    def show_record(self, record: Record | None) -> None:
        found = lines(record, self.context.lookup) if isinstance(record, Domain) else ()
        self._pages.setCurrentWidget(self._list if found else self._empty)
        if found == self._shown:
            return
        self._shown = found
        self._list.clear()
        for line in found:
            item = QTreeWidgetItem(list(line))
            height = max(1, line[3].count("\n") + 1) * self.fontMetrics().lineSpacing()
            item.setSizeHint(0, QSize(0, height + 3 * GRID))
            self._list.addTopLevelItem(item)

    @override
    def watched(self, record: Record) -> tuple[Ref, ...]:
        return (record.ref,)


def lines(domain: Domain, lookup: Lookup) -> tuple[tuple[str, ...], ...]:
    """Return (adapter, switch, MAC address, addresses, link) of each adapter."""
    guest = lookup.guest(domain.ref) if domain.is_active else None
    nics = domain.configuration.nics if domain.configuration else ()
    return tuple(_line(number, nic, guest) for number, nic in enumerate(nics, 1))


def _line(number: int, nic: Nic, guest: Guest | None) -> tuple[str, ...]:
    found = tuple(a for a in guest.addresses if a.mac.lower() == nic.mac.lower()) if guest else ()
    interface = next((a.interface for a in found if a.interface), "")
    name = _tr("Adapter {number}").format(number=number)
    return (
        f"{name} ({interface})" if interface else name,
        switch(nic),
        nic.mac,
        "\n".join(_address(entry) for entry in found),
        _tr("Up") if nic.is_link_up else _tr("Unplugged"),
    )


def switch(nic: Nic) -> str:
    """Return what an adapter is plugged into, in words."""
    words = {
        "network": _tr("{name}"),
        "bridge": _tr("Bridge {name}"),
        "direct": _tr("Host adapter {name}"),
        "user": _tr("User-mode networking"),
    }
    return words.get(nic.source_kind, f"{nic.source_kind} {{name}}").format(name=nic.source)


def _address(entry: GuestAddress) -> str:
    told_by = {"lease": _tr("DHCP lease"), "arp": _tr("seen by the host")}.get(entry.told_by, "")
    address = f"{entry.address}/{entry.prefix}" if entry.prefix else entry.address
    return f"{address} ({told_by})" if told_by else address
