"""The page before servers that mean harm or are broken: one line says so, and the GUI lives on."""

import itertools
import socket
import struct
import threading
import zlib
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend.display.rfb import patience
from backend.display.rfb.channel import RfbChannel
from backend.display.rfb.messages import Link
from backend.model import DomainState
from console.sdk.sentences import SENTENCES
from console.snapins.machines import keyboards
from console.snapins.machines.pages.display import DisplayPage
from tests.backend.display.rfb.script import greeting, update
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain

RUNNING = domain("web-01", DomainState.RUNNING)
WHOLE = (0, 0, 320, 200, 0, bytes(320 * 200 * 4))
GREETING = greeting(320, 200)


def bomb() -> bytes:
    """Return a rectangle of ZLIB that is a hundred times as large as it says."""
    packed = zlib.compress(bytes(320 * 200 * 400))
    return update((0, 0, 320, 200, 6, len(packed).to_bytes(4) + packed))


def endless() -> Iterator[bytes]:
    """Yield an update that goes on and on."""
    yield GREETING + struct.pack(">BxH", 0, 65535)
    one = struct.pack(">HHHHi", *WHOLE[:5]) + WHOLE[5]
    yield from itertools.repeat(one)


def flood() -> Iterator[bytes]:
    """Yield pictures that nobody asked for, as fast as they go."""
    yield GREETING
    yield from itertools.repeat(update(WHOLE))


class Server:
    """Says what it is told to over a real loopback connection, then hangs up or falls silent."""

    def __init__(self, said: Callable[[], Iterator[bytes]], *, stays: bool = False) -> None:
        self._said, self._stays = said, stays
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="hostile")
        self._thread.start()

    def channel(self) -> RfbChannel:
        sock = socket.create_connection(self._listener.getsockname())
        return RfbChannel(sock, transport="VNC", link=Link.NETWORK)

    def close(self) -> None:
        self._over.set()
        self._listener.close()
        self._thread.join(10)
        assert not self._thread.is_alive()

    def _serve(self) -> None:
        sock, _ = self._listener.accept()
        with sock:
            sock.settimeout(0.2)
            for data in self._said():
                if not self._send(sock, memoryview(data)):
                    return
            if self._stays:
                self._over.wait(30)

    def _send(self, sock: socket.socket, data: memoryview) -> bool:
        while data and not self._over.is_set():
            try:
                data = data[sock.send(data) :]
            except TimeoutError:
                continue
            except OSError:
                return False
        return not self._over.is_set()


@pytest.fixture
def page(context: LentContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> DisplayPage:
    monkeypatch.setattr(keyboards, "guessed", lambda: "us")
    made = DisplayPage(context)
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    return made


def connect(page: DisplayPage, context: LentContext, server: Server) -> None:
    context.engine.answers["display.open_display"] = server.channel()
    page.wake()
    page.set_record(RUNNING)


@pytest.mark.parametrize(
    ("said", "stays", "message"),
    [
        (lambda: iter([b"HTTP/1.1 400 Bad Request\r\n\r\n"]), True, "DisplayBroken"),
        (lambda: iter([GREETING, update(WHOLE)[:-9]]), False, "DisplayEnded"),
        (lambda: iter([GREETING, update(WHOLE)[:-9]]), True, "DisplayStalled"),
        (lambda: iter([b"RFB 003"]), True, "DisplayStalled"),
        (lambda: iter([GREETING, bomb()]), True, "DisplayBroken"),
        (lambda: iter([GREETING, update((0, 0, 65535, 9, 0, b""))]), True, "DisplayBroken"),
        (lambda: iter([greeting(65535, 65535)]), True, "DisplayBroken"),
        (endless, True, "DisplayBroken"),
    ],
    ids=["nonsense", "cut", "stopped", "silent", "bomb", "outside", "huge", "endless"],
)
def test_it_is_told_in_one_line(
    context: LentContext,
    page: DisplayPage,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    said: Callable[[], Iterator[bytes]],
    stays: bool,
    message: str,
) -> None:
    if message == "DisplayStalled":
        for limit in ("STALL_S", "LOGIN_S"):
            monkeypatch.setattr(patience, limit, 0.3)
    server = Server(said, stays=stays)
    try:
        connect(page, context, server)
        # On a busy machine it first says that it connects.
        beginning = SENTENCES[message].partition("{")[0]
        qtbot.waitUntil(lambda: page.screen_view.reason.startswith(beginning), timeout=20_000)
    finally:
        page.sleep()
        server.close()


def test_a_flood_leaves_the_gui_alive_and_is_let_go_at_once(
    context: LentContext, page: DisplayPage, qtbot: QtBot
) -> None:
    server = Server(flood)
    try:
        connect(page, context, server)
        qtbot.waitUntil(lambda: page.link.is_live and page.screen_view.surface is not None)
        ticks: list[None] = []
        timer = QTimer()
        timer.timeout.connect(lambda: ticks.append(None))
        timer.start(10)
        QTest.keyClick(page.screen_view, Qt.Key.Key_A)
        qtbot.waitUntil(lambda: len(ticks) > 20, timeout=20_000)
        timer.stop()
        assert page.link.is_live
    finally:
        page.sleep()
        server.close()
