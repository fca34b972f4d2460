"""Another computer that is thrown away: an sshd on this one, and behind it a libvirt of its own.

As root it belongs to a user who is made for it and logs in by password. Whoever is no root lends
himself, by a key with a passphrase; the libvirt is still another than his: its folders are.
"""

import contextlib
import os
import pwd
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from celadon_tour.evidence import Virsh, tcp
from celadon_tour.sshd import IS_ROOT, PASSPHRASE, PASSWORD, SSHD, Sshd, make_key, somebody

MACHINES = ("far-db", "far-web")
_FOLDERS = ("XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
_MACHINE = """<domain type="qemu"><name>{name}</name><memory unit="MiB">64</memory>
<os><type arch="x86_64" machine="q35">hvm</type></os></domain>"""


class Elsewhere:
    """One such computer: `virsh` asks its libvirt without Celadon and without ssh."""

    def __init__(self, folder: Path, user: str, sshd: Sshd) -> None:
        self.user = user
        self.sshd = sshd
        self.key = make_key(folder / "key", PASSPHRASE)
        self.secret = PASSWORD if IS_ROOT else PASSPHRASE
        self.asks_for = "Password" if IS_ROOT else "Passphrase"
        self.folder = folder
        socket = folder / "xdg_runtime_dir" / "libvirt" / "libvirt-sock"
        self.virsh = Virsh(f"qemu:///session?socket={socket}")

    @property
    def key_to_name(self) -> str:
        """The key that has to be named on the way there; "" if a password is asked for."""
        return "" if IS_ROOT else str(self.key)

    def furnish(self) -> None:
        """Have machines there, and a libvirt that answers: it starts as somebody logs in."""
        opener = make_key(self.folder / "opener")
        self.sshd.let_in(opener)
        for name in MACHINES:
            define = "virsh -q -c qemu:///session define /dev/stdin"
            self._do(opener, define, _MACHINE.format(name=name))
        if not IS_ROOT:
            self.sshd.authorized.write_text(self.key.with_suffix(".pub").read_text())
        else:
            self.sshd.authorized.write_text("")

    def links(self) -> int:
        """Return how many connections to its sshd there are at this moment, by the kernel."""
        return tcp(self.sshd.port).established

    def _do(self, key: Path, command: str, text: str) -> None:
        options = ("-F", "none", "-i", str(key), "-o", "IdentitiesOnly=yes")
        trust = ("-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null")
        place = ("-p", str(self.sshd.port), f"{self.user}@127.0.0.1")
        subprocess.run(
            ["ssh", *options, *trust, "-o", "LogLevel=ERROR", *place, command],
            input=text, text=True, check=True, capture_output=True, timeout=60,
        )  # fmt: skip


def can_be() -> bool:
    """Whether such a computer can be made here."""
    return Path(SSHD).exists()


@contextlib.contextmanager
def another_computer() -> Iterator[Elsewhere]:
    """Give one, switched on and furnished; afterwards nothing of it is left."""
    with contextlib.ExitStack() as stack:
        name = tempfile.TemporaryDirectory(prefix="celadon-far-", dir="/var/tmp")
        folder = Path(stack.enter_context(name))
        folder.chmod(0o755)
        user = stack.enter_context(somebody(folder / "home"))
        owner = pwd.getpwnam(user)
        for variable in _FOLDERS:
            place = folder / variable.lower()
            place.mkdir(mode=0o700)
            os.chown(place, owner.pw_uid, owner.pw_gid)
        told = " ".join(f"{variable}={folder / variable.lower()}" for variable in _FOLDERS)
        sshd = Sshd(folder / "sshd", SetEnv=told)
        sshd.start()
        stack.callback(sshd.stop)
        there = Elsewhere(folder, user, sshd)
        stack.callback(lambda: _switch_off(there))
        there.furnish()
        yield there


def _switch_off(there: Elsewhere) -> None:
    """End what runs there: the throw-away user's processes go with him, one's own do not."""
    with contextlib.suppress(Exception):
        for name in there.virsh.names():
            if there.virsh.state(name) == "running":
                there.virsh("destroy", name)
    for name in ("libvirtd", "virtlogd"):
        file = there.folder / "xdg_runtime_dir" / "libvirt" / f"{name}.pid"
        with contextlib.suppress(OSError, ValueError):
            os.kill(int(file.read_text()), signal.SIGTERM)
