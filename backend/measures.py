"""What can be measured, each declared once: its unit, what it is of, and how it is read.

The nouns alone: what libvirt calls them is `backend.stats`'s and `backend.hypervisor`'s.
"""

from enum import Enum


class Unit(Enum):
    """What a figure counts. A SHARE is 0 to 1 of what there is; a latency is SECONDS."""

    SHARE = "share"
    BYTES = "bytes"
    BYTES_PER_S = "bytes_per_s"
    PER_S = "per_s"
    SECONDS = "seconds"
    COUNT = "count"


class Of(Enum):
    """What a measure is of. Its device names the one.

    That is a processor's number ("0"), a drive's target, an adapter's MAC address, where the guest
    or the host mounts a file system, a NUMA node's number. Of drives and adapters "" is all of a
    machine's.
    """

    MACHINE = "machine"
    PROCESSOR = "processor"
    DRIVE = "drive"
    ADAPTER = "adapter"
    FILESYSTEM = "filesystem"
    HOST = "host"
    NODE = "node"
    HOST_FILESYSTEM = "host_filesystem"
    POOL = "pool"


class Group(Enum):
    """What is read at once, and what that costs the hypervisor for ten machines, in ms.

    Measured on libvirt 9 and QEMU 7.2; each machine's QEMU is asked, one after the other. The
    agent, the host's pressure and the room in storage pools have ways of their own. Where
    `seldom_s` is more than 0, it is read only so often while nobody looks.
    """

    __hash__ = object.__hash__

    TIME = "time", 13.0
    ADAPTERS = "adapters", 0.1
    MEMORY = "memory", 23.0
    PROCESSORS = "processors", 20.0
    DRIVES = "drives", 38.0
    AGENT = "agent", 100.0, 60.0
    HOST = "host", 0.2
    PRESSURE = "pressure", 0.2
    ROOM = "room", 0.1, 60.0

    def __init__(self, word: str, cost_ms: float, seldom_s: float = 0.0) -> None:
        self.word = word
        self.cost_ms = cost_ms
        self.seldom_s = seldom_s


class Measure(Enum):
    """What can be measured. `id` is its name in files and on the wire, which never changes."""

    # Each is there once, and looked up for every figure of every machine (see `model.Kind`).
    __hash__ = object.__hash__

    # The share of its virtual processors that a machine used, QEMU's own threads among it.
    CPU = "cpu", Unit.SHARE, Of.MACHINE, Group.TIME
    # The share of time in which its processors wanted to run and the host had none for them: what
    # the guest knows as stolen.
    CPU_DELAY = "cpu_delay", Unit.SHARE, Of.MACHINE, Group.PROCESSORS
    CPU_WAIT = "cpu_wait", Unit.SHARE, Of.MACHINE, Group.PROCESSORS
    VCPU = "vcpu", Unit.SHARE, Of.PROCESSOR, Group.PROCESSORS
    VCPU_DELAY = "vcpu_delay", Unit.SHARE, Of.PROCESSOR, Group.PROCESSORS
    VCPU_WAIT = "vcpu_wait", Unit.SHARE, Of.PROCESSOR, Group.PROCESSORS

    # What the machine has now, what it could have without the balloon, what its guest says it
    # uses and what it could have beside that without swapping (together less than it was given: a
    # kernel keeps some for itself), and what QEMU holds of the host's.
    MEMORY_ASSIGNED = "memory_assigned", Unit.BYTES, Of.MACHINE, Group.MEMORY
    MEMORY_MAXIMUM = "memory_maximum", Unit.BYTES, Of.MACHINE, Group.MEMORY
    MEMORY_USED = "memory_used", Unit.BYTES, Of.MACHINE, Group.MEMORY
    MEMORY_USABLE = "memory_usable", Unit.BYTES, Of.MACHINE, Group.MEMORY
    MEMORY_CACHE = "memory_cache", Unit.BYTES, Of.MACHINE, Group.MEMORY
    MEMORY_RESIDENT = "memory_resident", Unit.BYTES, Of.MACHINE, Group.MEMORY
    SWAP_IN = "swap_in", Unit.BYTES_PER_S, Of.MACHINE, Group.MEMORY
    SWAP_OUT = "swap_out", Unit.BYTES_PER_S, Of.MACHINE, Group.MEMORY
    FAULTS_MAJOR = "faults_major", Unit.PER_S, Of.MACHINE, Group.MEMORY
    FAULTS_MINOR = "faults_minor", Unit.PER_S, Of.MACHINE, Group.MEMORY

    DISK_READ = "disk_read", Unit.BYTES_PER_S, Of.DRIVE, Group.DRIVES
    DISK_WRITE = "disk_write", Unit.BYTES_PER_S, Of.DRIVE, Group.DRIVES
    DISK_READS = "disk_reads", Unit.PER_S, Of.DRIVE, Group.DRIVES
    DISK_WRITES = "disk_writes", Unit.PER_S, Of.DRIVE, Group.DRIVES
    DISK_FLUSHES = "disk_flushes", Unit.PER_S, Of.DRIVE, Group.DRIVES
    # The mean time that one operation took; none where there was no operation.
    DISK_READ_LATENCY = "disk_read_latency", Unit.SECONDS, Of.DRIVE, Group.DRIVES
    DISK_WRITE_LATENCY = "disk_write_latency", Unit.SECONDS, Of.DRIVE, Group.DRIVES
    DISK_FLUSH_LATENCY = "disk_flush_latency", Unit.SECONDS, Of.DRIVE, Group.DRIVES
    # Operations under way on the average: by Little's law the time that all of them took together.
    DISK_QUEUE = "disk_queue", Unit.COUNT, Of.DRIVE, Group.DRIVES

    # As the guest sees it: in is what it receives.
    NETWORK_IN = "network_in", Unit.BYTES_PER_S, Of.ADAPTER, Group.ADAPTERS
    NETWORK_OUT = "network_out", Unit.BYTES_PER_S, Of.ADAPTER, Group.ADAPTERS
    PACKETS_IN = "packets_in", Unit.PER_S, Of.ADAPTER, Group.ADAPTERS
    PACKETS_OUT = "packets_out", Unit.PER_S, Of.ADAPTER, Group.ADAPTERS
    DROPS_IN = "drops_in", Unit.PER_S, Of.ADAPTER, Group.ADAPTERS
    DROPS_OUT = "drops_out", Unit.PER_S, Of.ADAPTER, Group.ADAPTERS
    ERRORS_IN = "errors_in", Unit.PER_S, Of.ADAPTER, Group.ADAPTERS
    ERRORS_OUT = "errors_out", Unit.PER_S, Of.ADAPTER, Group.ADAPTERS

    FILESYSTEM_USED = "filesystem_used", Unit.BYTES, Of.FILESYSTEM, Group.AGENT
    FILESYSTEM_SIZE = "filesystem_size", Unit.BYTES, Of.FILESYSTEM, Group.AGENT
    LOAD = "load", Unit.COUNT, Of.MACHINE, Group.AGENT

    HOST_CPU = "host_cpu", Unit.SHARE, Of.HOST, Group.HOST
    HOST_CPU_WAITING = "host_cpu_waiting", Unit.SHARE, Of.HOST, Group.HOST  # for disks
    HOST_MEMORY_USED = "host_memory_used", Unit.BYTES, Of.HOST, Group.HOST
    HOST_MEMORY_SIZE = "host_memory_size", Unit.BYTES, Of.HOST, Group.HOST
    NODE_CPU = "node_cpu", Unit.SHARE, Of.NODE, Group.HOST
    NODE_MEMORY_USED = "node_memory_used", Unit.BYTES, Of.NODE, Group.HOST
    NODE_MEMORY_SIZE = "node_memory_size", Unit.BYTES, Of.NODE, Group.HOST
    # The share of time in which some, or all, tasks of the host stood and waited for it (PSI).
    PRESSURE_CPU = "pressure_cpu", Unit.SHARE, Of.HOST, Group.PRESSURE
    PRESSURE_MEMORY = "pressure_memory", Unit.SHARE, Of.HOST, Group.PRESSURE
    PRESSURE_MEMORY_FULL = "pressure_memory_full", Unit.SHARE, Of.HOST, Group.PRESSURE
    PRESSURE_DISK = "pressure_disk", Unit.SHARE, Of.HOST, Group.PRESSURE
    PRESSURE_DISK_FULL = "pressure_disk_full", Unit.SHARE, Of.HOST, Group.PRESSURE
    HOST_SWAP_IN = "host_swap_in", Unit.BYTES_PER_S, Of.HOST, Group.PRESSURE
    HOST_SWAP_OUT = "host_swap_out", Unit.BYTES_PER_S, Of.HOST, Group.PRESSURE
    HOST_FILESYSTEM_USED = (
        "host_filesystem_used", Unit.BYTES, Of.HOST_FILESYSTEM, Group.PRESSURE,
    )  # fmt: skip
    HOST_FILESYSTEM_SIZE = (
        "host_filesystem_size", Unit.BYTES, Of.HOST_FILESYSTEM, Group.PRESSURE,
    )  # fmt: skip

    # Where a pool lies, as `df` has it: what is for root alone is neither free nor there. A host's
    # own file systems are told so too.
    POOL_USED = "pool_used", Unit.BYTES, Of.POOL, Group.ROOM
    POOL_FREE = "pool_free", Unit.BYTES, Of.POOL, Group.ROOM
    POOL_SIZE = "pool_size", Unit.BYTES, Of.POOL, Group.ROOM

    def __init__(self, name: str, unit: Unit, of: Of, group: Group) -> None:
        self.id = name
        self.unit = unit
        self.of = of
        self.group = group


Place = tuple[Measure, str]
"""A measure and its device: where a figure of a thing stands."""
BY_ID = {measure.id: measure for measure in Measure}
