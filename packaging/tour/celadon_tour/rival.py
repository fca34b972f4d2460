"""Another program that wants a machine's D-Bus display: it has it from libvirt, and is let in.

QEMU gives the display to whoever came last. Run as `python -m celadon_tour.rival URI NAME`.
"""

import os
import socket
import subprocess
import sys
from xml.etree import ElementTree

import libvirt

_PATIENCE_S = 20


class Rival:
    """Such a program, from when it has the display until it is ended."""

    def __init__(self, uri: str, name: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "celadon_tour.rival", uri, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout
        self.told = self._process.stdout.readline().strip()

    def end(self) -> None:
        """Have it let go of the display."""
        self._process.communicate(timeout=_PATIENCE_S)


def main() -> None:
    """Take the display, say so, and keep it until the input ends."""
    connect = libvirt.open(sys.argv[1])
    domain = connect.lookupByName(sys.argv[2])
    kinds = [
        one.get("type")
        for one in ElementTree.fromstring(domain.XMLDesc(0)).iterfind("devices/graphics")  # noqa: S314
    ]
    descriptor = domain.openGraphicsFD(
        kinds.index("dbus"), libvirt.VIR_DOMAIN_OPEN_GRAPHICS_SKIPAUTH
    )
    with socket.socket(fileno=descriptor) as sock:
        sock.settimeout(_PATIENCE_S)
        # libvirt's own end of the pair is who QEMU sees.
        peer = sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        user = int.from_bytes(peer[4:8], sys.byteorder)
        sock.sendall(f"\0AUTH EXTERNAL {str(user).encode().hex()}\r\nBEGIN\r\n".encode())
        print(sock.recv(64).decode().strip().partition(" ")[0], os.getpid(), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
