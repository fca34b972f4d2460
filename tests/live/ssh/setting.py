"""What the tests of the way by SSH share: where they go, and what they look for."""

from pathlib import Path

import pytest
from celadon_tour.sshd import (
    IS_ROOT,
    SSHD,
    Libvirtd,
    Sshd,
)

needs_sshd = pytest.mark.skipif(not Path(SSHD).exists(), reason="there is no sshd (openssh-server)")
by_password = pytest.mark.skipif(
    not IS_ROOT, reason="only an sshd that runs as root can check a password"
)


class There:
    """Where tests go by SSH."""

    def __init__(self, directory: Path, user: str, daemon: Libvirtd) -> None:
        self.directory = directory
        self.user = user
        self.daemon = daemon

    def uri(self, sshd: Sshd, extra: str = "") -> str:
        """Return the address of its libvirt by that server."""
        where = f"netcat={self.daemon.netcat}&socket={self.daemon.socket}"
        return f"test+ssh://{self.user}@127.0.0.1:{sshd.port}/default?{where}{extra}"


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that ended and that nobody has buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
