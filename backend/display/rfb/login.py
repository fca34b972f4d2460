"""The beginning of a connection: version, security, and what the screen is (RFC 6143, 7.1, 7.3)."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Final

from backend.display.rfb import sasl
from backend.display.rfb.access import Access
from backend.display.rfb.des import answer_challenge
from backend.display.rfb.inbox import Steps, wait
from backend.display.rfb.line import Line
from backend.display.rfb.texts import read_text
from backend.errors import DisplayBroken, DisplayRefused
from backend.model import PromptKind

_NONE, _VNC, _VENCRYPT, _SASL, _PLAIN = 1, 2, 19, 20, 256
_NAMES: Final = {5: "RA2", 16: "Tight", 18: "TLS", 19: "VeNCrypt", 20: "SASL", 30: "Apple"}
_SHARED = b"\1"
# What VeNCrypt offers, the best first: whether a certificate comes with it, and what follows.
_SEALED: Final[dict[int, tuple[bool, int]]] = {
    263: (True, _SASL), 262: (True, _PLAIN), 261: (True, _VNC), 260: (True, _NONE),
    264: (False, _SASL), 258: (False, _VNC), 257: (False, _NONE),
}  # fmt: skip
_SEALED_NAMES: Final = {
    256: "Plain", 257: "TLSNone", 258: "TLSVnc", 259: "TLSPlain", 260: "X509None", 261: "X509Vnc",
    262: "X509Plain", 263: "X509SASL", 264: "TLSSASL",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Greeting:
    """What a server says of its screen, in pixels, before the first picture."""

    width: int
    height: int
    name: str


def log_in(line: Line, access: Access) -> Generator[int, None, Greeting]:
    """Get as far as the server's greeting; others who look on are left alone.

    Raises DisplayRefused, DisplayPasswordWrong, DisplayCertificateUnknown or DisplayBroken.
    """
    minor = yield from _agree_on_version(line)
    kind = yield from _choose_security(line, access, minor)
    yield from _PROOFS[kind](line, access)
    if kind != _NONE or minor >= 8:
        yield from _read_verdict(line, access, has_reason=minor >= 8)
    line.said += _SHARED
    yield from wait(line.inbox, 20)
    head = line.inbox.take(20)
    name = yield from read_text(line.inbox)
    return Greeting(int.from_bytes(head[:2]), int.from_bytes(head[2:4]), name)


def _agree_on_version(line: Line) -> Generator[int, None, int]:
    yield from wait(line.inbox, 12)
    told = line.inbox.take(12)
    is_rfb = told.startswith(b"RFB 003.") and told.endswith(b"\n") and told[8:11].isdigit()
    if not is_rfb:
        raise DisplayBroken(detail=(f"no RFB: {told!r}",))
    minor = int(told[8:11])
    # Odd ones (Apple's 889, the 5 of some) are what RFC 6143, 7.1.1 has them be.
    agreed = 8 if minor >= 8 else 7 if minor == 7 else 3
    line.said += b"RFB 003.%03d\n" % agreed
    return agreed


def _choose_security(line: Line, access: Access, minor: int) -> Generator[int, None, int]:
    inbox = line.inbox
    offered: tuple[int, ...]
    if minor == 3:
        yield from wait(inbox, 4)
        offered = (int.from_bytes(inbox.take(4)),)
        if offered == (0,):
            yield from _read_refusal(line)
    else:
        yield from wait(inbox, 1)
        count = inbox.take(1)[0]
        if count == 0:
            yield from _read_refusal(line)
        yield from wait(inbox, count)
        offered = tuple(inbox.take(count))
    # What nobody on the way can read needs no TLS on top of it.
    wished = (_NONE, _VNC, _SASL, _VENCRYPT) if access.is_private else (_VENCRYPT, _NONE, _VNC)
    kind = next((one for one in wished if one in offered), None)
    if kind is None:
        names = ", ".join(_NAMES.get(one, str(one)) for one in offered)
        raise DisplayRefused(detail=(f"security: {names}",))
    if minor != 3:
        line.said.append(kind)
    return kind


def _prove_nothing(_line: Line, _access: Access) -> Steps:
    yield from ()


def _prove_by_challenge(line: Line, access: Access) -> Steps:
    password = access.get(PromptKind.DISPLAY_PASSWORD)
    yield from wait(line.inbox, 16)
    line.said += answer_challenge(password, line.inbox.take(16))


def _prove_by_name(line: Line, access: Access) -> Steps:
    yield from ()
    parts = (PromptKind.DISPLAY_USER, PromptKind.DISPLAY_PASSWORD)
    texts = [access.get(part).encode() for part in parts]
    line.said += b"".join(len(text).to_bytes(4) for text in texts) + b"".join(texts)


def _prove_under_tls(line: Line, access: Access) -> Steps:
    """VeNCrypt 0.2: agree on a kind, put the line under TLS, and go on as that kind has it."""
    inbox = line.inbox
    yield from wait(inbox, 2)
    version = inbox.take(2)
    if version < b"\0\2":
        raise DisplayRefused(detail=(f"VeNCrypt {version[0]}.{version[1]}",))
    line.said += b"\0\2"
    yield from wait(inbox, 1)
    if inbox.take(1) != b"\0":
        raise DisplayRefused(detail=("security: VeNCrypt, of another version",))
    yield from wait(inbox, 1)
    count = inbox.take(1)[0]
    yield from wait(inbox, count * 4)
    offered = [int.from_bytes(inbox.take(4)) for _ in range(count)]
    kind = next((one for one in _SEALED if one in offered), None)
    if kind is None:
        names = ", ".join(_SEALED_NAMES.get(one, str(one)) for one in offered)
        raise DisplayRefused(detail=(f"security: VeNCrypt ({names})",))
    line.said += kind.to_bytes(4)
    yield from wait(inbox, 1)
    if inbox.take(1) != b"\1":
        raise DisplayRefused(detail=(f"security: {_SEALED_NAMES[kind]}",))
    has_certificate, proof = _SEALED[kind]
    yield from access.seal(line, is_anonymous=not has_certificate)
    yield from _PROOFS[proof](line, access)


_PROOFS: Final[dict[int, Callable[[Line, Access], Steps]]] = {
    _NONE: _prove_nothing,
    _VNC: _prove_by_challenge,
    _PLAIN: _prove_by_name,
    _SASL: sasl.prove,
    _VENCRYPT: _prove_under_tls,
}


def _read_verdict(line: Line, access: Access, *, has_reason: bool) -> Steps:
    yield from wait(line.inbox, 4)
    if int.from_bytes(line.inbox.take(4)) == 0:
        return
    if access.was_told:
        raise access.refused()
    if has_reason:
        yield from _read_refusal(line)
    raise DisplayRefused


def _read_refusal(line: Line) -> Steps:
    reason = yield from read_text(line.inbox)
    raise DisplayRefused(detail=(reason,))
