"""SASL as QEMU has it for VNC (rfbproto, security type 20): SCRAM, and PLAIN where nobody can read.

No mechanism that brings encryption of its own: that is what TLS is for.
"""

import base64
import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Generator
from typing import Final

from backend.display.rfb.access import Access
from backend.display.rfb.inbox import Steps, wait
from backend.display.rfb.line import Line
from backend.display.rfb.texts import read_bytes
from backend.errors import DisplayBroken, DisplayEnded, DisplayRefused
from backend.model import PromptKind

_SCRAM: Final = {"SCRAM-SHA-512": "sha512", "SCRAM-SHA-256": "sha256", "SCRAM-SHA-1": "sha1"}
_PLAIN: Final = "PLAIN"
# A server must not have us count for minutes. RFC 7677 proposes 4096, careful ones take 600,000.
_ROUNDS_MOST: Final = 2_000_000
_Talk = Generator[bytes, bytes, None]
"""What the client says of itself, in turn with what the server said."""


def prove(line: Line, access: Access) -> Steps:
    """Say who one is by the best mechanism that is offered, as far as the server's verdict.

    Raises DisplayRefused where none will do, DisplayPasswordWrong where it hangs up on what it was
    told (QEMU does).
    """
    offered = (yield from read_bytes(line.inbox)).decode("ascii", "replace").split(",")
    may_be_plain = access.is_private or line.is_sealed
    mechanism = next((one for one in _SCRAM if one in offered), None)
    if mechanism is None and may_be_plain and _PLAIN in offered:
        mechanism = _PLAIN
    if mechanism is None:
        raise DisplayRefused(detail=(f"security: SASL ({', '.join(offered)})",))
    user = access.get(PromptKind.DISPLAY_USER)
    password = access.get(PromptKind.DISPLAY_PASSWORD)
    method = _SCRAM.get(mechanism)
    talk = _scram(user, password, method) if method else _plain(user, password)
    try:
        yield from _talk(line, mechanism, talk)
    except DisplayEnded as error:
        raise access.refused() from error


def _talk(line: Line, mechanism: str, talk: _Talk) -> Steps:
    name = mechanism.encode()
    line.said += len(name).to_bytes(4) + name + _framed(next(talk))
    is_complete = False
    while not is_complete:
        told = (yield from read_bytes(line.inbox)).removesuffix(b"\0")
        yield from wait(line.inbox, 1)
        is_complete = line.inbox.take(1) != b"\0"
        try:
            more = talk.send(told)
        except StopIteration:
            if not is_complete:
                raise DisplayBroken(detail=("SASL without an end",)) from None
            return
        if is_complete:
            raise DisplayBroken(detail=("SASL ends without a proof",))
        line.said += _framed(more)


def _framed(data: bytes) -> bytes:
    """Return it with its length, and the zero that QEMU wants at the end of what is not nothing."""
    return (len(data) + 1).to_bytes(4) + data + b"\0" if data else bytes(4)


def _plain(user: str, password: str) -> _Talk:
    yield b"\0" + user.encode() + b"\0" + password.encode()


def _scram(user: str, password: str, method: str) -> _Talk:
    """RFC 5802, without channel binding. DisplayBroken for a server that does not know it all."""
    name = user.replace("=", "=3D").replace(",", "=2C").encode()
    nonce = secrets.token_urlsafe(24).encode()
    first = b"n=" + name + b",r=" + nonce
    told = yield b"n,," + first
    said = _fields(told)
    rounds, salt = _number(said, "i"), _unpacked(said.get("s", ""))
    whole = said.get("r", "").encode()
    if not whole.startswith(nonce) or not 0 < rounds <= _ROUNDS_MOST:
        raise DisplayBroken(detail=("SCRAM: what the server said first makes no sense",))
    prepared = unicodedata.normalize("NFKC", password).encode()
    salted = hashlib.pbkdf2_hmac(method, prepared, salt, rounds)
    last = b"c=biws,r=" + whole
    signed = b",".join((first, told, last))
    proof = _mac(salted, b"Client Key", method)
    mask = _mac(hashlib.new(method, proof).digest(), signed, method)
    blended = bytes(a ^ b for a, b in zip(proof, mask, strict=True))
    told = yield last + b",p=" + base64.b64encode(blended)
    wanted = _mac(_mac(salted, b"Server Key", method), signed, method)
    if not hmac.compare_digest(_fields(told).get("v", ""), base64.b64encode(wanted).decode()):
        raise DisplayBroken(detail=("SCRAM: the server does not know the password",))


def _mac(key: bytes, data: bytes, method: str) -> bytes:
    return hmac.digest(key, data, method)


def _fields(told: bytes) -> dict[str, str]:
    parts = told.decode("ascii", "replace").split(",")
    return {name: value for name, _, value in (part.partition("=") for part in parts)}


def _number(fields: dict[str, str], name: str) -> int:
    text = fields.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _unpacked(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise DisplayBroken(detail=(f"SCRAM: {error}",)) from error
