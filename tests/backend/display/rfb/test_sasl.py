"""SASL: what is told by which mechanism, and how a server that lies is found out."""

import base64
import hashlib
import hmac
import struct

import pytest

from backend.display.rfb.access import Access
from backend.display.rfb.protocol import RfbProtocol
from backend.errors import (
    BackendError,
    DisplayBroken,
    DisplayPasswordWrong,
    DisplayRefused,
)
from backend.model import Prompt, PromptKind

SCREEN = struct.pack(">HH16xI", 4, 4, 2) + b"vm"
USER, PASSWORD = PromptKind.DISPLAY_USER, PromptKind.DISPLAY_PASSWORD


def framed(text: bytes) -> bytes:
    return (len(text) + 1).to_bytes(4) + text + b"\0" if text else bytes(4)


def offered(mechanisms: bytes, access: Access | None = None) -> RfbProtocol:
    """Return a client, where nobody can read, that was offered these."""
    if access is None:
        access = Access("web-01")
        access.tell(USER, "fred")
        access.tell(PASSWORD, "pencil")
    client = RfbProtocol((0,), access)
    client.feed(b"RFB 003.008\n\1\x14")
    client.outgoing.clear()
    client.feed(len(mechanisms).to_bytes(4) + mechanisms)
    return client


def taken(client: RfbProtocol) -> bytes:
    sent = bytes(client.outgoing)
    client.outgoing.clear()
    return sent


def test_plain() -> None:
    client = offered(b"DIGEST-MD5,PLAIN")
    assert taken(client) == b"\0\0\0\5PLAIN" + framed(b"\0fred\0pencil")
    client.feed(framed(b"") + b"\1" + b"\0\0\0\0" + SCREEN)
    assert client.name == "vm"


class Scram:
    """A server that knows the password, or another one."""

    def __init__(self, client: RfbProtocol, password: bytes = b"pencil") -> None:
        sent = taken(client)
        assert sent.startswith(b"\0\0\0\x0dSCRAM-SHA-256")
        self._first = sent[21:-1].removeprefix(b"n,,")
        self._client = client
        self._salt = b"0123456789ab"
        self._salted = hashlib.pbkdf2_hmac("sha256", password, self._salt, 4096)

    def challenge(self, nonce: bytes = b"theirs", rounds: int = 4096) -> None:
        whole = self._first.partition(b",r=")[2] + nonce
        self.told = b"r=%s,s=%s,i=%d" % (whole, base64.b64encode(self._salt), rounds)
        self._client.feed(framed(self.told) + b"\0")

    def judge(self) -> bool:
        """Whether the client has proved to know it."""
        sent = taken(self._client)[4:-1]
        last, _, proof = sent.partition(b",p=")
        self._signed = b",".join((self._first, self.told, last))
        key = hmac.digest(self._salted, b"Client Key", "sha256")
        mask = hmac.digest(hashlib.sha256(key).digest(), self._signed, "sha256")
        wanted = bytes(a ^ b for a, b in zip(key, mask, strict=True))
        return base64.b64decode(proof) == wanted

    def prove(self) -> None:
        key = hmac.digest(self._salted, b"Server Key", "sha256")
        proof = base64.b64encode(hmac.digest(key, self._signed, "sha256"))
        self._client.feed(framed(b"v=" + proof) + b"\1" + b"\0\0\0\0" + SCREEN)


def test_scram_proves_both_sides_and_tells_no_password() -> None:
    client = offered(b"PLAIN,SCRAM-SHA-1,SCRAM-SHA-256")
    server = Scram(client)
    server.challenge()
    assert b"pencil" not in client.outgoing
    assert server.judge()
    server.prove()
    assert client.name == "vm"


def test_a_server_that_does_not_know_the_password_is_unmasked() -> None:
    server = Scram(offered(b"SCRAM-SHA-256"), b"pen")
    server.challenge()
    assert not server.judge()
    with pytest.raises(DisplayBroken, match="does not know the password"):
        server.prove()


def test_a_server_that_hangs_up_on_the_answer_says_that_it_was_wrong() -> None:
    access = Access("web-01")
    access.tell(USER, "fred")
    access.tell(PASSWORD, "pen")
    client = offered(b"PLAIN", access)
    with pytest.raises(DisplayPasswordWrong):
        client.ended()
    assert [prompt.kind for prompt in access.wanted] == [USER, PASSWORD]


@pytest.mark.parametrize(
    "told",
    [b"", b"r=x", b"r={r},s=!,i=1", b"r={r},s=AAAA,i=0", b"r={r},s=AAAA,i=99999999", b"\xff\xfe"],
)
def test_scram_that_makes_no_sense(told: bytes) -> None:
    client = offered(b"SCRAM-SHA-256")
    ours = taken(client)[21:-1].partition(b",r=")[2]
    with pytest.raises(DisplayBroken):
        client.feed(framed(told.replace(b"{r}", ours)) + b"\0")


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (framed(b"") + b"\0", DisplayBroken()),
        (b"\xff\xff\xff\xff", DisplayBroken()),
        (framed(b"") + b"\1" + b"\0\0\0\1" + b"\0\0\0\2no", DisplayPasswordWrong()),
    ],
)
def test_plain_that_comes_to_nothing(said: bytes, error: BackendError) -> None:
    with pytest.raises(type(error)):
        offered(b"PLAIN").feed(said)


def test_mechanisms_that_we_do_not_speak_are_named() -> None:
    with pytest.raises(DisplayRefused) as caught:
        offered(b"GSSAPI,DIGEST-MD5")
    assert caught.value.detail == ("security: SASL (GSSAPI, DIGEST-MD5)",)


def test_what_nobody_told_is_wanted_one_after_the_other() -> None:
    access = Access("web-01")
    for kind, text in ((USER, "fred"), (PASSWORD, "pencil")):
        access.begin()
        with pytest.raises(DisplayPasswordWrong):
            offered(b"PLAIN", access)
        assert access.wanted == (Prompt(0, kind, "web-01"),)
        access.tell(kind, text)
    access.begin()
    offered(b"PLAIN", access)
    assert access.wanted == ()
