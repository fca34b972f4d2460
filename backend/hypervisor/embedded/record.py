"""What the embedded host is, for those who use it."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class EmbeddedMode(Enum):
    """How much of the machine the private libvirtd may use."""

    SYSTEM = "system"
    """As root, with libvirt's own directories replaced in a mount namespace: networks too."""

    SESSION = "session"
    """As an unprivileged user, with private XDG directories: user-mode networking only."""


@dataclass(frozen=True, slots=True)
class EmbeddedHost:
    """A private libvirtd that answered a moment ago."""

    uri: str
    """For `libvirt.open` and `virsh -c`."""
    mode: EmbeddedMode
    root: Path
    """The data directory: everything of this host lies below it."""
    images: Path
    """Where the storage pool lies."""
    qemu_user: str
    """The user QEMU runs under."""
    daemon_log: Path
    """What libvirtd itself warns of."""
    log_directory: Path
    """QEMU's logs: NAME.log."""
    run_directory: Path
    """QEMU's pid files: NAME.pid, with the start time of the guest as their own."""
    due: Path
    """There as long as guests are still to be started, since the machine itself started."""
    is_due: bool = False
    """Whether they were, a moment ago, and nobody was at it."""
