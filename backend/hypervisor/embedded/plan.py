"""Decides how the embedded host runs here, and lays its directories out."""

import contextlib
import functools
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from backend.errors import Problem
from backend.hypervisor.embedded import bury, due, rights, shortcut
from backend.hypervisor.embedded import layout as texts
from backend.hypervisor.embedded.failures import EmbeddedHostFailed
from backend.hypervisor.embedded.layout import Layout
from backend.hypervisor.embedded.record import EmbeddedHost, EmbeddedMode
from backend.hypervisor.embedded.rights import Identity

_SYSTEM_ROOT = Path("/var/lib/celadon")
# The socket's name and its lock beside it still have to fit.
_SOCKETS_PATH_MAXIMUM = 80
_PREPARE_SECONDS = 10
_FIRST = "first"

# Runs as the unprivileged user, who owns the directory: root follows nothing of theirs.
_SESSION_SCRIPT = """set -e
umask 077
mkdir -p config/libvirt cache data "run/$1/libvirt"
for old in run/*; do [ "$old" = "run/$1" ] || rm -rf "$old"; done
if [ "$(cat "run/$1/init" 2>/dev/null)" != "$2" ]; then
  find "run/$1" -name autostarted -delete
  echo "$2" > "run/$1/init"
fi
mkdir -p "run/$1/libvirt/qemu/run"
mark="run/$1/libvirt/qemu/run/autostarted"
[ -e "$mark" ] || { : > "$mark"; echo "$3"; }
: > libvirtd.log
cat > config/libvirt/qemu.conf
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """One embedded host as it is to run on this machine, now."""

    layout: Layout
    daemon_user: Identity
    qemu_user: Identity
    config: Path
    """SESSION: XDG_CONFIG_HOME, short enough for an agent's socket."""
    runtime: Path
    """SESSION: XDG_RUNTIME_DIR; SYSTEM: where the socket lies. Short in either case."""

    @property
    def host(self) -> EmbeddedHost:
        """The host that this plan makes."""
        layout = self.layout
        is_session = layout.mode is EmbeddedMode.SESSION
        return EmbeddedHost(
            uri=layout.uri(self.runtime / "libvirt" if is_session else self.runtime),
            mode=layout.mode,
            root=layout.root,
            images=layout.images,
            qemu_user=self.qemu_user.name,
            daemon_log=layout.log,
            log_directory=layout.log_directory,
            run_directory=layout.run_directory,
            due=layout.due,
        )

    @property
    def socket(self) -> Path:
        """The daemon's socket, by its short name."""
        is_session = self.layout.mode is EmbeddedMode.SESSION
        return (self.runtime / "libvirt" if is_session else self.runtime) / "libvirt-sock"


def make(root: Path | None) -> Plan:
    """Decide on mode and users; makes the data directory, and shortcuts where paths are long."""
    root = own_root() if root is None else root.absolute()
    mode = EmbeddedMode.SYSTEM if rights.propagation() else EmbeddedMode.SESSION
    layout = Layout(root, mode, _boot())
    # Others may pass through (QEMU's user does), and look at nothing.
    root.mkdir(parents=True, exist_ok=True)
    root.chmod(0o711 if os.geteuid() == 0 else 0o700)
    layout.images.mkdir(mode=0o711, exist_ok=True)
    if mode is EmbeddedMode.SYSTEM:
        return _system_plan(layout)
    user = rights.identity_of_self()
    if os.geteuid() == 0:
        user = rights.find_user(rights.SESSION_USERS) or user
    return _session_plan(layout, user)


def notes(host: EmbeddedHost) -> tuple[Problem, ...]:
    """Return what an administrator should know about the user QEMU runs under."""
    if os.geteuid() != 0:
        return ()
    if host.qemu_user == "root":
        user = rights.find_user(rights.QEMU_USERS)
        if user is None:
            return (Problem("QemuUserMissing", (("user", rights.QEMU_USERS[0]),)),)
        arguments = (("path", str(host.images)), ("user", user.name))
        return (Problem("ImagesOutOfReach", arguments),)
    if host.qemu_user == "nobody":
        return (Problem("QemuRunsAsNobody", (("user", rights.QEMU_USERS[0]),)),)
    return ()


def prepare(plan: Plan) -> None:
    """Write every directory and file the daemon starts with; what was there is replaced."""
    layout = plan.layout
    _write(layout.configuration, texts.libvirtd_conf(layout))
    qemu = texts.qemu_conf(
        plan.qemu_user.name,
        plan.qemu_user.group,
        remember_owner=rights.keeps_trusted_attributes(layout.images),
        mode=layout.mode,
    )
    if layout.mode is EmbeddedMode.SYSTEM:
        _prepare_system(plan, qemu)
    else:
        _prepare_session(plan, qemu)


def command(plan: Plan) -> tuple[str, ...]:
    """Return the whole command line of the daemon, with what gives or takes its rights."""
    layout = plan.layout
    daemon = texts.daemon_command(layout, rights.program("libvirtd"))
    if layout.mode is EmbeddedMode.SESSION:
        return (*bury.prefix(), *plan.daemon_user.prefix, *daemon)
    enter = (rights.program("unshare"), "--mount", "--propagation", rights.propagation() or "slave")
    names = texts.namespace_script((*layout.binds, *_loans(plan)))
    return (*bury.prefix(), *enter, *names, *daemon)


def environment(plan: Plan) -> dict[str, str]:
    """Return the daemon's environment."""
    return texts.environment(plan.layout, plan.config, plan.runtime, rights.search_path())


def shortcut_names(layout: Layout) -> tuple[str, ...]:
    """Return the names of all shortcuts this host may have."""
    return (f"{layout.key}c", f"{layout.key}r")


def own_root() -> Path:
    """Return where a user's own host lies."""
    if os.geteuid() == 0:
        return _SYSTEM_ROOT
    data = os.environ.get("XDG_DATA_HOME", "")
    # XDG Base Directory Specification: a path that is not absolute is to be ignored.
    base = Path(data) if data.startswith("/") else Path.home() / ".local/share"
    return base / "celadon" / "host"


@functools.cache
def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text()[:8]


def _init() -> str:
    """Return when process 1 started, in clock ticks: it tells a container's restarts apart."""
    try:
        # proc_pid_stat(5): field 22, counted behind the name, which may hold blanks.
        return Path("/proc/1/stat").read_text().rsplit(")", 1)[1].split()[19]
    except OSError:
        return ""


def _system_plan(layout: Layout) -> Plan:
    root = rights.identity_of_self()
    user = rights.find_user(rights.QEMU_USERS)
    if user is None or not rights.can_reach(user, layout.images):
        user = root
    sockets = layout.sockets
    if len(str(sockets)) > _SOCKETS_PATH_MAXIMUM:
        sockets = shortcut.point(shortcut_names(layout)[1], sockets, root)
    return Plan(layout, root, user, layout.root, sockets)


def _session_plan(layout: Layout, user: Identity) -> Plan:
    config, runtime = layout.session / "config", layout.run
    layout.session.mkdir(mode=0o700, exist_ok=True)
    for directory in (layout.session, layout.images):
        if os.geteuid() == 0:
            os.chown(directory, user.uid, user.gid, follow_symlinks=False)
    if len(str(config)) > texts.CONFIG_PATH_MAXIMUM:
        names = shortcut_names(layout)
        config = shortcut.point(names[0], config, user)
        runtime = shortcut.point(names[1], runtime, user)
    return Plan(layout, user, user, config, runtime)


def _prepare_system(plan: Plan, qemu: str) -> None:
    layout = plan.layout
    for ours, _ in layout.binds:
        ours.mkdir(mode=0o711, parents=True, exist_ok=True)
        ours.chmod(0o711)
    # Sockets of agents, NVRAM and saved memory are for QEMU's user alone.
    state = layout.root / "system/lib/qemu"
    state.mkdir(mode=0o750, exist_ok=True)
    state.chmod(0o750)
    os.chown(layout.images, 0, 0)
    _forget_other_boots(layout)
    layout.log.unlink(missing_ok=True)
    _write(layout.root / "system/etc/qemu.conf", qemu)
    for name, lines in _aliases(plan.qemu_user).items():
        _write(
            layout.root / "system" / name, texts.with_aliases(Path("/etc", name).read_text(), lines)
        )
    _write(layout.root / "system/no-kvm", "", mode=0o600)


def _forget_other_boots(layout: Layout) -> None:
    for old in layout.run.parent.iterdir():
        if old != layout.run:
            with contextlib.suppress(OSError):
                subprocess.run(("rm", "-rf", str(old)), check=False, timeout=_PREPARE_SECONDS)
    init = layout.run / "init"
    if not init.exists() or init.read_text() != _init():
        for mark in layout.run.glob("*/autostarted"):
            mark.unlink(missing_ok=True)
        init.write_text(_init())
    mark = layout.run_directory / "autostarted"
    if not mark.exists():
        mark.parent.mkdir(mode=0o755, exist_ok=True)
        mark.touch(0o600)
        due.begin(layout.due)


def _prepare_session(plan: Plan, qemu: str) -> None:
    layout, user = plan.layout, plan.daemon_user
    shell = (*user.prefix, "sh", "-c", _SESSION_SCRIPT, "sh", layout.boot, _init(), _FIRST)
    done = subprocess.run(
        shell,
        check=False,
        cwd=layout.session,
        input=qemu,
        text=True,
        capture_output=True,
        timeout=_PREPARE_SECONDS,
    )
    if done.returncode != 0:
        lines = tuple(done.stderr.strip().splitlines()[-1:])
        raise EmbeddedHostFailed(detail=lines, root=str(layout.root))
    if _FIRST in done.stdout:
        due.begin(layout.due)


def _aliases(user: Identity) -> dict[str, tuple[str, ...]]:
    """Return the lines that passwd and group lack for libvirtd to start, as other names of ours."""
    if not rights.lacks_compiled_user():
        return {}
    tail = f"x:{user.uid}:{user.gid}::/nonexistent:/usr/sbin/nologin"
    return {
        "passwd": tuple(f"{name}:{tail}" for name in rights.COMPILED_USERS),
        "group": tuple(f"{name}:x:{user.gid}:" for name in rights.missing_groups()),
    }


def _loans(plan: Plan) -> tuple[tuple[Path, str], ...]:
    """Return the files to put over the machine's own, in the daemon's eyes only."""
    system = plan.layout.root / "system"
    names = tuple((system / name, f"/etc/{name}") for name in _aliases(plan.qemu_user))
    if Path("/dev/kvm").exists() and not rights.can_use_kvm(plan.qemu_user):
        return (*names, (system / "no-kvm", "/dev/kvm"))
    return names


def _write(path: Path, text: str, mode: int = 0o644) -> None:
    """Replace a file at once: a daemon that reads it sees the old text or the new."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text)
    fresh.chmod(mode)
    fresh.replace(path)
