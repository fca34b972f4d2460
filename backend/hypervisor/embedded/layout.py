"""Where everything of an embedded host lies, and the texts it is started with; no I/O.

SYSTEM puts `system/*` and `run/BOOT` over libvirt's five directories; SESSION gives `session/*` as
XDG directories. Both share `images`. The run directory has the machine's boot id in its name: pid
and status files, and libvirt's "autostarted" mark, do not outlive a reboot.

QEMU's files, measured with libvirt 9.0, `user = celadon`, `namespaces = []`:

- `dynamic_ownership = 0` touches no file that is not ours, but then a volume made by virsh (root's,
  0600) cannot be opened, nor can the overlay of an external snapshot, a block device or a USB
  device: too much for a host that virsh shares.
- `dynamic_ownership = 1` gives disks, kernel, initrd and NVRAM to the user while the guest runs.
  `remember_owner = 1` gives each back to the owner it had; it wants trusted xattrs, and without
  them a file goes to root. libvirt never gives back *read-only* media (other guests might use
  them): an installation medium outside `images` that QEMU can read anyway needs
  `<seclabel model='dac' relabel='no'/>` in its `<source>`, and keeps its owner then.

So 1, with owners remembered where the file system can.

An inaccessible /dev/kvm is hidden from the daemon: libvirt 9.0 probes QEMU with rights that QEMU
lacks later, finds the two at odds, and probes again for every call (48 s for one definition).
"""

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path

from backend.hypervisor.embedded.record import EmbeddedMode

IDLE_SECONDS = 60
# sun_path holds 108 bytes with its final zero; below XDG_CONFIG_HOME libvirt appends up to 85:
# /libvirt/qemu/channel/target/domain-NNNNN-20 characters/org.qemu.guest_agent.0
CONFIG_PATH_MAXIMUM = 107 - 85

_BOUND = {
    "/etc/libvirt": "system/etc",
    "/var/lib/libvirt": "system/lib",
    "/var/cache/libvirt": "system/cache",
    "/var/log/libvirt": "system/log",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths of one embedded host in one boot of the machine."""

    root: Path
    mode: EmbeddedMode
    boot: str
    """A name for this boot of the machine."""

    @property
    def key(self) -> str:
        """A short name that two hosts of one machine do not share."""
        digest = hashlib.sha256(str(self.root).encode()).digest()
        return base64.b32encode(digest).decode().lower()[:5]

    @property
    def lock(self) -> Path:
        """Held by whoever starts or stops the daemon."""
        return self.root / "lock"

    @property
    def due(self) -> Path:
        """There as long as guests are to be started, since the machine started."""
        return self.root / "due"

    @property
    def output(self) -> Path:
        """What the daemon says before it has a log."""
        return self.root / "out.log"

    @property
    def configuration(self) -> Path:
        """libvirtd.conf."""
        return self.root / "libvirtd.conf"

    @property
    def images(self) -> Path:
        """The storage pool."""
        return self.root / "images"

    @property
    def session(self) -> Path:
        """SESSION: what the unprivileged user owns."""
        return self.root / "session"

    @property
    def home(self) -> Path:
        """What the daemon itself may write to."""
        return self.session if self.mode is EmbeddedMode.SESSION else self.root

    @property
    def pid_file(self) -> Path:
        """The daemon's pid; an argument of its command line too, which tells it from others."""
        return self.home / "libvirtd.pid"

    @property
    def log(self) -> Path:
        """The daemon's warnings and errors."""
        return self.home / "libvirtd.log"

    @property
    def run(self) -> Path:
        """XDG_RUNTIME_DIR (SESSION), or what the daemon sees as /run/libvirt (SYSTEM)."""
        return self.home / "run" / self.boot

    @property
    def sockets(self) -> Path:
        """The directory with the daemon's socket."""
        return self.run / "libvirt" if self.mode is EmbeddedMode.SESSION else self.run

    @property
    def log_directory(self) -> Path:
        """QEMU's logs."""
        if self.mode is EmbeddedMode.SESSION:
            return self.session / "cache/libvirt/qemu/log"
        return self.root / "system/log/qemu"

    @property
    def run_directory(self) -> Path:
        """QEMU's pid files."""
        return self.sockets / ("qemu/run" if self.mode is EmbeddedMode.SESSION else "qemu")

    @property
    def binds(self) -> tuple[tuple[Path, str], ...]:
        """SYSTEM: each directory of ours, and the one of libvirt's that it takes the place of."""
        fixed = tuple((self.root / ours, theirs) for theirs, ours in _BOUND.items())
        return (*fixed, (self.run, "/run/libvirt"))

    def bridge(self, number: int) -> str:
        """Return the name of a bridge of this host; at most 15 characters (IFNAMSIZ)."""
        return f"cel{self.key}{number}"

    def uri(self, sockets: Path) -> str:
        """Return the connection URI, by a directory that may be a shorter name of ours."""
        return f"qemu+unix:///{self.mode.value}?socket={sockets / 'libvirt-sock'}"


def libvirtd_conf(layout: Layout) -> str:
    """Return libvirtd.conf: a socket for the owner alone, no other way in."""
    return f"""# Written by Celadon at each start: changes are lost.
auth_unix_ro = "none"
auth_unix_rw = "none"
unix_sock_ro_perms = "0700"
unix_sock_rw_perms = "0700"
max_workers = 60
max_client_requests = 50
log_outputs = "3:file:{layout.log}"
"""


def qemu_conf(user: str, group: str, *, remember_owner: bool, mode: EmbeddedMode) -> str:
    """Return qemu.conf: QEMU as `user`, logs without virtlogd, no need of cgroups."""
    common = """# Written by Celadon at each start: changes are lost.
security_driver = "none"
stdio_handler = "file"
"""
    if mode is EmbeddedMode.SESSION:
        return common
    return f"""{common}user = "{user}"
group = "{group}"
dynamic_ownership = 1
remember_owner = {int(remember_owner)}
namespaces = []
cgroup_controllers = []
"""


def environment(layout: Layout, config: Path, runtime: Path, path: str) -> dict[str, str]:
    """Return all of the daemon's environment, built from nothing."""
    common = {"PATH": path, "LC_ALL": "C"}
    if layout.mode is EmbeddedMode.SYSTEM:
        return common | {"HOME": str(layout.root)}
    return common | {
        "HOME": str(layout.session),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_CONFIG_HOME": str(config),
        "XDG_CACHE_HOME": str(layout.session / "cache"),
        "XDG_DATA_HOME": str(layout.session / "data"),
    }


def daemon_command(layout: Layout, libvirtd: str) -> tuple[str, ...]:
    """Return libvirtd's command line; it leaves when idle, never while a guest runs."""
    return (
        libvirtd,
        "--timeout",
        str(IDLE_SECONDS),
        "--config",
        str(layout.configuration),
        "--pid-file",
        str(layout.pid_file),
    )


def namespace_script(binds: tuple[tuple[Path, str], ...]) -> tuple[str, ...]:
    """Return `sh -c SCRIPT sh SOURCE TARGET ... --`, which binds each pair and runs the rest.

    A target that does not exist is made as an empty directory: a mount needs something to cover.
    """
    script = (
        'set -e; while [ "$1" != -- ]; do '
        '[ -e "$2" ] || mkdir -p "$2"; mount --bind "$1" "$2"; shift 2; done; shift; exec "$@"'
    )
    pairs = tuple(part for ours, theirs in binds for part in (str(ours), theirs))
    return ("sh", "-c", script, "sh", *pairs, "--")


def with_aliases(text: str, lines: tuple[str, ...]) -> str:
    """Return a passwd or group file with lines added."""
    whole = text if text.endswith("\n") or not text else text + "\n"
    return whole + "".join(f"{line}\n" for line in lines)
