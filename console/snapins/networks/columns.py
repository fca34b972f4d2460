"""The columns of the list of virtual switches."""

from PySide6.QtCore import QCoreApplication

from backend.model import Domain, Network
from backend.operations import uses
from console.sdk.context import Lookup
from console.sdk.nodes import Tone
from console.sdk.views import Align, Cell, Column, Heading, Quantity, Sums


def _tr(text: str) -> str:
    return QCoreApplication.translate("networks", text)


def reach(network: Network) -> str:
    """Return in words what the machines on a switch can reach."""
    words = {
        "nat": _tr("The outside, behind this server's address"),
        "route": _tr("The outside, routed"),
        "open": _tr("The outside, routed without a firewall"),
        "bridge": _tr("The same network as the server"),
        "isolated": _tr("Each other and the server only"),
        "private": _tr("The same network as the server, not each other"),
        "vepa": _tr("The same network as the server, by the switch outside"),
        "passthrough": _tr("The same network as the server, an adapter of it each"),
        "hostdev": _tr("The same network as the server, a card of it each"),
    }
    return words.get(network.forward, network.forward)


def make(network: Network) -> str:
    """Return in words what carries a switch; "" where the server's own adapters do."""
    if network.virtual_port == "openvswitch":
        return _tr("Open vSwitch")
    return network.virtual_port or (_tr("Linux bridge") if network.bridge else "")


def vlans(network: Network) -> str:
    """Return in words whether a switch knows VLANs."""
    return _tr("Each adapter can be in its own") if network.knows_vlans else _tr("None")


def machines(network: Network, lookup: Lookup) -> tuple[str, ...]:
    """Return the names of the machines that are plugged into a switch."""
    found = uses.on_network(network, lookup.records(Domain, network.ref.host))
    return tuple(domain.name for domain in found)


def _state(network: Network, _lookup: Lookup) -> Cell:
    return Cell(_tr("Active") if network.is_active else _tr("Not active"), tone=Tone.MUTED)


def _machines(network: Network, lookup: Lookup) -> Cell:
    found = machines(network, lookup)
    return Cell(str(len(found)), tooltip="\n".join(found))


def columns() -> tuple[Column[Network], ...]:
    """Return the columns in their first order."""
    return (
        Column(
            "name", _tr("Name"), lambda network, _: Cell(network.name, "ph.share-network"), width=20
        ),
        Column("state", _tr("State"), _state, width=12, quantity=Quantity.CHOICE),
        Column(
            "reach",
            _tr("Reaches"),
            lambda network, _: Cell(reach(network)),
            width=36,
            group=lambda network, _: reach(network),
        ),
        Column(
            "subnets",
            _tr("Subnets"),
            lambda network, _: Cell(", ".join(network.subnets)),
            lambda network, _: network.subnets,
            width=22,
        ),
        Column(
            "machines",
            _tr("Machines"),
            _machines,
            lambda network, lookup: float(len(machines(network, lookup))),
            Align.RIGHT,
            10,
            Quantity.COUNT,
        ),
        *_carriers(),
        Column(
            "autostart",
            _tr("Automatic Start"),
            lambda network, _: Cell(_tr("With the server") if network.is_autostart else ""),
            lambda network, _: float(network.is_autostart),
            width=14,
            quantity=Quantity.FLAG,
            is_shown=False,
        ),
    )


def _carriers() -> tuple[Column[Network], ...]:
    """Return the columns of what a switch is made of."""
    return (
        Column("bridge", _tr("Bridge"), lambda network, _: Cell(network.bridge), width=12),
        Column(
            "make",
            _tr("Carried By"),
            lambda network, _: Cell(make(network)),
            width=14,
            group=lambda network, _: make(network),
            quantity=Quantity.CHOICE,
        ),
        Column(
            "vlans",
            _tr("VLANs"),
            lambda network, _: Cell(vlans(network)),
            width=24,
            quantity=Quantity.CHOICE,
            is_shown=False,
        ),
    )


def _share(network: Network, _lookup: Lookup) -> Sums:
    return {"count": 1, "active": int(network.is_active)}


def _summed_up(sums: Sums, _lookup: Lookup) -> str:
    """Return the switches in a line; "" of none, of which more is said below."""
    count, active = sums.get("count", 0), sums.get("active", 0)
    return _tr("{active} of {count} active").format(active=active, count=count) if count else ""


HEADING = Heading(_share, _summed_up)
