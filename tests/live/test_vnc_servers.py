"""VNC as a real QEMU speaks it over TCP: passwords, TLS with and without certificates, SASL."""

import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import simplejpeg
from celadon_tour.patience import Patience

from backend.display.channel import ChannelState, FramebufferChannel, News, PointerMode
from backend.display.input import CAPS_LOCK, NUM_LOCK, SCROLL_LOCK, Leds, chord
from backend.display.rfb.access import Access
from backend.display.rfb.messages import Link
from backend.display.rfb.trust import Trust
from backend.engine import Engine
from backend.errors import Problem
from backend.hypervisor import screens
from backend.model import Keep, Kind, Prompt, PromptKind, Ref
from backend.operations import display, host
from backend.specs import HostSpec
from tests.backend.conftest import UUID, Heard
from tests.live.certificates import Authority
from tests.live.qemu_vnc import PATIENCE_S, QEMU, Qemu

SASLPASSWD = shutil.which("saslpasswd2") or "/usr/sbin/saslpasswd2"
pytestmark = [pytest.mark.live, pytest.mark.skipif(not QEMU, reason="no qemu-system-x86_64")]


@pytest.fixture
def qemu() -> Iterator[Qemu]:
    with tempfile.TemporaryDirectory(prefix="cel-", dir="/var/tmp") as name:
        made = Qemu(Path(name))
        yield made
        made.stop()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("trust") / "authority", "those who vouch")


def x509(place: Path, authority: Authority, *, verify: bool = False) -> str:
    """Return QEMU's credentials with certificates, in the names that it wants them to have."""
    signed = authority.sign("server")
    folder = place / "pki"
    folder.mkdir()
    for ours, theirs in (
        ("cacert.pem", "ca-cert.pem"),
        ("servercert.pem", "server-cert.pem"),
        ("serverkey.pem", "server-key.pem"),
    ):
        shutil.copy(signed / ours, folder / theirs)
    is_verified = "on" if verify else "off"
    return f"tls-creds-x509,id=tls,endpoint=server,dir={folder},verify-peer={is_verified}"


def sasl(place: Path, mechanism: str) -> None:
    """Let fred in, whose password is pencil, by this mechanism alone."""
    database = place / "sasl.db"
    subprocess.run(
        [SASLPASSWD, "-p", "-c", "-a", "vnc", "-u", socket.gethostname(), "-f", database, "fred"],
        input="pencil", text=True, check=True,
    )  # fmt: skip
    for name in ("qemu.conf", "qemu-kvm.conf"):
        (place / name).write_text(
            f"mech_list: {mechanism}\nsasldb_path: {database}\nauxprop_plugin: sasldb\n"
            "pwcheck_method: auxprop\n"
        )


def far(trust: Path | None = None) -> Access:
    """Return what a client knows that comes over a network."""
    return Access("vm", "127.0.0.1", is_private=False, trust=Trust(trust))


def seen(channel: FramebufferChannel) -> News:
    """Return the first news of a picture, or of the end."""
    woken = threading.Event()
    channel.listen(woken.set)
    patience = Patience(PATIENCE_S)
    while not patience.is_over:
        woken.wait(0.05)
        woken.clear()
        news = channel.take()
        if news.tally.updates or news.standing.state is ChannelState.ENDED:
            return news
    raise AssertionError("nothing came")


def is_let_in(qemu: Qemu, access: Access | None) -> bool:
    channel = qemu.open(access)
    news = seen(channel)
    channel.close()
    return news.standing.state is ChannelState.LIVE


def reason(qemu: Qemu, access: Access) -> Problem:
    """Return why one is not let in."""
    channel = qemu.open(access)
    told = seen(channel).standing.reason
    channel.close()
    assert told is not None
    return told


def test_a_password(qemu: Qemu) -> None:
    qemu.start(",password=on")
    qemu.tell("set_password", protocol="vnc", password="pencil")  # noqa: S106
    access = far()
    assert reason(qemu, access).message_id == "DisplayPasswordWrong"
    assert [prompt.kind for prompt in access.wanted] == [PromptKind.DISPLAY_PASSWORD]
    access.tell(PromptKind.DISPLAY_PASSWORD, "pen")
    access.begin()
    assert reason(qemu, access).message_id == "DisplayPasswordWrong"
    assert access.wanted
    access.tell(PromptKind.DISPLAY_PASSWORD, "pencil")
    access.begin()
    channel = qemu.open(access)
    standing = seen(channel).standing
    channel.close()
    assert (standing.state, standing.transport) == (ChannelState.LIVE, "VNC")
    assert standing.remark is not None
    assert standing.remark.message_id == "DisplayInTheClear"
    assert not access.wanted


def test_tls_without_certificates(qemu: Qemu) -> None:
    qemu.start(",tls-creds=tls", "tls-creds-anon,id=tls,endpoint=server")
    channel = qemu.open(far())
    standing = seen(channel).standing
    channel.close()
    assert (standing.state, standing.transport) == (ChannelState.LIVE, "VNC, TLS")
    assert standing.remark is None


def test_tls_with_a_certificate_that_is_vouched_for(qemu: Qemu, authority: Authority) -> None:
    qemu.start(",tls-creds=tls", x509(qemu.place, authority))
    assert is_let_in(qemu, far(authority.certificate.parent))


def test_tls_with_one_that_is_not(qemu: Qemu, authority: Authority) -> None:
    qemu.start(",tls-creds=tls", x509(qemu.place, authority))
    access = far()
    assert reason(qemu, access).message_id == "DisplayCertificateUnknown"
    access.begin()
    problem = reason(qemu, access)
    assert problem["host"] == "127.0.0.1"
    (prompt,) = access.wanted
    told = subprocess.run(
        ["openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in",
         qemu.place / "pki" / "server-cert.pem"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert prompt.fingerprint.removeprefix("SHA256:") in told
    access.known = frozenset({prompt.fingerprint})
    access.begin()
    assert is_let_in(qemu, access)


def test_tls_and_a_password(qemu: Qemu, authority: Authority) -> None:
    qemu.start(",tls-creds=tls,password=on", x509(qemu.place, authority))
    qemu.tell("set_password", protocol="vnc", password="pencil")  # noqa: S106
    access = far(authority.certificate.parent)
    assert reason(qemu, access).message_id == "DisplayPasswordWrong"
    access.tell(PromptKind.DISPLAY_PASSWORD, "pencil")
    access.begin()
    assert is_let_in(qemu, access)


def test_a_server_that_wants_a_certificate_of_us(qemu: Qemu, authority: Authority) -> None:
    qemu.start(",tls-creds=tls", x509(qemu.place, authority, verify=True))
    problem = reason(qemu, far(authority.certificate.parent))
    assert problem.message_id in ("DisplayRefused", "DisplayEnded")
    assert is_let_in(qemu, far(authority.sign("client")))


@pytest.mark.skipif(not Path(SASLPASSWD).exists(), reason="no saslpasswd2 (sasl2-bin)")
@pytest.mark.parametrize("mechanism", ["plain", "scram-sha-1", "scram-sha-256"])
def test_sasl(qemu: Qemu, authority: Authority, mechanism: str) -> None:
    sasl(qemu.place, mechanism)
    qemu.start(",tls-creds=tls,sasl=on", x509(qemu.place, authority))
    access = far(authority.certificate.parent)
    for kind in (PromptKind.DISPLAY_USER, PromptKind.DISPLAY_PASSWORD):
        access.begin()
        assert reason(qemu, access).message_id == "DisplayPasswordWrong"
        assert [prompt.kind for prompt in access.wanted] == [kind]
        access.tell(kind, "fred")
    access.begin()
    assert reason(qemu, access).message_id == "DisplayPasswordWrong", "fred is no password"
    assert len(access.wanted) == 2
    access.tell(PromptKind.DISPLAY_PASSWORD, "pencil")
    access.begin()
    assert is_let_in(qemu, access)


def test_sasl_that_everybody_could_read_is_refused(qemu: Qemu) -> None:
    sasl(qemu.place, "plain")
    qemu.start(",sasl=on")
    problem = reason(qemu, far())
    assert (problem.message_id, problem.detail) == ("DisplayRefused", ("security: SASL",))


def test_a_certificate_is_shown_once_and_another_one_again(
    qemu: Qemu, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(screens, "open_vnc", lambda _connect, _uuid: way(qemu))
    qemu.start(",tls-creds=tls", x509(qemu.place, authority))
    engine = Engine([HostSpec("test", "Test", "test:///default")])
    engine.start()
    heard = Heard(engine, PATIENCE_S)
    machine = Ref("test", Kind.DOMAIN, UUID)
    heard.until(lambda: machine in heard.records)
    try:
        assert asked_on_the_way(heard, machine).kind is PromptKind.CERTIFICATE
        engine.query(display.open_display, machine).result(PATIENCE_S).close()
        assert heard.host().prompt is None, "it is known by now"
        qemu.stop()
        shutil.rmtree(qemu.place / "pki")
        other = Authority(tmp_path / "other", "somebody else")
        qemu.start(",tls-creds=tls", x509(qemu.place, other))
        prompt = asked_on_the_way(heard, machine)
        assert prompt.kind is PromptKind.CERTIFICATE_CHANGED
        assert prompt.detail[0] != prompt.fingerprint
    finally:
        engine.close()


def way(qemu: Qemu) -> screens.Way:
    """Return the way to it as from another computer."""
    sock = socket.create_connection(("127.0.0.1", qemu.port), PATIENCE_S)
    return screens.Way(sock, "VNC", is_local=False, host="127.0.0.1", is_private=False)


def asked_on_the_way(heard: Heard, machine: Ref) -> Prompt:
    """Return what is asked before the screen is there, once it is, after a yes."""
    opening = heard.engine.query(display.open_display, machine)
    heard.until(lambda: heard.host().prompt)
    prompt = heard.host().prompt
    assert prompt is not None
    heard.engine.query(host.answer, heard.host().ref, prompt.id, "yes", Keep.NO).result(PATIENCE_S)
    channel = opening.result(PATIENCE_S)
    assert seen(channel).standing.state is ChannelState.LIVE
    channel.close()
    return prompt


# What runs in real mode: one asks the BIOS for keys, which has it set the lamps; the other draws
# all colours of a smooth palette over and over.
ASKS_FOR_KEYS = bytes.fromhex("b401 cd16 ebfa")
DRAWS = bytes.fromhex(
    "b81300 cd10 bac803 30c0 ee 42 31c9"  # 320 x 200; colours from the first one on
    "88c8 c0e802 ee 88c4 b03f 28e0 ee 88e0 ee fec1 75ec"  # red and blue up, green down
    "b800a0 8ec0 30db"
    "31ff 89f8 31d2 b94001 f7f1 00d0 00d8 aa 81ff00fa 72ec fec3 ebe6"  # row + column + time
)


def test_lamps_and_the_kind_of_pointer_are_told(qemu: Qemu) -> None:
    qemu.start("", runs=ASKS_FOR_KEYS)
    channel = qemu.open(None, Link.LOCAL)
    news = until(channel, lambda news: news.standing.leds is not None)
    assert news.standing.pointer is PointerMode.RELATIVE
    for lamp, key in ((Leds.CAPS, CAPS_LOCK), (Leds.NUM, NUM_LOCK), (Leds.SCROLL, SCROLL_LOCK)):
        before = news.standing.leds
        assert before is not None
        news = until(channel, pressed(channel, key, before ^ lamp))
    channel.close()


def pressed(channel: FramebufferChannel, key: int, lit: Leds) -> Callable[[News], bool]:
    """Return what holds once these lamps are lit; the key is pressed until then.

    The BIOS takes no key before it has started, and a lock that was let go follows a moment later.
    """
    at = [0.0]

    def holds(news: News) -> bool:
        if news.standing.leds == lit:
            return True
        if time.monotonic() - at[0] > 3:
            channel.send(*chord(key))
            at[0] = time.monotonic()
        return False

    return holds


def test_jpeg_comes_where_it_is_allowed_and_is_nearly_the_picture(
    qemu: Qemu, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[int] = []
    decode = simplejpeg.decode_jpeg

    def count(data: bytes, *arguments: object, **named: object) -> object:
        decoded.append(len(data))
        return decode(data, *arguments, **named)

    monkeypatch.setattr(simplejpeg, "decode_jpeg", count)
    qemu.start(",lossy=on", runs=DRAWS)
    slow = qemu.open(None, Link.SLOW)
    until(slow, lambda _news: len(decoded) > 20)
    qemu.tell("stop")
    exact = qemu.open(None, Link.LOCAL)
    pictures = [until(channel, is_quiet()).surface for channel in (slow, exact)]
    one, other = (surface.pixels.view(np.uint8).astype(int) for surface in pictures if surface)
    apart = np.abs(one - other).reshape(-1, 4)[:, :3]
    assert apart.mean() < 8
    assert np.ptp(other.reshape(-1, 4)[:, 0]) > 100, "there is a picture"
    for channel in (slow, exact):
        channel.close()


def until(channel: FramebufferChannel, holds: Callable[[News], bool]) -> News:
    """Return the first news for which that holds."""
    patience = Patience(PATIENCE_S)
    while not patience.is_over:
        news = channel.take()
        if news.tally.updates and holds(news):
            return news
        time.sleep(0.05)
    raise AssertionError("it never came to that")


def is_quiet() -> Callable[[News], bool]:
    """Return what holds once nothing has come for two seconds."""
    last = [0, time.monotonic()]

    def holds(news: News) -> bool:
        if news.tally.updates != last[0]:
            last[:] = [news.tally.updates, time.monotonic()]
        return time.monotonic() - last[1] > 2

    return holds
