"""Devices that come and go: what somebody wants of them, and what a machine has room for.

A device is named within its machine by its `Device`: an adapter by its hardware address, a drive
by its target. Aliases will not do: those of the definition and of the running machine differ.
"""

from dataclasses import dataclass, field
from enum import Enum

from backend.errors import Problem
from backend.model import Ref


class DeviceKind(Enum):
    """What can be added to a machine, or taken away."""

    NETWORK_ADAPTER = "network_adapter"
    DISK = "disk"
    DVD_DRIVE = "dvd_drive"
    MEMORY = "memory"
    PROCESSORS = "processors"
    USB_DEVICE = "usb_device"
    PCI_DEVICE = "pci_device"
    SHARE = "share"
    CHANNEL = "channel"
    SERIAL_PORT = "serial_port"
    VSOCK = "vsock"
    RNG = "rng"
    TPM = "tpm"
    WATCHDOG = "watchdog"
    PANIC = "panic"
    BALLOON = "balloon"
    CRYPTO = "crypto"
    INPUT = "input"
    SOUND = "sound"
    DISPLAY = "display"
    VIDEO = "video"
    USB_REDIRECTION = "usb_redirection"
    CONTROLLER = "controller"
    SLOTS = "slots"


class When(Enum):
    """When a change takes effect.

    NOW is at once, and at the next start as well where the machine has a definition; a machine that
    is off has only that. NEXT_START leaves a running machine as it is.
    """

    NOW = "now"
    NEXT_START = "next_start"


class Stage(Enum):
    """The steps of a change, each seen before it is told; the value is `jobs.Step.name`.

    HOST_ACCEPTED: the hypervisor took it. SHOWN_TO_GUEST: its event says that the guest was given
    the device. DRIVER_BOUND: something in the guest uses it. ADDRESS: an adapter has an address.
    DISK_SEEN: the guest has read from the disk. ASKED: the guest was asked to let it go. REMOVED:
    the hypervisor's event says that it is gone. IN_DEFINITION: so it is at the next start.
    MEMORY_USED, PROCESSORS_USED: the guest works with what it was given.
    """

    HOST_ACCEPTED = "host_accepted"
    SHOWN_TO_GUEST = "shown_to_guest"
    DRIVER_BOUND = "driver_bound"
    ADDRESS = "address"
    DISK_SEEN = "disk_seen"
    ASKED = "asked"
    REMOVED = "removed"
    IN_DEFINITION = "in_definition"
    MEMORY_USED = "memory_used"
    PROCESSORS_USED = "processors_used"


@dataclass(frozen=True, slots=True)
class Device:
    """A device of a machine: an adapter's MAC address, a drive's target ("vdb"), memory's alias.

    What has no name of its own is keyed by an alias or by where it is; `name` is then what one
    calls it ("rng virtio"). Processors are one device, without a key.
    """

    kind: DeviceKind
    key: str
    name: str = field(default="", compare=False)

    @property
    def called(self) -> str:
        """What one calls it."""
        return self.name or self.key


@dataclass(frozen=True, slots=True)
class NicSpec:
    """A network adapter that is to be there.

    `network` is a virtual switch by name, or "user" for QEMU's own network; `model` is libvirt's
    word, "" for the one that suits the machine; `mac` "" for a new one; `vlan` 0 for none.
    """

    network: str
    model: str = ""
    mac: str = ""
    vlan: int = 0


@dataclass(frozen=True, slots=True)
class NewDiskSpec:
    """A disk that is made for the machine, in a storage pool by name.

    `name` is the volume's, "" for one after the machine; `bus` "" for the one that suits it.
    """

    pool: str
    size_bytes: int
    name: str = ""
    bus: str = ""
    format: str = "qcow2"


@dataclass(frozen=True, slots=True)
class ExistingDiskSpec:
    """A disk whose file is there already, at `path` on the host."""

    path: str
    bus: str = ""


@dataclass(frozen=True, slots=True)
class DvdSpec:
    """A DVD drive, with the image at `path` on the host in it; "" for an empty one."""

    path: str = ""
    bus: str = ""


@dataclass(frozen=True, slots=True)
class PartSpec:
    """Any other device: what was chosen of it, by the names of its offer's fields.

    A field that is not named gets what is proposed for it.
    """

    kind: DeviceKind
    values: tuple[tuple[str, str], ...] = ()


VIRTIO_MEM, DIMM, BALLOON, STARTUP = "virtio-mem", "dimm", "balloon", "startup"


@dataclass(frozen=True, slots=True)
class MemorySpec:
    """More memory: in a device (VIRTIO_MEM, DIMM), out of the BALLOON, or at the STARTUP.

    `model` "" is the way that suits the machine as it is.
    """

    size_bytes: int
    model: str = ""


@dataclass(frozen=True, slots=True)
class CpuSpec:
    """That many more virtual processors."""

    count: int


DeviceSpec = NicSpec | NewDiskSpec | ExistingDiskSpec | DvdSpec | PartSpec | MemorySpec | CpuSpec


@dataclass(frozen=True, slots=True)
class Growth:
    """How much a machine has, and can be given beside that.

    Its guest has `memory_bytes`; devices can bring `free_bytes` more, and the balloon has
    `balloon_bytes` of its own. It has `vcpus` of `vcpus_maximum`.
    """

    memory_bytes: int
    free_bytes: int
    balloon_bytes: int
    vcpus: int
    vcpus_maximum: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a device can be or be on: a model, a bus, a switch.

    `now` and `next_start` say why it will not do then; None: it will. `detail` is what one knows
    it by, where the name alone says little.
    """

    name: str
    now: Problem | None = None
    next_start: Problem | None = None
    detail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldOffer:
    """Something that one chooses of a device: one of `choices`, or a text where `is_typed`.

    What is typed has to match the whole of `pattern`, else `problem` says what to type; it cannot
    be what is `taken`. With `unless` it is not asked for where a field before has that value.
    """

    name: str
    choices: tuple[Choice, ...] = ()
    is_typed: bool = False
    proposal: str = ""
    pattern: str = ""
    problem: Problem | None = None
    taken: tuple[str, ...] = ()
    unless: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of device, and whether it can be added: `now` and `next_start` say why not.

    `choices` are the models of an adapter or the buses of a drive, the one that suits best first;
    `fields` what one chooses of any other kind.
    """

    kind: DeviceKind
    choices: tuple[Choice, ...] = ()
    now: Problem | None = None
    next_start: Problem | None = None
    fields: tuple[FieldOffer, ...] = ()


@dataclass(frozen=True, slots=True)
class PoolChoice:
    """A storage pool for new disks; `problem` says why it is none."""

    ref: Ref
    name: str
    path: str
    available_bytes: int
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Removable:
    """A device that the machine has, and why it cannot be taken away; None: it can.

    `detail` is what one knows it by: model and switch, or file.
    """

    device: Device
    detail: tuple[str, ...] = ()
    now: Problem | None = None
    next_start: Problem | None = None


@dataclass(frozen=True, slots=True)
class Prospects:
    """What can be added to a machine and taken away from it, as it is at this moment.

    `slots` are the hot-plug slots that it has and `free_slots` those of them that are free, both
    counted from the running machine; None: it is off, and gets as many as it needs. `vlans` say of
    each switch by its name why its adapters can be in no VLAN. `lacking` is room that its
    definition has not, for what comes while it runs (`operations.device.make_room`).
    """

    is_running: bool
    offers: tuple[Offer, ...]
    switches: tuple[Choice, ...]
    pools: tuple[PoolChoice, ...]
    removables: tuple[Removable, ...] = ()
    slots: int | None = None
    free_slots: int | None = None
    vlans: tuple[Choice, ...] = ()
    growth: Growth | None = None
    lacking: tuple[DeviceKind, ...] = ()

    def offer(self, kind: DeviceKind) -> Offer:
        """Return what is offered of a kind."""
        return next(offer for offer in self.offers if offer.kind is kind)
