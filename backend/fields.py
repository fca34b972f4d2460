"""What can be set about a machine: the fields, and the pages on which they stand."""

from enum import Enum

Value = None | bool | int | str | tuple[str, ...]
"""What a setting can be. None is unset: the hypervisor's own choice, or what is not there.

Sizes are bytes and times seconds unless the field says otherwise; words are libvirt's.
"""


class Section(Enum):
    """A page of settings, in the order in which they are shown. Devices have one page each."""

    __hash__ = object.__hash__

    FIRMWARE = "firmware"
    SECURITY = "security"
    MEMORY = "memory"
    PROCESSOR = "processor"
    CONTROLLER = "controller"
    DRIVE = "drive"
    ADAPTER = "adapter"
    DISPLAY = "display"
    VIDEO = "video"
    INPUT = "input"
    SOUND = "sound"
    SERIAL = "serial"
    HOST_DEVICE = "host_device"
    WATCHDOG = "watchdog"
    PANIC = "panic"
    RNG = "rng"
    SHARE = "share"
    VSOCK = "vsock"
    NAME = "name"
    INTEGRATION = "integration"
    CHECKPOINTS = "checkpoints"
    AUTOMATIC_START = "automatic_start"
    AUTOMATIC_STOP = "automatic_stop"

    @property
    def is_hardware(self) -> bool:
        """Whether it stands in Hyper-V's group *Hardware*; else in *Management*."""
        return self not in _MANAGEMENT


_MANAGEMENT = frozenset(
    {
        Section.NAME,
        Section.INTEGRATION,
        Section.CHECKPOINTS,
        Section.AUTOMATIC_START,
        Section.AUTOMATIC_STOP,
    }
)


class Field(Enum):
    """What can be set: "section.name". Where it stands is declared in `backend.xmldesc.settings`.

    Each is declared there once, and comes with each `Sheet` whose machine has a place for it.
    """

    __hash__ = object.__hash__

    FIRMWARE_KIND = "firmware.kind"
    """Either "bios" or "uefi"."""
    FIRMWARE_BOOT_ORDER = "firmware.boot_order"
    """Pages of devices, the first to boot from first: "drive:vda", "adapter:52:54:..." """
    FIRMWARE_BOOT_MENU = "firmware.boot_menu"
    FIRMWARE_MACHINE = "firmware.machine"
    FIRMWARE_CLOCK = "firmware.clock"
    """What the machine's clock shows: "utc" or "localtime"."""
    FIRMWARE_KERNEL = "firmware.kernel"
    FIRMWARE_INITRD = "firmware.initrd"
    FIRMWARE_COMMAND_LINE = "firmware.command_line"

    SECURITY_SECURE_BOOT = "security.secure_boot"
    SECURITY_TPM = "security.tpm"
    """Its version, "1.2" or "2.0"; "passthrough" is the host's own."""
    SECURITY_TPM_MODEL = "security.tpm_model"
    SECURITY_LAUNCH = "security.launch"
    """What keeps its memory secret from the host: "sev", "sev-snp", "tdx"."""

    MEMORY_STARTUP = "memory.startup"
    """What the guest has at its start. Beyond MEMORY_MAXIMUM it takes that along."""
    MEMORY_MAXIMUM = "memory.maximum"
    """What the balloon can give it at most. More than at the start: it is dynamic."""
    MEMORY_MINIMUM = "memory.minimum"
    """What the balloon leaves it at least. libvirt has no such field: ours, and ours to heed."""
    MEMORY_LIMIT = "memory.limit"
    """How far memory can be plugged in while it runs; None: not at all."""
    MEMORY_SLOTS = "memory.slots"
    MEMORY_BALLOON = "memory.balloon"
    """The balloon's model, "virtio" or "none"."""
    MEMORY_REPORTING = "memory.reporting"
    """Whether the guest tells which pages are free."""
    MEMORY_HUGE_PAGES = "memory.huge_pages"
    """The size of the host's pages that it lies in, in bytes; 0 the host's usual huge ones."""
    MEMORY_LOCKED = "memory.locked"
    MEMORY_SHARED = "memory.shared"
    """Whether other processes of the host may share it: virtiofs and vhost-user need it."""
    MEMORY_MERGEABLE = "memory.mergeable"
    """Whether the host may keep equal pages of several machines once."""
    MEMORY_HARD_LIMIT = "memory.hard_limit"
    MEMORY_SOFT_LIMIT = "memory.soft_limit"

    PROCESSOR_COUNT = "processor.count"
    PROCESSOR_MAXIMUM = "processor.maximum"
    """How many can be there while it runs."""
    PROCESSOR_SOCKETS = "processor.sockets"
    PROCESSOR_DIES = "processor.dies"
    PROCESSOR_CORES = "processor.cores"
    PROCESSOR_THREADS = "processor.threads"
    PROCESSOR_MODEL = "processor.model"
    """A model by name, or "host-passthrough", "host-model", "maximum"."""
    PROCESSOR_FEATURES = "processor.features"
    """What it has beside its model: "require vmx", "disable hle"."""
    PROCESSOR_CPUSET = "processor.cpuset"
    """The host's processors that it may run on: "0-3,8"."""
    PROCESSOR_PINNING = "processor.pinning"
    """Where each runs: "0=0-3" is the first one on the host's first four."""
    PROCESSOR_EMULATOR_PIN = "processor.emulator_pin"
    PROCESSOR_SHARES = "processor.shares"
    PROCESSOR_PERIOD_US = "processor.period_us"
    PROCESSOR_QUOTA_US = "processor.quota_us"
    """What each may run in a period, in microseconds."""

    CONTROLLER_MODEL = "controller.model"
    CONTROLLER_QUEUES = "controller.queues"

    DRIVE_SOURCE = "drive.source"
    """The image or device in it; None is an empty one."""
    DRIVE_FORMAT = "drive.format"
    DRIVE_SIZE = "drive.size"
    """What the guest sees of a virtual hard disk in a pool. It can only grow, for good."""
    DRIVE_BUS = "drive.bus"
    DRIVE_CACHE = "drive.cache"
    DRIVE_DISCARD = "drive.discard"
    DRIVE_DETECT_ZEROES = "drive.detect_zeroes"
    DRIVE_IO = "drive.io"
    DRIVE_ON_ERROR = "drive.on_error"
    DRIVE_QUEUES = "drive.queues"
    DRIVE_READ_ONLY = "drive.read_only"
    DRIVE_SHAREABLE = "drive.shareable"
    DRIVE_SERIAL = "drive.serial"
    DRIVE_TOTAL_BYTES_S = "drive.total_bytes_s"
    DRIVE_READ_BYTES_S = "drive.read_bytes_s"
    DRIVE_WRITE_BYTES_S = "drive.write_bytes_s"
    DRIVE_TOTAL_IOPS = "drive.total_iops"
    DRIVE_READ_IOPS = "drive.read_iops"
    DRIVE_WRITE_IOPS = "drive.write_iops"

    ADAPTER_SWITCH = "adapter.switch"
    """A virtual switch by name, "user", or "bridge:..." and "direct:..." of the host's own."""
    ADAPTER_LINK = "adapter.link"
    """Whether the cable is plugged in."""
    ADAPTER_MODEL = "adapter.model"
    ADAPTER_MAC = "adapter.mac"
    ADAPTER_VLAN = "adapter.vlan"
    """VLAN tags; several are a trunk."""
    ADAPTER_FILTER = "adapter.filter"
    ADAPTER_IN_AVERAGE = "adapter.in_average"
    """Bandwidth in bytes a second; a burst in bytes."""
    ADAPTER_IN_PEAK = "adapter.in_peak"
    ADAPTER_IN_BURST = "adapter.in_burst"
    ADAPTER_OUT_AVERAGE = "adapter.out_average"
    ADAPTER_OUT_PEAK = "adapter.out_peak"
    ADAPTER_OUT_BURST = "adapter.out_burst"
    ADAPTER_MTU = "adapter.mtu"
    ADAPTER_QUEUES = "adapter.queues"
    ADAPTER_ISOLATED = "adapter.isolated"
    ADAPTER_TRUSTED = "adapter.trusted"
    """Whether the guest may choose the addresses that it receives for."""

    DISPLAY_KIND = "display.kind"
    DISPLAY_LISTEN = "display.listen"
    DISPLAY_PORT = "display.port"
    """None: the hypervisor finds a free one."""
    DISPLAY_KEYMAP = "display.keymap"
    DISPLAY_SHARING = "display.sharing"
    DISPLAY_CLIPBOARD = "display.clipboard"
    DISPLAY_FILE_TRANSFER = "display.file_transfer"

    VIDEO_MODEL = "video.model"
    VIDEO_MEMORY = "video.memory"
    VIDEO_HEADS = "video.heads"
    VIDEO_3D = "video.3d"

    INPUT_KIND = "input.kind"
    INPUT_BUS = "input.bus"

    SOUND_MODEL = "sound.model"

    SERIAL_KIND = "serial.kind"
    SERIAL_PATH = "serial.path"
    SERIAL_LOG = "serial.log"

    HOST_DEVICE_MANAGED = "host_device.managed"
    HOST_DEVICE_ROM = "host_device.rom"
    HOST_DEVICE_ROM_FILE = "host_device.rom_file"
    HOST_DEVICE_STARTUP = "host_device.startup"

    WATCHDOG_MODEL = "watchdog.model"
    WATCHDOG_ACTION = "watchdog.action"

    PANIC_MODEL = "panic.model"

    RNG_SOURCE = "rng.source"
    RNG_RATE_BYTES = "rng.rate_bytes"
    RNG_RATE_PERIOD_MS = "rng.rate_period_ms"

    SHARE_SOURCE = "share.source"
    SHARE_TAG = "share.tag"
    SHARE_DRIVER = "share.driver"
    SHARE_ACCESS = "share.access"
    SHARE_READ_ONLY = "share.read_only"

    VSOCK = "vsock.enabled"
    VSOCK_CID = "vsock.cid"
    """The machine's address; None: the hypervisor finds a free one."""

    NAME = "name.name"
    NAME_TITLE = "name.title"
    NAME_NOTES = "name.notes"

    INTEGRATION_AGENT = "integration.agent"
    """Whether there is a channel for the guest's agent. Who answers on it is in `Guest`."""
    INTEGRATION_HEARTBEAT = "integration.heartbeat"

    CHECKPOINT_KIND = "checkpoints.kind"
    """One of "production", "standard", "disabled": ours, libvirt has no such field."""
    CHECKPOINT_AUTOMATIC = "checkpoints.automatic"

    AUTOSTART = "automatic_start.autostart"
    START_ORDER = "automatic_start.order"
    START_DELAY_S = "automatic_start.delay_s"
    """Order and delay are ours: libvirt starts all at once."""

    STOP_ACTION = "automatic_stop.action"
    """What becomes of it when its host shuts down, "save", "shut_down" or "turn_off": ours."""
    STOP_TIMEOUT_S = "automatic_stop.timeout_s"
    ON_POWEROFF = "automatic_stop.on_poweroff"
    ON_REBOOT = "automatic_stop.on_reboot"
    ON_CRASH = "automatic_stop.on_crash"

    @property
    def section(self) -> Section:
        """The page on which it stands."""
        return Section(self.value.partition(".")[0])
