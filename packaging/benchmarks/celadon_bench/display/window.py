"""Our own view in a window of its own: python -m celadon_bench.display.window COUNTS WAY SIZE.

WAY is the path of a VNC server's socket, or the number of a descriptor that leads to QEMU's D-Bus
display; SIZE is the window's, as 1920x1080. What was painted is counted in the file COUNTS.
"""

import mmap
import os
import signal
import socket
import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea

from backend.display.channel import ChannelState, FramebufferChannel, News
from backend.display.rfb.channel import RfbChannel
from console.bridge.screen_feed import ScreenFeed
from console.widgets.screen import Screen
from console.widgets.screen_place import Zoom

TITLE: Final = "Celadon display"
_COUNTS: Final = struct.Struct("<5Q")
_SETTLED_MS: Final = 700


@dataclass(frozen=True, slots=True)
class Counts:
    """What a window tells: as much as there was from the beginning."""

    paints: int = 0
    news: int = 0
    updates: int = 0
    received_bytes: int = 0
    damaged_pixels: int = 0


def read(file: Path) -> Counts:
    """Return what a window has counted so far."""
    return Counts(*_COUNTS.unpack(file.read_bytes()))


class _Book:
    def __init__(self, file: Path, screen: Screen) -> None:
        file.write_bytes(bytes(_COUNTS.size))
        with file.open("r+b") as opened:
            self._memory = mmap.mmap(opened.fileno(), _COUNTS.size)
        self._screen = screen
        self._news = self._damaged = 0

    def write(self, news: News) -> None:
        self._news += 1
        self._damaged += sum(rect.width * rect.height for rect in news.damage)
        told = (self._news, *news.tally, self._damaged)
        _COUNTS.pack_into(self._memory, 0, self._screen.paints, *told)


def channel(way: str) -> FramebufferChannel:
    """Return what leads there."""
    if way.isdigit():
        from backend.display.dbus.channel import Carrier  # noqa: PLC0415  # not in every release

        carrier = Carrier()
        view = carrier.view()
        carrier.begin(socket.socket(fileno=int(way)), lambda: True)
        return view
    sock = socket.socket(socket.AF_UNIX)
    sock.connect(way)
    return RfbChannel(sock, transport="VNC")


def main(counts: str, way: str, size: str) -> None:
    """Show what is there until somebody ends it."""
    application = QApplication([TITLE])
    screen = Screen(TITLE)
    screen.set_zoom(Zoom.ACTUAL)
    room = QScrollArea()  # as the page has it
    room.setWidget(screen)
    room.setWidgetResizable(True)
    room.setFrameShape(QFrame.Shape.NoFrame)
    room.setWindowTitle(TITLE)
    width, _x, height = size.partition("x")
    room.setGeometry(0, 30, int(width), int(height))
    room.show()
    book, feeds = _Book(Path(counts), screen), []

    def show(news: News) -> None:
        if news.standing.state is ChannelState.ENDED:
            application.quit()
        screen.show_news(news)
        book.write(news)

    def begin() -> None:
        feeds.append(ScreenFeed(channel(way), show, screen))

    QTimer.singleShot(_SETTLED_MS, begin)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    application.exec()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
