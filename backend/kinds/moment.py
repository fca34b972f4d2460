"""What kinds judge: a machine as it runs or as it starts next, and what its host can."""

from dataclasses import dataclass

from backend.model import Domain
from backend.parts import Part


@dataclass(frozen=True, slots=True)
class Room:
    """What a machine has to plug devices into. `slots` are those of PCI that take a hot-plug.

    `free_old_slots` are free slots of conventional PCI, for devices that are too old for PCIe;
    `used` are the controllers, by type and index, that something is plugged into. `has_ram_disk`:
    QEMU itself lays the RAM disk of a kernel (initrd) into its memory.
    """

    slots: int
    free_slots: int
    controllers: frozenset[tuple[str, str]]
    free_old_slots: int = 0
    used: frozenset[tuple[str, str]] = frozenset()
    is_memory_shared: bool = False
    has_spice: bool = False
    has_ram_disk: bool = False

    def has_controller(self, kind: str, model: str = "") -> bool:
        """Return whether there is a controller of a type, and of a model that starts so."""
        return any(k == kind and m.startswith(model) for k, m in self.controllers)


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a hypervisor says that it can: (device, name, value), as ("tpm", "model", ...)."""

    words: frozenset[tuple[str, str, str]] = frozenset()

    def values(self, device: str, name: str) -> frozenset[str]:
        """Return what it can of something; nothing where it does not say, or cannot."""
        return frozenset(value for d, n, value in self.words if (d, n) == (device, name))

    def tells_of(self, device: str) -> bool:
        """Return whether it says anything about a device: older ones say less."""
        return any(d == device for d, _name, _value in self.words)


@dataclass(frozen=True, slots=True)
class NodeDevice:
    """A device of the host that a guest could have.

    `bus` is "usb" or "pci"; `address` is "0000:00:05.0", or "bus.number" in decimal for USB; `id`
    is "vendor:product". `disks` and `adapters` are what of the host hangs on it, as the host calls
    it; `klass` is PCI's class, and `is_hub` says that others are plugged into it.
    """

    bus: str
    address: str
    id: str
    vendor: str = ""
    product: str = ""
    klass: int = 0
    has_iommu_group: bool = False
    is_hub: bool = False
    disks: tuple[str, ...] = ()
    adapters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HostFacts:
    """What a host has and can. `devices` are None where it does not tell of them.

    `taken` are the parts of its other machines that run, each with the machine's name. `nodes` are
    those files of /dev, of the ones that kinds look for, that it has; None where nobody can look.
    `share_ends_it`: its libvirt would crash of a share that the machine is given while it runs.
    """

    abilities: Abilities = Abilities()
    devices: tuple[NodeDevice, ...] | None = None
    taken: tuple[tuple[str, Part], ...] = ()
    nodes: frozenset[str] | None = None
    share_ends_it: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A machine as it runs (`is_live`), or as it starts next. `room` is None where that is open."""

    domain: Domain
    is_live: bool
    room: Room | None
    parts: tuple[Part, ...] = ()
    host: HostFacts = HostFacts()

    @property
    def machine(self) -> str:
        """The machine type ("pc-q35-7.2")."""
        made_of = self.domain.configuration
        return made_of.machine if made_of else ""

    def has(self, tag: str, path: str = "", value: str = "") -> bool:
        """Return whether the machine has a part of a tag, with that value at a path."""
        return any(p.tag == tag and (not path or p.get(path) == value) for p in self.parts)
