"""A machine's screen by VNC with TLS as libvirt sets it up (`vnc_tls = 1`), from elsewhere."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest

from backend.display.channel import ChannelState
from backend.engine import Engine
from backend.hypervisor.embedded import layout
from backend.model import HostState, Keep, Kind, PromptKind, Ref
from backend.operations import display, domain, host
from backend.specs import HostSpec
from tests.backend.conftest import Heard
from tests.live.certificates import Authority
from tests.live.stage import PATIENCE_S, Guest, Stage, place
from tests.live.test_display import Viewer
from tests.live.test_display_far import Relay

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("trust") / "authority", "those who vouch")


@pytest.fixture(scope="module")
def stage(authority: Authority) -> Iterator[Stage]:
    """A host whose administrator has every screen go by TLS."""
    signed = authority.sign("server")
    with place() as root, pytest.MonkeyPatch.context() as patch:
        folder = root.parent / "tls"
        folder.mkdir(mode=0o755)
        for ours, theirs in (("cacert", "ca-cert"), ("servercert", "server-cert"),
                             ("serverkey", "server-key")):  # fmt: skip
            shutil.copy(signed / f"{ours}.pem", folder / f"{theirs}.pem")
        written = layout.qemu_conf
        more = f'vnc_tls = 1\nvnc_tls_x509_cert_dir = "{folder}"\n'
        patch.setattr(layout, "qemu_conf", lambda *a, **k: written(*a, **k) + more)
        stage = Stage(root)
        stage.open()
        yield stage
        stage.strike()


@pytest.fixture(scope="module")
def guest(stage: Stage) -> Iterator[Guest]:
    """A machine in its firmware, with VNC at a port: it has a picture."""
    guest = stage.create("by tls")
    described = stage.virsh.description(guest.name)
    devices = described.find("devices")
    assert devices is not None
    for graphics in described.findall("devices/graphics"):
        devices.remove(graphics)
    told = {"type": "vnc", "autoport": "yes", "listen": "127.0.0.1"}
    ElementTree.SubElement(devices, "graphics", told)
    file = stage.root / "by-tls.xml"
    file.write_bytes(ElementTree.tostring(described))
    stage.virsh("define", str(file))
    stage.must(domain.start, guest.ref)
    yield guest
    guest.remove()


Far = Callable[[str], tuple[Heard, Ref]]


@pytest.fixture
def far(
    stage: Stage, guest: Guest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Far]:
    """Connects to that host by TCP alone, with more in the address; knows no certificate yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    here = urlsplit(stage.host().uri)
    relay = Relay(Path(parse_qs(here.query)["socket"][0]))
    engines: list[Engine] = []

    def connect(more: str) -> tuple[Heard, Ref]:
        uri = f"qemu+tcp://127.0.0.1:{relay.port}{here.path}{more}"
        engine = Engine([HostSpec("there", "There", uri)])
        engine.start()
        engines.append(engine)
        heard = Heard(engine, PATIENCE_S)
        heard.until(lambda: heard.records and heard.host().state is HostState.CONNECTED)
        ref = Ref("there", Kind.DOMAIN, guest.ref.key)
        heard.until(lambda: ref in heard.records)
        return heard, ref

    yield connect
    for engine in engines:
        engine.close()
    relay.close()


def test_who_is_vouched_for_is_let_in_without_a_question(far: Far, authority: Authority) -> None:
    heard, ref = far(f"?pkipath={authority.certificate.parent}")
    channel = heard.engine.query(display.open_display, ref).result(PATIENCE_S)
    news = Viewer(channel).until(lambda news: news.tally.updates)
    assert news.standing.state is ChannelState.LIVE
    assert "TLS" in news.standing.transport
    assert heard.host().prompt is None
    channel.close()


def test_who_is_not_is_shown_by_its_fingerprint_once(far: Far, stage: Stage) -> None:
    heard, ref = far("")
    opening = heard.engine.query(display.open_display, ref)
    heard.until(lambda: heard.host().prompt)
    prompt = heard.host().prompt
    assert prompt
    assert prompt.kind is PromptKind.CERTIFICATE
    shown = subprocess.run(
        ["openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in",
         stage.root.parent / "tls" / "server-cert.pem"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert prompt.fingerprint.removeprefix("SHA256:") in shown
    answer = heard.engine.query(host.answer, heard.host().ref, prompt.id, "yes", Keep.NO)
    answer.result(PATIENCE_S)
    channel = opening.result(PATIENCE_S)
    assert Viewer(channel).until(lambda news: news.tally.updates)
    channel.close()
    again = heard.engine.query(display.open_display, ref).result(PATIENCE_S)
    assert heard.host().prompt is None, "it is known by now"
    again.close()
