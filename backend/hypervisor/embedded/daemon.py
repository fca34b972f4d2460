"""Starts the private libvirtd or finds it again.

Guests are processes of their own: they outlive the console and the daemon. The daemon leaves by
itself after a minute without clients and guests, and stays while either is there; whoever starts
the console next finds it, or starts it anew, and the guests are there as before.

- *Logout*: guests live on, unless the machine ends a user's processes at logout (systemd's
  `KillUserProcesses=yes`; `loginctl enable-linger` spares them).
- *Reboot* (a container's restart is one too): guests end as in a power cut, like everything else;
  those marked for autostart start when this host is next started, by a console or by the service
  (`backend.service`). Who starts it has them start in their order (`due`).

Everything blocks, in the worst case for a minute and a half; call it in a worker thread.
"""

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from pathlib import Path

import libvirt

from backend.hypervisor.embedded import due, firewall, plan, shortcut
from backend.hypervisor.embedded.failures import EmbeddedHostBusy, EmbeddedHostFailed
from backend.hypervisor.embedded.layout import Layout
from backend.hypervisor.embedded.plan import Plan
from backend.hypervisor.embedded.provision import provision
from backend.hypervisor.embedded.record import EmbeddedHost, EmbeddedMode

__all__ = ["EmbeddedHost", "EmbeddedMode", "ensure", "provision", "stop"]

ABANDONED_THREAD = "hypervisor-embedded-open"
"""The name of the thread that asks whether the daemon answers: it may hang for ever."""

_ANSWER_SECONDS = 3.0
_START_SECONDS = 30.0
_LEAVE_SECONDS = 2.0
_LOCK_SECONDS = 60.0
_INTERVAL_SECONDS = 0.05
_LAST_LINES = 3


class _Answer(Enum):
    YES = "yes"
    ABSENT = "absent"
    HANGS = "hangs"


def ensure(root: Path | None = None) -> EmbeddedHost:
    """Return the embedded host, started if need be; it answers when this returns.

    `root` is its data directory; None is the user's own: /var/lib/celadon for root, else
    celadon/host below XDG_DATA_HOME. Any number of processes may call this at once.
    Raises ProgramMissing, EmbeddedHostFailed, EmbeddedHostBusy, ShortPathRefused.
    """
    try:
        found = _ensure(plan.make(root))
        return replace(found, is_due=due.is_open(found.due))
    except OSError as error:
        place = str(root) if root else "~"
        raise EmbeddedHostFailed(detail=(str(error),), root=place) from error


def stop(host: EmbeddedHost) -> None:
    """End a throw-away host: its guests, networks, daemon and shortcuts; files stay.

    Never for a user's own host: guests are turned off without warning.
    """
    ours = plan.make(host.root)
    _ensure(ours)
    with _locked(ours.layout):
        _clear(host.uri)
        _end(ours.layout, at_once=False)
    if ours.layout.mode is EmbeddedMode.SYSTEM:
        firewall.remove_dead_rules()
        firewall.remove_empty_chains()
    shortcut.remove(plan.shortcut_names(ours.layout), ours.daemon_user)


def _ensure(ours: Plan) -> EmbeddedHost:
    if _ask(ours) is _Answer.YES:
        return ours.host
    with _locked(ours.layout):
        answer = _ask(ours)
        if answer is not _Answer.YES:
            # Guests do not mind: they outlive the daemon, and the next one finds them.
            _end(ours.layout, at_once=answer is _Answer.HANGS)
            plan.prepare(ours)
            _start(ours)
    return ours.host


@contextlib.contextmanager
def _locked(layout: Layout) -> Iterator[None]:
    """Hold the right to start and stop the daemon; others wait, and find it running then."""
    descriptor = os.open(layout.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    deadline = time.monotonic() + _LOCK_SECONDS
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise EmbeddedHostBusy(
                        root=str(layout.root), seconds=int(_LOCK_SECONDS)
                    ) from None
                time.sleep(_INTERVAL_SECONDS)
        yield
    finally:
        os.close(descriptor)


def _ask(ours: Plan) -> _Answer:
    """Find out whether the daemon answers, within a few seconds.

    A stopped daemon accepts connections and says nothing, and libvirt then waits for ever: so it
    is asked in a thread that can be left behind. The bare socket is tried first, because libvirt's
    client might start a daemon of its own where none listens.
    """
    with socket.socket(socket.AF_UNIX) as trial:
        trial.settimeout(_ANSWER_SECONDS)
        try:
            trial.connect(str(ours.socket))
        except TimeoutError:
            return _Answer.HANGS
        except OSError:
            return _Answer.ABSENT
    answers: list[_Answer] = []

    def open_and_close() -> None:
        try:
            libvirt.open(ours.host.uri).close()
            answers.append(_Answer.YES)
        except libvirt.libvirtError:
            answers.append(_Answer.ABSENT)

    thread = threading.Thread(target=open_and_close, name=ABANDONED_THREAD, daemon=True)
    thread.start()
    thread.join(_ANSWER_SECONDS)
    return answers[0] if answers else _Answer.HANGS


def _start(ours: Plan) -> None:
    """Start the daemon and wait until it answers; raises EmbeddedHostFailed with its last words."""
    layout = ours.layout
    # The shell leaves at once, so the daemon is nobody's child and never a zombie of ours.
    launch = ("sh", "-c", '"$@" </dev/null >"$0" 2>&1 & echo $!', str(layout.output))
    started = subprocess.run(
        (*launch, *plan.command(ours)),
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        env=plan.environment(ours),
        cwd="/",
        start_new_session=True,
    )
    pid = int(started.stdout)
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if _ask(ours) is _Answer.YES:
            return
        if not _lives(pid):
            break
        time.sleep(_INTERVAL_SECONDS)
    _end(layout, at_once=True)
    _kill(pid, layout, signal.SIGKILL)
    raise EmbeddedHostFailed(detail=_last_words(layout), root=str(layout.root))


def _last_words(layout: Layout) -> tuple[str, ...]:
    lines: list[str] = []
    for path in (layout.output, layout.log):
        with contextlib.suppress(OSError):
            text = path.read_text(errors="replace").splitlines()
            is_log = path == layout.log
            lines += [line for line in text if line and (not is_log or " error :" in line)]
    return tuple(lines[-_LAST_LINES:])


def _end(layout: Layout, *, at_once: bool) -> None:
    """End the daemon if one of ours is there: it is asked first, unless it hangs."""
    pid = _pid(layout)
    if pid is None:
        return
    if not at_once:
        _kill(pid, layout, signal.SIGTERM)
        deadline = time.monotonic() + _LEAVE_SECONDS
        while time.monotonic() < deadline and _is_ours(pid, layout):
            time.sleep(_INTERVAL_SECONDS)
    _kill(pid, layout, signal.SIGKILL)
    while _is_ours(pid, layout):
        time.sleep(_INTERVAL_SECONDS)


def _pid(layout: Layout) -> int | None:
    try:
        pid = int(layout.pid_file.read_text())
    except (OSError, ValueError):
        return None
    return pid if _is_ours(pid, layout) else None


def _is_ours(pid: int, layout: Layout) -> bool:
    """Whether the process is this host's daemon: a pid may have gone to somebody else."""
    try:
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return os.fsencode(layout.pid_file) in arguments


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def _kill(pid: int, layout: Layout, number: signal.Signals) -> None:
    if _is_ours(pid, layout):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def _clear(uri: str) -> None:
    """Turn everything off that would outlive the daemon."""
    connection = libvirt.open(uri)
    try:
        running = (
            *connection.listAllDomains(libvirt.VIR_CONNECT_LIST_DOMAINS_ACTIVE),
            *_active_networks(connection),
        )
        for thing in running:
            with contextlib.suppress(libvirt.libvirtError):
                thing.destroy()
    finally:
        connection.close()


def _active_networks(connection: libvirt.virConnect) -> tuple[libvirt.virNetwork, ...]:
    try:
        return tuple(connection.listAllNetworks(libvirt.VIR_CONNECT_LIST_NETWORKS_ACTIVE))
    except libvirt.libvirtError:
        return ()
