"""Fingerprints of keys: written so that people can compare them, and compared for them. Pure."""

import re
from typing import Final

_GROUP: Final = 4
_TYPES: Final = re.compile(r"\b(ED25519|ECDSA|RSA|DSA)\b")
_CERTIFICATES: Final = re.compile(r"(?:SHA256:)?(?:[0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2}")
_PRINT: Final = re.compile(
    r"\b(SHA256:[A-Za-z0-9+/]{43}=*"
    r"|(?:SHA256:)?(?:[0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2}"
    r"|(?:MD5:)?(?:[0-9a-f]{2}:){15}[0-9a-f]{2})"
)


def grouped(fingerprint: str) -> str:
    """Return a fingerprint in groups of four: "SHA256: abcd efgh ..."."""
    method, colon, letters = fingerprint.partition(":")
    if not colon or ":" in letters:
        return fingerprint  # MD5 has colons enough
    groups = [letters[i : i + _GROUP] for i in range(0, len(letters), _GROUP)]
    return " ".join((f"{method}:", *groups))


def halved(text: str) -> str:
    """Return a long text in two lines, cut between two of its parts: bytes, or words."""
    at = len(text) // 2
    cuts = [place + 1 for place, sign in enumerate(text) if sign in ": "]
    best = min(cuts, key=lambda cut: abs(cut - at), default=at)
    return f"{text[:best]}\n{text[best:]}"


def key_type(lines: tuple[str, ...]) -> str:
    """Return the type of key that ssh speaks of, in small letters; ed25519 if it names none."""
    found = (_TYPES.search(line) for line in lines)
    return next((match[1].lower() for match in found if match), "ed25519")


def command(lines: tuple[str, ...]) -> str:
    """Return what tells the fingerprint on the server itself."""
    return f"ssh-keygen -lf /etc/ssh/ssh_host_{key_type(lines)}_key.pub"


def certificate_command() -> str:
    """Return what tells the fingerprint of the display's certificate on the server itself."""
    return "openssl x509 -noout -fingerprint -sha256 -in /etc/pki/libvirt-vnc/server-cert.pem"


def told_in(text: str) -> str:
    """Return the fingerprint in what was pasted (of ssh-keygen -l, of openssl x509); "" if none."""
    found = _PRINT.search(text) or _PRINT.search("".join(text.split()))
    return found[1] if found else ""


def is_same(one: str, other: str) -> bool:
    """Whether two fingerprints are of the same key, however they are written."""
    return bool(one) and _bare(one) == _bare(other)


def _bare(fingerprint: str) -> str:
    bare = "".join(fingerprint.split()).removeprefix("MD5:").rstrip("=")
    if _CERTIFICATES.fullmatch(bare):
        return bare.removeprefix("SHA256:").upper()
    return bare
