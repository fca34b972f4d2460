"""The screen of a guest on another computer, by the one SSH connection that there is to it."""

import contextlib
import os
import pwd
import socket
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from celadon_tour.sshd import SSHD, Sshd, make_key, write_netcat
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.engine import Engine
from backend.model import HostState, Keep, Kind, Prompt, PromptKind, Ref
from backend.operations import display, host, serial
from backend.specs import HostSpec
from console.bridge.loop import gui_loop
from console.program import build, snapins
from console.shell.settings import Settings
from console.snapins.hosts.dialogs.secret import SecretDialog
from console.snapins.machines.pages.display import DisplayPage
from tests.backend.conftest import Heard
from tests.live.seeing import see
from tests.live.stage import PATIENCE_S, Guest, Stage
from tests.live.test_display import Viewer
from tests.live.test_serial import Reader

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(not Path(SSHD).exists(), reason="there is no sshd (openssh-server)"),
]

PASSWORD = "far away"


@pytest.fixture
def far(stage: Stage) -> Iterator[tuple[Heard, Sshd]]:
    """The same host as seen from far: by ssh, as whoever runs this, with a key."""
    with tempfile.TemporaryDirectory(prefix="cel-", dir="/var/tmp") as name:
        place = Path(name)
        server = Sshd(place / "sshd")
        server.let_in(make_key(place / "key"))
        server.start()
        known, config, netcat = place / "known", place / "config", place / "netcat"
        known.write_text(
            f"[127.0.0.1]:{server.port} {(place / 'sshd' / 'host_key.pub').read_text()}"
        )
        config.write_text(
            f"UserKnownHostsFile {known}\nIdentityAgent none\nIdentityFile {place / 'key'}\n"
        )
        write_netcat(netcat)
        here = urlsplit(stage.host().uri)
        user = pwd.getpwuid(os.geteuid()).pw_name
        where = f"{user}@127.0.0.1:{server.port}{here.path}?{here.query}&netcat={netcat}"
        spec = HostSpec("there", "There", f"qemu+ssh://{where}", ssh_config=config)
        engine = Engine([spec])
        engine.start()
        heard = Heard(engine, PATIENCE_S)
        heard.until(lambda: heard.records and heard.host().state is HostState.CONNECTED)
        yield heard, server
        engine.close()
        server.stop()


@pytest.fixture
def guest(far_guest: Guest) -> Guest:
    """The sample guest, with the password that its definition has."""
    change_password(far_guest, PASSWORD)
    return far_guest


@pytest.fixture(scope="module")
def far_guest(stage: Stage) -> Iterator[Guest]:
    """The sample guest with VNC at a port of its host alone, behind a password."""
    guest = stage.create("far guest")
    described = stage.virsh.description(guest.name)
    devices = described.find("devices")
    graphics = described.find("devices/graphics")
    assert devices is not None
    assert graphics is not None
    devices.remove(graphics)
    told = {"type": "vnc", "autoport": "yes", "listen": "127.0.0.1", "passwd": PASSWORD}
    ElementTree.SubElement(devices, "graphics", told)
    with tempfile.NamedTemporaryFile("wb", suffix=".xml") as file:
        file.write(ElementTree.tostring(described))
        file.flush()
        stage.virsh("define", file.name)
    guest.boot()
    yield guest
    guest.remove()


def test_it_comes_through_the_connection_that_is_there(
    far: tuple[Heard, Sshd], guest: Guest
) -> None:
    there, server = far
    ref = Ref("there", Kind.DOMAIN, guest.ref.key)
    there.until(lambda: ref in there.records)
    before = server.connections()
    for _ in range(2):
        channel = there.engine.query(display.open_display, ref).result(20)
        viewer = Viewer(channel)
        news = viewer.until(lambda news: news.tally.updates)
        assert news.standing.transport == "VNC, SSH to 127.0.0.1"
        assert news.surface is not None
        assert (news.surface.width, news.surface.height) == (1280, 800)
        assert (news.surface.pixels & 0xFFFFFF).any()
        channel.close()
    assert server.connections() == before, "no other connection was made"


def test_a_password_that_has_changed_is_asked_for(far: tuple[Heard, Sshd], guest: Guest) -> None:
    there, _server = far
    ref = Ref("there", Kind.DOMAIN, guest.ref.key)
    there.until(lambda: ref in there.records)
    change_password(guest, "another")
    opening = there.engine.query(display.open_display, ref)
    assert answer(there, "another").kind is PromptKind.DISPLAY_PASSWORD
    assert Viewer(opening.result(20)).until(lambda news: news.tally.updates)
    opening.result().close()


def change_password(guest: Guest, password: str) -> None:
    """Give the running guest's VNC another one than its definition has."""
    told = f'{{"protocol":"vnc","password":"{password}"}}'
    command = f'{{"execute":"set_password","arguments":{told}}}'
    guest.stage.virsh("qemu-monitor-command", guest.name, command)


def answer(there: Heard, text: str) -> Prompt:
    """Answer what the host's record asks."""
    there.until(lambda: there.host().prompt)
    prompt = there.host().prompt
    assert prompt is not None
    there.engine.query(host.answer, there.host().ref, prompt.id, text, Keep.NO).result(20)
    return prompt


class Relay:
    """Has libvirt's socket answer at a TCP port, as a host does that listens there."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._ends: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for end in self._ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
        for end in self._ends:
            end.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                there = socket.socket(socket.AF_UNIX)
                there.connect(str(self._place))
                self._ends += (near, there)
                for source, target in ((near, there), (there, near)):
                    thread = threading.Thread(target=self._pass_on, args=(source, target))
                    self._threads.append(thread)
                    thread.start()

    @staticmethod
    def _pass_on(source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def by_tcp(stage: Stage) -> Iterator[Heard]:
    """The same host as seen by TCP alone, where no descriptor can be handed over."""
    here = urlsplit(stage.host().uri)
    relay = Relay(Path(parse_qs(here.query)["socket"][0]))
    uri = f"qemu+tcp://127.0.0.1:{relay.port}{here.path}"
    engine = Engine([HostSpec("there", "There", uri)])
    engine.start()
    heard = Heard(engine, PATIENCE_S)
    heard.until(lambda: heard.records and heard.host().state is HostState.CONNECTED)
    yield heard
    engine.close()
    relay.close()


def test_it_comes_by_tcp_where_nothing_else_leads_there(by_tcp: Heard, guest: Guest) -> None:
    ref = Ref("there", Kind.DOMAIN, guest.ref.key)
    by_tcp.until(lambda: ref in by_tcp.records)
    channel = by_tcp.engine.query(display.open_display, ref).result(20)
    news = Viewer(channel).until(lambda news: news.tally.updates)
    assert news.standing.transport.startswith("VNC, 127.0.0.1:")
    channel.close()
    change_password(guest, "another")
    opening = by_tcp.engine.query(display.open_display, ref)
    assert not answer(by_tcp, "wrong").is_again
    assert answer(by_tcp, "another").is_again
    assert Viewer(opening.result(20)).until(lambda news: news.tally.updates)
    opening.result().close()


def test_the_window_asks_for_the_password_and_shows_the_screen(
    qapp: QApplication, qtbot: QtBot, by_tcp: Heard, guest: Guest, tmp_path: Path
) -> None:
    ref = Ref("there", Kind.DOMAIN, guest.ref.key)
    by_tcp.until(lambda: ref in by_tcp.records)
    change_password(guest, "another")
    with gui_loop():
        window = build(by_tcp.engine, snapins(), Settings(tmp_path / "settings.json"))
        window.resize(1400, 900)
        window.show()

        def is_chosen() -> bool:
            shown = window.panes.result.list
            if shown is not None:
                shown.choose((ref,))
            return bool(window.panes.result.chosen())

        def dialogs() -> list[SecretDialog]:
            return [found for found in window.findChildren(SecretDialog) if found.isVisible()]

        def pages() -> list[DisplayPage]:
            return [
                page
                for page in window.findChildren(DisplayPage)
                if page.isVisible() and page.screen_view.is_entered
            ]

        see(qtbot, is_chosen)
        assert window.actions_of.trigger("domain.connect")
        see(qtbot, dialogs)
        (dialog,) = dialogs()
        assert dialog.windowTitle() == f"Password for {guest.name}"
        QTest.keyClicks(dialog.field, "another")
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        see(qtbot, pages)
        assert pages()[0].link.is_live
        window.close()


def test_the_serial_port_comes_that_way_too(far: tuple[Heard, Sshd], guest: Guest) -> None:
    there, server = far
    ref = Ref("there", Kind.DOMAIN, guest.ref.key)
    there.until(lambda: ref in there.records)
    before = server.connections()
    opened = there.engine.query(serial.open_port, ref, "serial", 0).result(20)
    reader = Reader(opened).wait_for_shell()
    reader.asks(b"echo far$((6 * 7))", b"far42")
    reader.channel.close()
    assert server.connections() == before, "no other connection was made"
