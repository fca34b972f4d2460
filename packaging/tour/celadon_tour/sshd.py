"""Other computers, made to be connected to: an sshd with keys of its own, a user, a libvirtd.

All of it listens on 127.0.0.1 and lies in one directory; nothing of the real user's is read, since
a configuration of ssh of our own stands in its place. Whoever is no root can log in to such
an sshd by key alone, as himself.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

PASSWORD = "open sesame"  # noqa: S105
PASSPHRASE = "pass phrase"  # noqa: S105
PATIENCE_S = 20.0
SSHD = shutil.which("sshd") or "/usr/sbin/sshd"
IS_ROOT = os.geteuid() == 0


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def until(holds: Callable[[], object], what: str) -> None:
    """Return once that holds, which it must."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def run(*command: str, text: str | None = None) -> str:
    """Return what a command prints; it must succeed."""
    return subprocess.run(
        command, input=text, capture_output=True, text=True, check=True
    ).stdout  # fmt: skip


def processes_of(uid: int) -> list[int]:
    """Return the ids of a user's processes, without those that ended and nobody has buried."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            is_his = entry.name.isdigit() and entry.stat().st_uid == uid
            if is_his and (entry / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z":
                found.append(int(entry.name))
    return found


def _lonely_id() -> int:
    """Return a number that is nobody's, not even that of a first user in a container beside us.

    All of its processes are killed in the end.
    """
    taken = {entry.pw_uid for entry in pwd.getpwall()}
    ours = 30000 + os.getpid() % 10000
    return next(uid for uid in range(ours, 60000) if uid not in taken and not processes_of(uid))


@contextlib.contextmanager
def throw_away_user(home: Path) -> Iterator[str]:
    """Give a user with a password, who is gone afterwards with all his processes; root only."""
    name = f"celadon-t{os.getpid() % 100000}"
    who = ("--uid", str(_lonely_id()), "--home-dir", str(home), "--create-home")
    run("useradd", *who, "--shell", "/bin/sh", name)
    try:
        run("chpasswd", text=f"{name}:{PASSWORD}\n")
        yield name
    finally:
        uid = pwd.getpwnam(name).pw_uid
        for pid in processes_of(uid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        until(lambda: not processes_of(uid), "the user's processes stay")
        run("userdel", "--force", name)


@contextlib.contextmanager
def somebody(home: Path) -> Iterator[str]:
    """Give a user who is nobody's superior: a throw-away one for root, else oneself."""
    if IS_ROOT:
        with throw_away_user(home) as name:
            yield name
    else:
        yield pwd.getpwuid(os.geteuid()).pw_name


def make_key(path: Path, passphrase: str = "", kind: str = "ed25519") -> Path:
    """Return a fresh private key."""
    run("ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-C", "test", "-f", str(path))
    return path


class Sshd:
    """A server for SSH."""

    def __init__(self, directory: Path, **options: str) -> None:
        directory.mkdir()
        self.directory = directory
        self.port = free_port()
        self._options = options
        self._host_key = make_key(directory / "host_key")
        self.authorized = directory / "authorized_keys"
        self.authorized.touch(0o644)
        self._process: subprocess.Popen[bytes] | None = None
        self._tries = 0

    def start(self) -> None:
        """Have it listen when this returns."""
        if IS_ROOT:
            Path("/run/sshd").mkdir(exist_ok=True)  # where it locks its unprivileged half up
        options = {
            "Port": str(self.port),
            "ListenAddress": "127.0.0.1",
            "HostKey": str(self._host_key),
            "PidFile": "none",
            "AuthorizedKeysFile": str(self.authorized),
            "StrictModes": "no",
            "UsePAM": "yes" if IS_ROOT else "no",
            "PasswordAuthentication": "yes" if IS_ROOT else "no",
            "KbdInteractiveAuthentication": "no",
            "LogLevel": "VERBOSE",
            **self._options,
        }
        config = self.directory / "config"
        config.write_text("".join(f"{name} {value}\n" for name, value in options.items()))
        with (self.directory / "log").open("ab") as log:
            self._process = subprocess.Popen([SSHD, "-D", "-e", "-f", config], stderr=log)
        until(self._listens, "sshd does not listen")

    def stop(self) -> None:
        """End it, and with it every connection."""
        if self._process:
            for pid in self.sessions():
                _kill(pid)
            self._process.kill()
            self._process.wait()
            self._process = None

    def let_in(self, key: Path) -> None:
        """Accept a key."""
        with self.authorized.open("a") as file:
            file.write(key.with_suffix(".pub").read_text())

    def change_host_key(self) -> None:
        """Be somebody else, as far as a client can tell."""
        self.stop()
        self._host_key.unlink()
        make_key(self._host_key)
        self.start()

    @property
    def fingerprint(self) -> str:
        """The fingerprint of its key."""
        return run("ssh-keygen", "-l", "-f", str(self._host_key)).split()[1]

    @property
    def log(self) -> str:
        """What it says."""
        return (self.directory / "log").read_text()

    def connections(self) -> int:
        """Count the clients that were connected so far."""
        return self.log.count("Connection from ") - self._tries

    def sessions(self) -> list[int]:
        """Return the processes that serve clients."""
        assert self._process
        return children(self._process.pid)

    def _listens(self) -> bool:
        assert self._process
        assert self._process.poll() is None, self.log
        with socket.socket() as trial:
            is_there = trial.connect_ex(("127.0.0.1", self.port)) == 0
        self._tries += is_there
        return is_there


def children(pid: int) -> list[int]:
    """Return all processes that descend from one."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, IndexError):
            if entry.name.isdigit():
                parent = (entry / "stat").read_text().rsplit(")", 1)[1].split()[1]
                if int(parent) == pid:
                    found += [int(entry.name), *children(int(entry.name))]
    return found


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


_NETCAT = """#!{python} -IS
import os, select, socket, sys
if "-U" not in sys.argv:
    sys.exit(1)
there = socket.socket(socket.AF_UNIX)
there.connect(sys.argv[-1])
while True:
    for ready in select.select([0, there], [], [])[0]:
        data = os.read(0, 65536) if ready == 0 else there.recv(65536)
        if not data:
            sys.exit(0)
        there.sendall(data) if ready == 0 else os.write(1, data)
"""


def write_netcat(path: Path) -> None:
    """Have a program there that carries bytes to the UNIX socket that it is called with."""
    # The machine's own interpreter: ours may lie where a user cannot go, or behind a blank.
    path.write_text(_NETCAT.format(python=Path(sys.executable).resolve()))
    path.chmod(0o755)


class Libvirtd:
    """A libvirtd of a user's session, which knows libvirt's test driver like any other."""

    def __init__(
        self, directory: Path, socket: Path, command: Sequence[str], environment: Mapping[str, str]
    ) -> None:
        self.directory = directory
        self.socket = socket
        self._command = command
        self._environment = environment
        self._begin()

    @property
    def netcat(self) -> Path:
        """A program that carries bytes to its socket."""
        return self.directory / "netcat"

    def revive(self) -> None:
        """Start it again if it crashed, as systemd would: libvirt 9 may, when a client hangs up."""
        if self.process.poll() is not None:
            self.socket.unlink(missing_ok=True)
            self._begin()

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _begin(self) -> None:
        with (self.directory / "libvirtd.log").open("ab") as log:
            self.process = subprocess.Popen(
                self._command, env=self._environment, stdout=log, stderr=log
            )
        until(self.socket.exists, "libvirtd does not answer")


def libvirtd(directory: Path, user: str, *options: str, environment: dict[str, str]) -> Libvirtd:
    """Return a libvirtd that answers, run as `user`; `options` are lines of its configuration."""
    write_netcat(directory / "netcat")
    sockets = directory / "sockets"
    lines = [f'unix_sock_dir = "{sockets}"', *options]
    (directory / "libvirtd.conf").write_text("\n".join(lines) + "\n")
    places = {
        name: str(directory / name.lower())
        for name in ("XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
    }
    who = pwd.getpwnam(user)
    for place in (sockets, *map(Path, places.values())):
        place.mkdir(mode=0o700)
        os.chown(place, who.pw_uid, who.pw_gid)
    command = [shutil.which("libvirtd") or "/usr/sbin/libvirtd"]
    if IS_ROOT:
        identity = (f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--clear-groups")
        command = ["setpriv", *identity, "--", *command]
    command += ["-f", str(directory / "libvirtd.conf"), "-p", str(sockets / "pid")]
    if options:
        command.append("--listen")
    surroundings = {"PATH": os.environ["PATH"], "HOME": str(directory), **places, **environment}
    return Libvirtd(directory, sockets / "libvirt-sock", command, surroundings)
