"""Each way in, and each way that a server can turn us away."""

import struct

import pytest

from backend.display.rfb.access import Access
from backend.display.rfb.des import answer_challenge
from backend.display.rfb.protocol import RfbProtocol
from backend.errors import BackendError, DisplayBroken, DisplayPasswordWrong, DisplayRefused
from backend.model import PromptKind
from tests.backend.display.rfb.script import greeting
from tests.backend.display.rfb.tls_server import far

CHALLENGE = bytes(range(16))
SCREEN = struct.pack(">HH16xI", 640, 480, 2) + b"vm"


def knowing(password: str) -> Access:
    access = Access("vm")
    if password:
        access.tell(PromptKind.DISPLAY_PASSWORD, password)
    return access


def text(words: bytes) -> bytes:
    return len(words).to_bytes(4) + words


def test_without_a_password() -> None:
    client = RfbProtocol((0,))
    client.feed(greeting(640, 480, b"web-01"))
    assert client.outgoing.startswith(b"RFB 003.008\n\1\1")
    assert client.name == "web-01"
    assert client.surface is not None
    assert (client.surface.width, client.surface.height) == (640, 480)


def test_others_are_not_disturbed_and_all_is_asked_for() -> None:
    client = RfbProtocol((0,))
    client.feed(greeting(640, 480))
    assert client.outgoing[13] == 1  # shared
    assert client.outgoing.endswith(b"\3\0" + struct.pack(">HHHH", 0, 0, 640, 480))


@pytest.mark.parametrize(
    ("version", "agreed"),
    [(b"003", b"003"), (b"005", b"003"), (b"007", b"007"), (b"008", b"008"), (b"889", b"008")],
)
def test_older_and_odd_versions(version: bytes, agreed: bytes) -> None:
    client = RfbProtocol((0,))
    client.feed(b"RFB 003." + version + b"\n")
    assert bytes(client.outgoing) == b"RFB 003." + agreed + b"\n"
    client.feed(b"\0\0\0\1" if agreed == b"003" else b"\1\1")
    client.feed((b"\0\0\0\0" if agreed == b"008" else b"") + SCREEN)
    assert client.name == "vm"


@pytest.mark.parametrize("minor", [b"003", b"008"])
def test_a_password_is_answered(minor: bytes) -> None:
    client = RfbProtocol((0,), knowing("secret"))
    client.feed(b"RFB 003." + minor + b"\n")
    client.feed(b"\0\0\0\2" if minor == b"003" else b"\2\x13\2")
    client.feed(CHALLENGE)
    assert client.outgoing.endswith(answer_challenge("secret", CHALLENGE))
    client.feed(b"\0\0\0\0" + SCREEN)
    assert client.name == "vm"


@pytest.mark.parametrize(
    ("password", "said", "error"),
    [
        ("", b"\1\2", DisplayPasswordWrong()),
        ("x", b"\1\2" + CHALLENGE + b"\0\0\0\1" + text(b"no"), DisplayPasswordWrong()),
        ("", b"\2\x05\x1e", DisplayRefused(detail=("security: RA2, Apple",))),
        ("", b"\0" + text(b"Too many\n  viewers"), DisplayRefused(detail=("Too many viewers",))),
        ("", b"\1\1\0\0\0\1" + text(b"go away"), DisplayRefused(detail=("go away",))),
        ("", b"\0\xff\xff\xff\xff", DisplayBroken(detail=("a text of 4294967295 bytes",))),
        ("", b"\1\1\0\0\0\0" + b"\xff" * 24, DisplayBroken(detail=("a text of 4294967295 bytes",))),
        (
            "",
            b"\1\1\0\0\0\0" + struct.pack(">HH16xI", 65535, 65535, 0),
            DisplayBroken(detail=("a screen of 65535 x 65535 pixels",)),
        ),
    ],
)
def test_a_way_that_is_barred(password: str, said: bytes, error: BackendError) -> None:
    client = RfbProtocol((0,), knowing(password))
    with pytest.raises(type(error)) as caught:
        client.feed(b"RFB 003.008\n" + said)
    assert caught.value.problem == error.problem


@pytest.mark.parametrize("said", [b"HTTP/1.1 400 Bad", b"RFB 004.000\n", b"RFB 003.xyz\n"])
def test_what_is_no_rfb(said: bytes) -> None:
    with pytest.raises(DisplayBroken):
        RfbProtocol((0,)).feed(said)


# VeNCrypt


def feed_slowly(client: RfbProtocol, said: bytes) -> None:
    for at in range(len(said)):
        client.feed(said[at : at + 1])


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (b"\0\1", "VeNCrypt 0.1"),
        (b"\0\2\1", "security: VeNCrypt, of another version"),
        (b"\0\2\0\0", "security: VeNCrypt ()"),
        (b"\0\2\0\2" + struct.pack(">II", 256, 999), "security: VeNCrypt (Plain, 999)"),
        (b"\0\2\0\1" + struct.pack(">I", 260) + b"\0", "security: X509None"),
        (b"\0\2\0\1" + struct.pack(">I", 260) + b"\1" + b"\0" * 64, "TLS: "),
        (b"\0\2\0\1" + struct.pack(">I", 260) + b"\1" + b"\x15\3\3\0\2\2\x28", "TLS: "),
    ],
)
def test_what_vencrypt_comes_to_nothing_by(said: bytes, words: str) -> None:
    client = RfbProtocol((0,), far())
    client.feed(b"RFB 003.008\n\1\x13")
    with pytest.raises(DisplayRefused) as caught:
        feed_slowly(client, said)
    assert caught.value.detail[0].startswith(words)


def test_tls_is_preferred_far_away_and_left_out_where_nobody_can_read() -> None:
    for access, kind in ((far(), 19), (Access("web-01"), 1)):
        client = RfbProtocol((0,), access)
        client.feed(b"RFB 003.008\n\3\1\2\x13")
        assert client.outgoing[-1] == kind


def test_a_name_is_not_told_to_whom_everybody_can_read() -> None:
    with pytest.raises(DisplayRefused, match="SASL"):
        RfbProtocol((0,), far()).feed(b"RFB 003.008\n\1\x14")
