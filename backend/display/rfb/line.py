"""Both directions of one connection: in the clear, and under TLS once both sides have agreed on it.

Without a socket: what came in is put where `room` says, what is to go out stands in `outgoing`.
"""

import ssl
from collections.abc import Iterator

from backend.display.rfb.inbox import Inbox, Steps
from backend.errors import DisplayBroken, DisplayEnded, DisplayRefused

_SEALED_AT_ONCE = 1 << 16


class Line:
    """What was said is read from `inbox`; what we say is written to `said`."""

    def __init__(self) -> None:
        self.inbox = Inbox()
        self.said = bytearray()
        self._tls: _Tls | None = None

    @property
    def is_sealed(self) -> bool:
        """Whether what is said is under TLS by now."""
        return self._tls is not None and self._tls.is_up

    @property
    def outgoing(self) -> bytearray:
        """What is to be sent, as it goes over the wire; whoever sends it takes it out."""
        return self._tls.seal(self.said) if self._tls else self.said

    @property
    def is_pouring(self) -> bool:
        """Whether what is received next goes to its place at once, all of which it fills."""
        return self._tls is None and self.inbox.is_pouring

    def room(self) -> memoryview:
        """Return where the next bytes may be received."""
        return self._tls.room() if self._tls else self.inbox.room()

    def received(self, count: int) -> Iterator[None]:
        """So many bytes were received; whoever iterates reads whenever there is more to be read.

        Raises DisplayRefused or DisplayBroken where TLS fails, DisplayEnded where it is closed.
        """
        if self._tls:
            yield from self._tls.open(count, self.inbox)
        else:
            self.inbox.received(count)
            yield

    def seal(self, context: ssl.SSLContext, host: str) -> Steps:
        """Go on under TLS with `host`, as soon as both sides are there.

        Raises ssl.SSLCertVerificationError, of all errors of TLS.
        """
        if self.inbox.ready:
            # Who stands between us and the server may have said it: it would pass for the server's.
            raise DisplayBroken(detail=("TLS begins in the middle of something",))
        self._tls = _Tls(context, host)
        while not self._tls.is_up:
            yield 0
            if self._tls.fault is not None:
                raise self._tls.fault

    @property
    def certificate(self) -> bytes:
        """The certificate of the other side (DER); empty where it showed none."""
        return self._tls.certificate if self._tls else b""


class _Tls:
    """One TLS connection of OpenSSL's, between two blocks of memory."""

    def __init__(self, context: ssl.SSLContext, host: str) -> None:
        self.is_up = False
        self.fault: Exception | None = None
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._session = context.wrap_bio(
            self._incoming, self._outgoing, server_hostname=host or None
        )
        self._block = memoryview(bytearray(_SEALED_AT_ONCE))
        self._sealed = bytearray()
        self._shake_hands()

    @property
    def certificate(self) -> bytes:
        return self._session.getpeercert(binary_form=True) or b""

    def room(self) -> memoryview:
        return self._block

    def seal(self, said: bytearray) -> bytearray:
        if self.is_up and said:
            self._session.write(said)
            said.clear()
        if self._outgoing.pending:
            self._sealed += self._outgoing.read()
        return self._sealed

    def open(self, count: int, inbox: Inbox) -> Iterator[None]:
        self._incoming.write(self._block[:count])
        if not self.is_up:
            self._shake_hands()
            if not self.is_up and self.fault is None:
                return
            yield
        while self._read_into(inbox):
            yield

    def _read_into(self, inbox: Inbox) -> bool:
        room = inbox.room()
        try:
            # Into a buffer it returns how much that was; its stub knows of no buffer.
            count = int(self._session.read(len(room), room))
        except ssl.SSLWantReadError:
            return False
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError) as error:
            raise DisplayEnded from error
        except ssl.SSLError as error:
            raise DisplayRefused(detail=(f"TLS: {_words(error)}",)) from error
        if count == 0:  # the other side said that this was all
            raise DisplayEnded
        inbox.received(count)
        return True

    def _shake_hands(self) -> None:
        try:
            self._session.do_handshake()
            self.is_up = True
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLCertVerificationError as error:
            self.fault = error
        except ssl.SSLError as error:
            self.fault = DisplayRefused(detail=(f"TLS: {_words(error)}",))


def _words(error: ssl.SSLError) -> str:
    return (error.reason or "an error of no name").replace("_", " ").lower()
