"""What no viewer goes below: python -m celadon_bench.display.floor SIZE SECONDS.

Whole pictures come over a socket and are drawn once more, as a D-Bus display has it without shared
memory: one process, no protocol, no window. Prints the processor time in ms for a megapixel.
"""

import mmap
import os
import socket
import subprocess
import sys
import time
from typing import Final

from PySide6.QtGui import QImage, QPainter

RATE: Final = 33.0
"""Pictures a second, as QEMU sends them."""
_AHEAD: Final = 1 << 22


def cost_ms(size: tuple[int, int], seconds: float) -> float:
    """Return what that costs now, measured by a process of its own."""
    command = (sys.executable, "-P", "-m", "celadon_bench.display.floor",
               f"{size[0]}x{size[1]}", f"{seconds}")  # fmt: skip
    return float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def main(size: str, seconds: str) -> None:
    """Measure, and print it."""
    width, _x, height = size.partition("x")
    count = int(width) * int(height) * 4
    ours, theirs = socket.socketpair()
    theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _AHEAD)
    if os.fork() == 0:
        ours.close()
        _send(theirs, count)
    theirs.close()
    came, shown = (memoryview(mmap.mmap(-1, count)) for _ in range(2))
    form = QImage.Format.Format_RGB32
    picture, window = (QImage(b, int(width), int(height), form) for b in (came, shown))
    used, pictures, end = 0.0, 0, time.monotonic() + float(seconds)
    while time.monotonic() < end:
        began = time.process_time()
        at = 0
        while at < count:
            at += ours.recv_into(came[at:], 0, socket.MSG_WAITALL)
        painter = QPainter(window)
        painter.drawImage(0, 0, picture)
        painter.end()
        if pictures:  # the first has its memory made
            used += time.process_time() - began
        pictures += 1
    print(used * 1e3 / max(1, pictures - 1) / (count / 4e6))


def _send(sock: socket.socket, count: int) -> None:
    """Send pictures until nobody reads them; does not return."""
    pixels = bytearray(os.urandom(1 << 16)) * (count // (1 << 16) + 1)
    try:
        while True:
            time.sleep(1 / RATE)
            sock.sendall(memoryview(pixels)[:count])
    except OSError:
        os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
