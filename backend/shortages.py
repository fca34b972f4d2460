"""What keeps a machine from being given or asked for something while it runs.

Errors like those of `backend.refusals`.
"""

from backend.errors import BackendError


class NoMemoryRoom(BackendError):
    """The machine `name` runs without room for memory that is added."""

    message_id = "NoMemoryRoom"


class MemoryRoomFull(BackendError):
    """The machine `name` has all the memory that it can get while it runs: `room_bytes`."""

    message_id = "MemoryRoomFull"


class MemoryTooMuch(BackendError):
    """That much is more than the `free_bytes` which can be added."""

    message_id = "MemoryTooMuch"


class MemoryUneven(BackendError):
    """Memory comes in pieces of `step_bytes`."""

    message_id = "MemoryUneven"


class NoMemorySlot(BackendError):
    """The machine `name` runs with all of its `slots` for memory modules taken."""

    message_id = "NoMemorySlot"


class NoBalloon(BackendError):
    """The machine `name` has no balloon, through which memory is given and taken."""

    message_id = "NoBalloon"


class BalloonEmpty(BackendError):
    """The guest of the machine `name` has all the memory that the balloon could give."""

    message_id = "BalloonEmpty"


class MemoryAtStart(BackendError):
    """What a machine starts with is fixed while it runs."""

    message_id = "MemoryAtStart"


class MemoryWhileRunning(BackendError):
    """Memory is added this way to a machine that runs."""

    message_id = "MemoryWhileRunning"


class MemoryStays(BackendError):
    """The memory `device` can be made smaller while the machine runs, and is removed later."""

    message_id = "MemoryStays"


class NoCpuRoom(BackendError):
    """The machine `name` runs with all the processors that it can have: `maximum`."""

    message_id = "NoCpuRoom"


class TooManyCpus(BackendError):
    """No more than `maximum` processors can be had."""

    message_id = "TooManyCpus"


class CpusStay(BackendError):
    """An emulated guest keeps its processors: QEMU would fail later if one were taken away."""

    message_id = "CpusStay"


class GuestKeepsCpus(BackendError):
    """The guest was asked for processors, and the machine still has `count` of them."""

    message_id = "GuestKeepsCpus"


class GuestKeepsMemory(BackendError):
    """After `seconds` the guest holds `held_bytes`, and not what it was asked to."""

    message_id = "GuestKeepsMemory"


class MemoryBeyondBalloon(BackendError):
    """The balloon gives `limit_bytes` at most while the machine runs."""

    message_id = "MemoryBeyondBalloon"


class SwitchFixed(BackendError):
    """The adapter `device` is plugged in where the hypervisor moves none while a machine runs."""

    message_id = "SwitchFixed"


class VlanFixed(BackendError):
    """The adapter `device` is where only a start puts it into another VLAN."""

    message_id = "VlanFixed"


class DiskFixed(BackendError):
    """What is in the drive `device` stays there while the machine runs: it has no medium."""

    message_id = "DiskFixed"


class TrayLocked(BackendError):
    """The guest holds the tray of the drive `device` shut."""

    message_id = "TrayLocked"


class TrayStuck(BackendError):
    """The hypervisor moves the tray of the drive `device` not even by force; its guest can."""

    message_id = "TrayStuck"


class LimitsNeedSwitch(BackendError):
    """The adapter `device` is on QEMU's own network, which the host does not slow down."""

    message_id = "LimitsNeedSwitch"


class HostTpmUnknown(BackendError):
    """Whether the host has a TPM of its own cannot be seen: nothing that leads there tells it."""

    message_id = "HostTpmUnknown"


class ShareNotWhileRunning(BackendError):
    """The host's libvirt is older than 10.0 and keeps no cgroup: it would crash of a live share."""

    message_id = "ShareNotWhileRunning"


class TpmNeedsUefi(BackendError):
    """A BIOS hands the machine `name` a kernel's RAM disk, which would lie on the TPM's tables."""

    message_id = "TpmNeedsUefi"


class WatchdogsActAlike(BackendError):
    """The machine `name` has a watchdog that acts by `action`, and a second has to do the same."""

    message_id = "WatchdogsActAlike"


class ShareProgramEnded(BackendError):
    """The host's virtiofsd ended as soon as it was started; its log says why."""

    message_id = "ShareProgramEnded"


class NoRedirection(BackendError):
    """The host's QEMU has no part that redirects USB."""

    message_id = "NoRedirection"


class AddressTaken(BackendError):
    """The host cannot listen at an address: a program does so already, or it is another's."""

    message_id = "AddressTaken"
