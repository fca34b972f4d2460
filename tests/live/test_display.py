"""The screen of the real sample guest: what is shown, what arrives there, and what is left."""

import os
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celadon_tour.patience import Patience
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.display.channel import ChannelState, FramebufferChannel, News, Transport
from backend.display.input import PointerTo, qnum_of_linux
from backend.display.rfb import channel as rfb_channel
from backend.display.rfb import messages, patience
from backend.display.rfb.channel import RfbChannel
from backend.display.rfb.gauge import Gauge
from backend.display.rfb.messages import Encoding, Link
from backend.display.surface import Surface
from backend.host.managed import ManagedHost
from backend.hypervisor import screens
from backend.model import Ref
from backend.operations import display, domain
from console.bridge.loop import gui_loop
from console.program import build, snapins
from console.shell.settings import Settings
from console.shell.window import MainWindow
from console.snapins.machines.pages.display import DisplayPage
from tests.live.seeing import see
from tests.live.stage import PATIENCE_S, Guest, Stage, to_close
from tests.live.test_bad_days import daemon_pid

pytestmark = [pytest.mark.live, pytest.mark.alone]
SHARES_A_GUEST = True
# A keyboard of 105 keys, by Linux' codes: what stands on it, and nothing that turns the guest off.
KEYS = (*range(1, 84), *range(86, 89), *range(96, 100), 100, *range(102, 112), 119, 125, 126, 127)
_SIZE = 4


class Viewer:
    """Looks at a channel as the GUI does, without one."""

    def __init__(self, channel: FramebufferChannel) -> None:
        self.channel = channel
        to_close.add(channel)
        self._woken = threading.Event()
        channel.listen(self._woken.set)

    def until(self, holds: Callable[[News], object]) -> News:
        """Return the first news for which that holds."""
        waited = Patience(PATIENCE_S)
        while not waited.is_over:
            self._woken.wait(0.05)
            self._woken.clear()
            news = self.channel.take()
            if holds(news):
                return news
        raise AssertionError("the screen never came to that")

    def picture(self) -> bytes:
        """Return the pixels as they are now, without what means nothing."""
        surface = self.until(lambda news: news.tally.updates).surface
        assert isinstance(surface, Surface)
        return (surface.pixels & 0xFFFFFF).tobytes()


async def open_by_link(host: ManagedHost, ref: Ref, link: Link) -> FramebufferChannel:
    """Open the screen as over another link than the one that there is."""
    way = await host.guests.ask(ref, lambda c: screens.open_vnc(c, ref.key), deadline_s=10)
    return RfbChannel(way.sock, transport="VNC", link=link)


def screenshot(stage: Stage, guest: Guest, folder: Path) -> bytes:
    """Return the pixels that virsh takes of the guest."""
    file = folder / "virsh.png"
    stage.virsh("screenshot", guest.name, str(file))
    image = QImage(str(file)).convertToFormat(QImage.Format.Format_RGB32)
    assert not image.isNull()
    flat = bytearray(image.constBits())
    flat[3::_SIZE] = bytes(len(flat) // _SIZE)
    return bytes(flat)


@pytest.mark.parametrize(
    "encoding", [Encoding.RAW, Encoding.HEXTILE, Encoding.ZLIB, Encoding.TIGHT, Encoding.ZRLE]
)
def test_the_picture_is_the_guests_in_each_encoding(
    stage: Stage,
    guest: Guest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    encoding: Encoding,
) -> None:
    monkeypatch.setitem(messages._ENCODINGS, Link.SLOW, (encoding, Encoding.RAW))
    viewer = Viewer(stage.engine.query(open_by_link, guest.ref, Link.SLOW).result(PATIENCE_S))
    try:
        waited = Patience(PATIENCE_S)
        alike = 0
        # The guest's clock goes on, and VNC tells of it a moment later than virsh: what counts is
        # that the two pictures are the same, point for point, whenever the screen stands still.
        while alike < 3:
            assert not waited.is_over, "the pictures never were the same"
            before = screenshot(stage, guest, tmp_path)
            time.sleep(0.2)
            alike += before == viewer.picture()
    finally:
        viewer.channel.close()


def display_threads() -> int:
    return sum(thread.name.startswith("display-") for thread in threading.enumerate())


def resident_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def test_a_qemu_that_stopped_is_said_to_hang_and_lets_go_at_once(
    stage: Stage, guest: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "SIGN_S", 0.5)
    monkeypatch.setattr(patience, "ANSWER_S", 2.0)
    watched, closed = (
        Viewer(stage.engine.query(open_by_link, guest.ref, Link.LOCAL).result(PATIENCE_S))
        for _ in range(2)
    )
    for viewer in (watched, closed):
        viewer.until(lambda news: news.tally.updates)
    os.kill(guest.qemu(), signal.SIGSTOP)
    try:
        for number in range(1000):  # nothing that is done here may wait for it
            watched.channel.send(PointerTo(number % 800, 5))
            closed.channel.send(PointerTo(number % 800, 5))
        closed.channel.close()
        news = watched.until(lambda news: news.standing.state is ChannelState.ENDED)
        assert news.standing.reason is not None
        assert news.standing.reason.message_id == "DisplayStalled"
        assert news.surface is not None, "the last picture stays"
        waited = Patience(PATIENCE_S)
        while display_threads():
            assert not waited.is_over
            time.sleep(0.05)
    finally:
        os.kill(guest.qemu(), signal.SIGCONT)
    again = Viewer(stage.engine.query(open_by_link, guest.ref, Link.LOCAL).result(PATIENCE_S))
    again.until(lambda news: news.tally.updates)
    again.channel.close()


def test_pictures_are_right_whenever_the_encoding_changes(
    stage: Stage, guest: Guest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gauge = Gauge(Link.LOCAL)  # which judges nothing by itself
    monkeypatch.setattr(rfb_channel, "Gauge", lambda _link: gauge)
    viewer = Viewer(stage.engine.query(open_by_link, guest.ref, Link.NETWORK).result(PATIENCE_S))
    channel = viewer.channel
    seen = 0
    for link in (Link.SLOW, Link.NETWORK, Link.SLOW, Link.LOCAL, Link.NETWORK):
        gauge.link = link
        seen = viewer.until(lambda news: news.tally.updates > seen + 1).tally.updates  # noqa: B023
    waited = Patience(PATIENCE_S)
    while screenshot(stage, guest, tmp_path) != viewer.picture():
        assert not waited.is_over, "the pictures never were the same"
        time.sleep(0.2)
    channel.close()


@pytest.fixture
def window(qapp: QApplication, stage: Stage, tmp_path: Path) -> Iterator[MainWindow]:
    """The program's window over the real host."""
    with gui_loop():
        made = build(stage.engine, snapins(), Settings(tmp_path / "settings.json"))
        made.resize(1400, 900)
        made.show()
        yield made
        made.close()
    stage.heard.until(stage.is_ready)


def connect(qtbot: QtBot, window: MainWindow, guest: Guest) -> DisplayPage:
    """Connect to the guest, as the action does; return the page once it is live and entered."""

    def is_chosen() -> bool:
        shown = window.panes.result.list
        if shown is not None:
            shown.choose((guest.ref,))
        return bool(window.panes.result.chosen())

    see(qtbot, is_chosen)
    assert window.actions_of.trigger("domain.connect")

    def entered() -> list[DisplayPage]:
        # Of another that is still seen nothing would arrive.
        return [page for page in window.findChildren(DisplayPage) if page.screen_view.is_entered]

    see(qtbot, entered)
    (page,) = entered()
    return page


@pytest.mark.parametrize("transport", [Transport.DBUS, Transport.VNC])
def test_every_key_and_the_pointer_arrive(
    qtbot: QtBot,
    window: MainWindow,
    guest: Guest,
    monkeypatch: pytest.MonkeyPatch,
    transport: Transport,
) -> None:
    # As of a machine elsewhere, the screen comes by VNC.
    is_here = transport is Transport.DBUS
    monkeypatch.setattr(display, "is_on_this_computer", lambda _host: is_here)
    log = guest.listen()
    screen = connect(qtbot, window, guest).screen_view
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "xcb"))
    begin = len(log.lines)
    for code in KEYS:
        assert qnum_of_linux(code) is not None
        for kind, state in (
            (QEvent.Type.KeyPress, "down"),
            (QEvent.Type.KeyRelease, "up"),
        ):
            event = QKeyEvent(
                kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, code + 8, 0, 0
            )
            QApplication.sendEvent(screen, event)
            hears(qtbot, guest, rf"KEY {code} {state}$", begin)
    place = screen.placement()
    assert place is not None
    for x, y in ((0.25, 0.25), (0.75, 0.5)):
        picture = place.picture
        spot = QPoint(
            round(picture.x() + picture.width() * x), round(picture.y() + picture.height() * y)
        )
        at = place.to_guest(spot.toPointF())
        QTest.mouseMove(screen, spot)
        QTest.mouseClick(screen, Qt.MouseButton.RightButton, pos=spot)
        line = hears(qtbot, guest, r"BUTTON 273 up at", begin)
        begin = len(log.lines)
        told = [int(number) for number in line.rpartition(" ")[2].split(",")]
        for axis, size in ((0, place.width), (1, place.height)):
            assert abs(told[axis] - at[axis] * 32767 / size) < 2 * 32767 / size


def hears(qtbot: QtBot, guest: Guest, pattern: str, since: int) -> str:
    """Return the guest's word for that; the window lives meanwhile."""
    found: list[str] = []
    log = guest.listen()

    def is_heard() -> bool:
        found.extend(line for _at, line in log.lines[since:] if re.search(pattern, line))
        return bool(found)

    see(qtbot, is_heard)
    return found[0]


def test_it_comes_back_after_whatever_happens(
    qtbot: QtBot, window: MainWindow, stage: Stage, guest: Guest
) -> None:
    page = connect(qtbot, window, guest)

    def comes_back() -> None:
        see(qtbot, lambda: page.link.is_live and not page.screen_view.reason)

    def goes() -> None:
        see(qtbot, lambda: bool(page.screen_view.reason))
        assert not page.screen_view.picture().isNull(), "the last picture stays"

    def size() -> tuple[int, int]:
        surface = page.screen_view.surface
        return (surface.width, surface.height) if surface else (0, 0)

    big = size()
    stage.virsh("reset", guest.name)
    see(qtbot, lambda: size() != big)
    see(qtbot, lambda: size() == big)
    assert page.link.is_live

    stage.virsh("managedsave", guest.name)
    goes()
    guest.until(lambda record: record.has_saved_state and not record.is_active)
    stage.must(domain.start, guest.ref)
    comes_back()
    see(qtbot, lambda: size() == big)

    # The host restarts: its machines and its libvirtd end at once.
    os.kill(daemon_pid(stage), signal.SIGKILL)
    os.kill(guest.qemu(), signal.SIGKILL)
    goes()
    guest.until(lambda record: not record.is_active)
    stage.heard.until(stage.is_ready)
    stage.must(domain.start, guest.ref)
    comes_back()
    see(qtbot, lambda: size() == big)
