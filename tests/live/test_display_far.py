"""The screen of a guest on another computer, by the one SSH connection that there is to it."""

import os
import pwd
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from celadon_tour.sshd import SSHD, Sshd, make_key, write_netcat

from backend.display.channel import ChannelState
from backend.engine import Engine
from backend.model import HostState, Kind, Ref
from backend.operations import display
from backend.specs import HostSpec
from tests.backend.conftest import Heard
from tests.live.stage import PATIENCE_S, Guest, Stage
from tests.live.test_display import Viewer

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
def guest(stage: Stage) -> Iterator[Guest]:
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
        news = viewer.until(lambda news: news.standing.updates)
        assert news.standing.transport == "VNC, SSH to 127.0.0.1"
        assert news.surface is not None
        assert (news.surface.width, news.surface.height) == (1280, 800)
        assert (news.surface.pixels & 0xFFFFFF).any()
        channel.close()
    assert server.connections() == before, "no other connection was made"


def test_a_password_that_has_changed_is_said(far: tuple[Heard, Sshd], guest: Guest) -> None:
    there, _server = far
    ref = Ref("there", Kind.DOMAIN, guest.ref.key)
    there.until(lambda: ref in there.records)
    stage = guest.stage
    command = '{"execute":"set_password","arguments":{"protocol":"vnc","password":"another"}}'
    stage.virsh("qemu-monitor-command", guest.name, command)
    viewer = Viewer(there.engine.query(display.open_display, ref).result(20))
    news = viewer.until(lambda news: news.standing.state is ChannelState.ENDED)
    assert news.standing.reason is not None
    assert news.standing.reason.message_id == "DisplayPasswordWrong"
