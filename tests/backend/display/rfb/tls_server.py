"""The server's side of TLS in memory, for a client that is fed by hand."""

import contextlib
import ssl
from pathlib import Path

from backend.display.rfb.access import Access
from backend.display.rfb.protocol import RfbProtocol
from backend.display.rfb.trust import Trust
from backend.model import PromptKind


def server_context(certificates: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / "servercert.pem", certificates / "serverkey.pem")
    return context


def far(trust: Path | None = None, host: str = "127.0.0.1") -> Access:
    access = Access("web-01", host, is_private=False, trust=Trust(trust))
    access.tell(PromptKind.DISPLAY_USER, "fred")
    access.tell(PromptKind.DISPLAY_PASSWORD, "pencil")
    return access


def until_tls(access: Access, kind: int) -> RfbProtocol:
    """Return a client that has agreed on this kind of VeNCrypt and begins TLS."""
    client = RfbProtocol((0,), access)
    client.feed(b"RFB 003.008\n\1\x13" + b"\0\2" + b"\0\1" + kind.to_bytes(4))
    assert client.outgoing == b"RFB 003.008\n\x13\0\2" + kind.to_bytes(4)
    client.outgoing.clear()
    client.feed(b"\1")
    return client


class TlsServer:
    """Speaks TLS with a client that was told to begin."""

    def __init__(self, client: RfbProtocol, context: ssl.SSLContext) -> None:
        self._client = client
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._session = context.wrap_bio(self._incoming, self._outgoing, server_side=True)

    def shake_hands(self) -> None:
        """Get as far as both sides being there; raises what the client raises."""
        for _ in range(4):
            self._take()
            with contextlib.suppress(ssl.SSLWantReadError):
                self._session.do_handshake()
            self._give(1000)

    def say(self, data: bytes, piece: int = 1 << 20, *, changes: bool = False) -> None:
        """Have the client receive it, so many bytes of what goes over the wire at a time.

        `changes`: somebody on the way changes a byte of it.
        """
        self._session.write(data)
        self._give(piece, changes=changes)

    def close(self) -> None:
        """Say, under TLS, that this was all."""
        with contextlib.suppress(ssl.SSLWantReadError):
            self._session.unwrap()
        self._give(1 << 20)

    def heard(self) -> bytes:
        """Return what the client has said since the last time."""
        self._take()
        found = b""
        while True:
            try:
                found += self._session.read(1 << 16)
            except ssl.SSLWantReadError:
                return found

    def _take(self) -> None:
        sent = self._client.outgoing
        self._incoming.write(bytes(sent))
        sent.clear()

    def _give(self, piece: int, *, changes: bool = False) -> None:
        data = bytearray(self._outgoing.read())
        if changes:
            data[-1] ^= 1
        for at in range(0, len(data), piece):
            self._client.feed(bytes(data[at : at + piece]))
