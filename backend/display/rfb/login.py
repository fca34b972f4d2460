"""The beginning of a connection: version, security, and what the screen is (RFC 6143, 7.1, 7.3)."""

from collections.abc import Generator
from dataclasses import dataclass

from backend.display.rfb.des import answer_challenge
from backend.display.rfb.inbox import Inbox, Steps, skip, wait
from backend.errors import DisplayBroken, DisplayPasswordWrong, DisplayRefused

_NONE, _VNC = 1, 2
_SHARED = b"\1"
_TEXT_MOST = 4096
_NAMES = {5: "RA2", 16: "Tight", 18: "TLS", 19: "VeNCrypt", 20: "SASL", 30: "Apple"}


@dataclass(frozen=True, slots=True)
class Greeting:
    """What a server says of its screen, in pixels, before the first picture."""

    width: int
    height: int
    name: str


def log_in(inbox: Inbox, outgoing: bytearray, password: str) -> Generator[int, None, Greeting]:
    """Get as far as the server's greeting; others who look on are left alone.

    Raises DisplayRefused, DisplayPasswordWrong or DisplayBroken.
    """
    minor = yield from _agree_on_version(inbox, outgoing)
    kind = yield from _choose_security(inbox, outgoing, minor, has_password=bool(password))
    if kind == _VNC:
        yield from wait(inbox, 16)
        outgoing += answer_challenge(password, inbox.take(16))
    if kind == _VNC or minor >= 8:
        yield from _read_verdict(inbox, minor, kind)
    outgoing += _SHARED
    yield from wait(inbox, 20)
    head = inbox.take(20)
    name = yield from _read_text(inbox)
    return Greeting(int.from_bytes(head[:2]), int.from_bytes(head[2:4]), name)


def _agree_on_version(inbox: Inbox, outgoing: bytearray) -> Generator[int, None, int]:
    yield from wait(inbox, 12)
    told = inbox.take(12)
    is_rfb = told.startswith(b"RFB 003.") and told.endswith(b"\n") and told[8:11].isdigit()
    if not is_rfb:
        raise DisplayBroken(detail=(f"no RFB: {told!r}",))
    minor = int(told[8:11])
    # Odd ones (Apple's 889, the 5 of some) are what RFC 6143, 7.1.1 has them be.
    agreed = 8 if minor >= 8 else 7 if minor == 7 else 3
    outgoing += b"RFB 003.%03d\n" % agreed
    return agreed


def _choose_security(
    inbox: Inbox, outgoing: bytearray, minor: int, *, has_password: bool
) -> Generator[int, None, int]:
    offered: tuple[int, ...]
    if minor == 3:
        yield from wait(inbox, 4)
        offered = (int.from_bytes(inbox.take(4)),)
        if offered == (0,):
            yield from _read_refusal(inbox)
    else:
        yield from wait(inbox, 1)
        count = inbox.take(1)[0]
        if count == 0:
            yield from _read_refusal(inbox)
        yield from wait(inbox, count)
        offered = tuple(inbox.take(count))
    if _NONE in offered:
        kind = _NONE
    elif _VNC in offered:
        if not has_password:
            raise DisplayPasswordWrong
        kind = _VNC
    else:
        names = ", ".join(_NAMES.get(one, str(one)) for one in offered)
        raise DisplayRefused(detail=(f"security: {names}",))
    if minor != 3:
        outgoing.append(kind)
    return kind


def _read_verdict(inbox: Inbox, minor: int, kind: int) -> Steps:
    yield from wait(inbox, 4)
    if int.from_bytes(inbox.take(4)) == 0:
        return
    if kind == _VNC:
        raise DisplayPasswordWrong
    if minor >= 8:
        yield from _read_refusal(inbox)
    raise DisplayRefused


def _read_refusal(inbox: Inbox) -> Steps:
    reason = yield from _read_text(inbox)
    raise DisplayRefused(detail=(reason,))


def _read_text(inbox: Inbox) -> Generator[int, None, str]:
    yield from wait(inbox, 4)
    length = int.from_bytes(inbox.take(4))
    if length > _TEXT_MOST:
        raise DisplayBroken(detail=(f"a text of {length} bytes",))
    yield from wait(inbox, length)
    text = inbox.take(length).decode("utf-8", "replace")
    return " ".join(text.split())


def skip_text(inbox: Inbox, most: int) -> Steps:
    """Pass over a text that nobody wants. Raises DisplayBroken for more than `most` bytes."""
    yield from wait(inbox, 4)
    # A negative length is that of the extended clipboard, which was not asked for.
    length = abs(int.from_bytes(inbox.take(4), signed=True))
    if length > most:
        raise DisplayBroken(detail=(f"a text of {length} bytes",))
    yield from skip(inbox, length)
