"""Machines at a moment, as kinds are asked about them."""

from backend.kinds.moment import Abilities, HostFacts, Moment, NodeDevice, Room
from backend.model import Domain, DomainConfiguration, DomainState, Firmware, Kind, Ref
from backend.parts import Part

MADE_OF = DomainConfiguration(2**30, 2**30, 1, 1, "qemu", "x86_64", "pc-q35-7.2", Firmware.BIOS)
ALL_CONTROLLERS = frozenset({("usb", "qemu-xhci"), ("virtio-serial", ""), ("scsi", "virtio-scsi")})
ROOMY = Room(8, 3, ALL_CONTROLLERS)
FULL = Room(8, 0, frozenset())
STICK = NodeDevice("usb", "3.4", "046d:c52b", "Logitech", "Receiver")
CARD = NodeDevice("pci", "0000:05:00.0", "8086:1533", "Intel", "I210", 0x020000)


def moment(
    *parts: Part,
    is_live: bool = True,
    room: Room | None = ROOMY,
    abilities: tuple[tuple[str, str, str], ...] = (),
    devices: tuple[NodeDevice, ...] | None = (),
    taken: tuple[tuple[str, Part], ...] = (),
    nodes: frozenset[str] | None = None,
    share_ends_it: bool = False,
) -> Moment:
    """Return a machine "web" that runs, or starts next, with these parts on such a host."""
    state = DomainState.RUNNING if is_live else DomainState.OFF
    domain = Domain(Ref("h", Kind.DOMAIN, "u"), "web", state, next_start=MADE_OF)
    host = HostFacts(Abilities(frozenset(abilities)), devices, taken, nodes, share_ends_it)
    return Moment(domain, is_live, room, parts, host)
