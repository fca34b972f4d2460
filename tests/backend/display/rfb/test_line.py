"""TLS under RFB: bytes arrive however they are cut, much of them at once, and nothing before it."""

import struct

import pytest

from backend.display.rfb.des import answer_challenge
from backend.display.rfb.protocol import RfbProtocol
from backend.errors import DisplayBroken, DisplayEnded, DisplayPasswordWrong, DisplayRefused
from tests.backend.display.rfb.script import update
from tests.backend.display.rfb.tls_server import TlsServer, far, server_context, until_tls
from tests.live.certificates import Authority

CHALLENGE = bytes(range(16))
SCREEN = struct.pack(">HH16xI", 4, 4, 2) + b"vm"
WHOLE = update((0, 0, 4, 4, 0, b"\1\2\3\0" * 16))


@pytest.mark.parametrize("piece", [1, 7, 1 << 20])
def test_a_server_that_an_authority_vouches_for(authority: Authority, piece: int) -> None:
    certificates = authority.sign("server")
    client = until_tls(far(certificates), 261)
    server = TlsServer(client, server_context(certificates))
    server.shake_hands()
    server.say(CHALLENGE, piece)
    assert server.heard() == answer_challenge("pencil", CHALLENGE)
    server.say(b"\0\0\0\0" + SCREEN, piece)
    assert server.heard().endswith(b"\3\0" + struct.pack(">HHHH", 0, 0, 4, 4))
    server.say(WHOLE * 3, piece)
    assert client.updates == 3
    assert client.surface is not None
    assert (client.surface.pixels == 0x030201).all()
    client.ask()
    assert server.heard().startswith(b"\3\1")


def test_much_comes_through_tls_at_once(authority: Authority) -> None:
    certificates = authority.sign("server")
    client = until_tls(far(certificates), 260)
    server = TlsServer(client, server_context(certificates))
    server.shake_hands()
    server.say(b"\0\0\0\0" + struct.pack(">HH16xI", 1000, 1000, 0))
    server.say(update((0, 0, 1000, 1000, 0, b"\7" * 4_000_000)))
    assert client.updates == 1
    assert client.surface is not None
    assert (client.surface.pixels == 0x07070707).all()


def test_what_is_said_before_tls_is_not_taken_for_said_under_it() -> None:
    client = RfbProtocol((0,), far())
    client.feed(b"RFB 003.008\n\1\x13" + b"\0\2" + b"\0\1" + (260).to_bytes(4))
    with pytest.raises(DisplayBroken, match="in the middle"):
        client.feed(b"\1\0\0\0\0" + SCREEN)


def test_an_end_is_an_end_wherever_else_it_comes() -> None:
    for said in (b"", b"RFB 003.008\n", b"RFB 003.008\n\1\x13\0\2"):
        client = RfbProtocol((0,), far())
        client.feed(said)
        with pytest.raises(DisplayEnded):
            client.ended()


def test_what_was_changed_on_the_way_is_the_end(authority: Authority) -> None:
    certificates = authority.sign("server")
    client = until_tls(far(certificates), 260)
    server = TlsServer(client, server_context(certificates))
    server.shake_hands()
    server.say(b"\0\0\0\0" + SCREEN)
    with pytest.raises(DisplayRefused, match="TLS"):
        server.say(WHOLE, changes=True)


def test_tls_that_is_closed_on_a_password_says_that_it_was_wrong(authority: Authority) -> None:
    certificates = authority.sign("server")
    client = until_tls(far(certificates), 263)
    server = TlsServer(client, server_context(certificates))
    server.shake_hands()
    server.say(b"\0\0\0\5PLAIN")
    assert b"pencil" in server.heard()
    with pytest.raises(DisplayPasswordWrong):
        server.close()


def test_tls_that_is_closed_is_an_end(authority: Authority) -> None:
    certificates = authority.sign("server")
    client = until_tls(far(certificates), 260)
    server = TlsServer(client, server_context(certificates))
    server.shake_hands()
    server.say(b"\0\0\0\0" + SCREEN)
    with pytest.raises(DisplayEnded):
        server.close()
