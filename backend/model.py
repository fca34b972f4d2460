"""The nouns: one frozen record a thing, and the reference that names it.

Records describe; they never act. Sizes are bytes, times are Unix seconds, and names are libvirt's.
An identity is a `Ref`, never a machine's name: names change.
"""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from backend.errors import Problem
from backend.memory import MemoryModule
from backend.parts import Part
from backend.ports import SerialPort
from backend.thresholds import Alert


class Kind(Enum):
    """What a record describes."""

    # Each is there once, so where it lies will do. Enum's own is Python, and runs for every Ref
    # that is looked up: thousands a second where a thousand machines are listed.
    __hash__ = object.__hash__

    HOST = "host"
    DOMAIN = "domain"
    GUEST = "guest"
    NETWORK = "network"
    STORAGE_POOL = "storage_pool"
    STORAGE_VOLUME = "storage_volume"
    SNAPSHOT = "snapshot"
    ALERTS = "alerts"


@dataclass(frozen=True, slots=True)
class Ref:
    """One thing of one host. `key` is its UUID, or libvirt's own key where it has none."""

    host: str
    kind: Kind
    key: str

    def of(self, kind: Kind) -> "Ref":
        """Return the reference to what another kind of record says of the same thing."""
        return Ref(self.host, kind, self.key)


class Accelerator(Enum):
    """What runs a guest's instructions. The value is libvirt's domain type."""

    KVM = "kvm"
    TCG = "qemu"


class HostState(Enum):
    """Where the way to a host stands.

    DISCONNECTED: nobody wants a connection now; it costs nothing and is not tried.
    """

    CONNECTING = "connecting"
    CONNECTED = "connected"
    AWAY = "away"
    DISCONNECTED = "disconnected"


class PromptKind(Enum):
    """What the way to a host asks of the user; CODE is any question that is none of the others.

    The last four are asked by displays: they concern a machine, or its host's certificate.
    """

    USERNAME = "username"
    PASSWORD = "password"  # noqa: S105  # a kind, no secret
    PASSPHRASE = "passphrase"  # noqa: S105
    CODE = "code"
    HOST_KEY = "host_key"
    HOST_KEY_CHANGED = "host_key_changed"
    DISPLAY_USER = "display_user"
    DISPLAY_PASSWORD = "display_password"  # noqa: S105
    CERTIFICATE = "certificate"
    CERTIFICATE_CHANGED = "certificate_changed"


class Keep(Enum):
    """Whether an answer is kept in the desktop's secret service."""

    NO = "no"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question to the user on the way to a host; any client may answer it, once.

    `subject` is whom it is about ("root@rack-2", a key's path, a machine's name); `fingerprint` is
    that of the key or certificate that the host shows; `detail` are the lines of whoever asks (for
    what was changed: the old one, and the file that it stands in);
    `is_again` says that the last answer was wrong, `can_be_kept` that there is a place for it.
    """

    id: int
    kind: PromptKind
    subject: str
    fingerprint: str = ""
    detail: tuple[str, ...] = ()
    is_again: bool = False
    can_be_kept: bool = False


@dataclass(frozen=True, slots=True)
class Host:
    """One managed machine that runs guests.

    `since` is when the connection came or went; `problem` says why it is away and `retry_at` when
    it is tried next (None: not before somebody asks for it); while it is connecting, `prompt` is
    what the user has to say first. `notes` are lasting remarks (no KVM, read-only and why). Facts
    are empty until it has answered once. `embedded_root` is where a throw-away embedded host lives;
    None is the user's own. `jump` is the SSH host on the way there, "" for none.
    """

    ref: Ref
    name: str
    uri: str
    state: HostState
    since: float | None = None
    problem: Problem | None = None
    retry_at: float | None = None
    prompt: Prompt | None = None
    is_read_only: bool = False
    is_embedded: bool = False
    embedded_root: Path | None = None
    jump: str = ""
    hostname: str = ""
    hypervisor: str = ""
    libvirt_version: str = ""
    processors: int = 0
    memory_bytes: int = 0
    accelerator: Accelerator | None = None
    qemu_user: str = ""
    images: Path | None = None
    notes: tuple[Problem, ...] = ()


class DomainState(Enum):
    """virDomainState, without the states that say the same to an administrator."""

    __hash__ = object.__hash__  # see `Kind`
    RUNNING = "running"
    PAUSED = "paused"
    SHUTTING_DOWN = "shutting_down"
    OFF = "off"
    CRASHED = "crashed"
    SLEEPING = "sleeping"
    UNKNOWN = "unknown"


class StateReason(Enum):
    """Why a machine is in its state, where that changes what one does about it."""

    NORMAL = "normal"
    DISK_FULL = "disk_full"
    IO_ERROR = "io_error"
    PANICKED = "panicked"
    CRASHED = "crashed"
    START_FAILED = "start_failed"
    WATCHDOG = "watchdog"
    MIGRATING = "migrating"
    SAVING = "saving"
    STARTING = "starting"
    SNAPSHOT = "snapshot"
    NOT_ANSWERING = "not_answering"


class Firmware(Enum):
    """What a machine boots with."""

    BIOS = "bios"
    UEFI = "uefi"


@dataclass(frozen=True, slots=True)
class Disk:
    """A drive of a machine. `source` is a path or a URL; empty is a drive without a medium.

    `keeps_owner`: the file is somebody's own, and its owner stays while QEMU reads it.
    """

    target: str
    bus: str
    device: str = "disk"
    source: str = ""
    format: str = "raw"
    alias: str = ""
    is_read_only: bool = False
    keeps_owner: bool = False


@dataclass(frozen=True, slots=True)
class Nic:
    """A network adapter of a machine. `source` is a network, a bridge or a host interface.

    `vlan` is the number of the VLAN that it is in, 0 for none.
    """

    mac: str
    source_kind: str
    source: str = ""
    model: str = ""
    alias: str = ""
    target: str = ""
    is_link_up: bool = True
    vlan: int = 0


@dataclass(frozen=True, slots=True)
class DomainConfiguration:
    """What a machine is made of, as it runs or as it will start next.

    With memory devices it can have up to `memory_room_bytes` while it runs, in `memory_slots` of
    them; 0: none can be added. Of its `pci_slots` for hot-plug, `free_pci_slots` have no device.
    """

    memory_bytes: int
    current_memory_bytes: int
    vcpus: int
    vcpus_maximum: int
    accelerator: str
    architecture: str
    machine: str
    firmware: Firmware
    disks: tuple[Disk, ...] = ()
    nics: tuple[Nic, ...] = ()
    graphics: tuple[str, ...] = ()
    video: tuple[str, ...] = ()
    has_agent_channel: bool = False
    is_agent_connected: bool = False
    has_heartbeat_channel: bool = False
    nvram: str = ""
    host_devices: tuple[str, ...] = ()
    serial_ports: tuple[SerialPort, ...] = ()
    memory_room_bytes: int = 0
    memory_slots: int = 0
    memory_modules: tuple[MemoryModule, ...] = ()
    has_balloon: bool = False
    parts: tuple[Part, ...] = ()
    pci_slots: int = 0
    free_pci_slots: int = 0


@dataclass(frozen=True, slots=True)
class Domain:
    """A virtual machine.

    `live` is what runs now (None while it is off), `next_start` what its definition says (None for
    a transient machine), `definition` the mark of that text. `made_files` were made for it beside
    its disks: a seed, a kernel. `started_at` is None where nobody can tell. `failed_disks` are the
    targets that stopped it: (target, "no space" or "unspecified").
    """

    ref: Ref
    name: str
    state: DomainState
    reason: StateReason = StateReason.NORMAL
    live: DomainConfiguration | None = None
    next_start: DomainConfiguration | None = None
    is_persistent: bool = True
    is_autostart: bool = False
    has_saved_state: bool = False
    notes: str = ""
    created_at: float | None = None
    made_files: tuple[str, ...] = ()
    started_at: float | None = None
    source: str = ""
    failed_disks: tuple[tuple[str, str], ...] = ()
    definition: str = ""

    @property
    def configuration(self) -> DomainConfiguration | None:
        """What it is made of now: as it runs, else as it would start."""
        return self.live or self.next_start

    @property
    def is_active(self) -> bool:
        """Whether the hypervisor has it in memory (a panicked machine may be kept there)."""
        if self.state is DomainState.CRASHED:
            return self.live is not None
        return self.state not in (DomainState.OFF, DomainState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class GuestAddress:
    """An address that a guest has; `told_by` is "agent", "lease" or "arp"."""

    mac: str
    interface: str
    address: str
    prefix: int
    told_by: str


@dataclass(frozen=True, slots=True)
class Guest:
    """What is known from inside a running machine. The key is its domain's.

    `unread_file_systems` are those beyond the number of which figures are read.
    """

    ref: Ref
    does_agent_answer: bool
    addresses: tuple[GuestAddress, ...] = ()
    operating_system: str = ""
    hostname: str = ""
    unread_file_systems: int = 0


@dataclass(frozen=True, slots=True)
class Network:
    """A virtual switch. `forward` is libvirt's mode, or "isolated".

    `virtual_port` is libvirt's word for a switch of another make ("openvswitch"), "" for none.
    """

    ref: Ref
    name: str
    forward: str
    is_active: bool
    is_autostart: bool = False
    bridge: str = ""
    subnets: tuple[str, ...] = ()
    virtual_port: str = ""

    @property
    def knows_vlans(self) -> bool:
        """Whether each adapter on it can be in a VLAN of its own."""
        return self.virtual_port == "openvswitch" or self.forward == "hostdev"


@dataclass(frozen=True, slots=True)
class StoragePool:
    """A place for virtual hard disks."""

    ref: Ref
    name: str
    type: str
    is_active: bool
    is_autostart: bool = False
    path: str = ""
    capacity_bytes: int = 0
    allocation_bytes: int = 0
    available_bytes: int = 0


@dataclass(frozen=True, slots=True)
class StorageVolume:
    """A virtual hard disk or image in a pool."""

    ref: Ref
    pool: Ref
    name: str
    path: str
    format: str
    capacity_bytes: int
    allocation_bytes: int
    backing: str = ""


@dataclass(frozen=True, slots=True)
class DomainSnapshot:
    """A checkpoint of a machine (a libvirt checkpoint is another thing). Key: UUID/name."""

    ref: Ref
    domain: Ref
    name: str
    created_at: float
    state: str
    parent: str = ""
    is_current: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True)
class Alerts:
    """The thresholds that a thing is beyond at the moment. The key is the thing's own."""

    ref: Ref
    subject: Ref
    alerts: tuple[Alert, ...]


Record = Host | Domain | Guest | Network | StoragePool | StorageVolume | DomainSnapshot | Alerts


@dataclass(frozen=True, slots=True)
class Change:
    """What one record was and what it is now; None means absent."""

    ref: Ref
    before: Record | None
    after: Record | None
