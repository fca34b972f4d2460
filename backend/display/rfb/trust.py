"""Whom to believe that it is the server: certificates in the places where libvirt and QEMU look.

Reads files: not for the engine's loop.
"""

import contextlib
import hashlib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_SYSTEM: Final = ("/etc/pki/libvirt-vnc", "/etc/pki/qemu", "/etc/pki/libvirt", "/etc/pki/CA")
_USERS: Final = ("libvirt-vnc", "libvirt", "CA")
_AUTHORITIES: Final = ("cacert.pem", "ca-cert.pem")
_OURS: Final = (
    ("clientcert.pem", "clientkey.pem"),
    ("clientcert.pem", "private/clientkey.pem"),
    ("client-cert.pem", "client-key.pem"),
)
# Diffie and Hellman without certificates, as GnuTLS has it for QEMU's anonymous credentials.
_ANONYMOUS: Final = "ADH:AECDH:!eNULL:@SECLEVEL=0"


@dataclass(frozen=True, slots=True)
class Trust:
    """Where certificates are looked for: the user's own place first, then the usual ones."""

    folder: Path | None = None

    def anonymous(self) -> ssl.SSLContext:
        """Return how to speak to whom nobody vouches for: unread by others, but by whom is open."""
        context = self._context(ssl.CERT_NONE)
        context.maximum_version = ssl.TLSVersion.TLSv1_2  # the last that can do without
        context.set_ciphers(_ANONYMOUS)
        return context

    def verified(self) -> ssl.SSLContext:
        """Return how to speak to a server that an authority vouches for, by its name."""
        context = self._context(ssl.CERT_REQUIRED)
        context.set_default_verify_paths()
        for file in self._files(_AUTHORITIES):
            with contextlib.suppress(OSError):  # not ours to read, or not a certificate
                context.load_verify_locations(file)
        return context

    def unverified(self) -> ssl.SSLContext:
        """Return how to speak to a server whose certificate is then compared with a known one."""
        return self._context(ssl.CERT_NONE)

    def _context(self, mode: ssl.VerifyMode) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = mode is ssl.CERT_REQUIRED
        context.verify_mode = mode
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.options |= ssl.OP_NO_RENEGOTIATION
        for certificate, key in self._pairs():
            with contextlib.suppress(OSError):
                # A key with a passphrase is none that the server's own viewers could use either.
                context.load_cert_chain(certificate, key, password=lambda: "")
                break
        return context

    def _folders(self) -> Iterator[Path]:
        if self.folder is not None:
            yield self.folder
        with contextlib.suppress(RuntimeError):  # a user without a home
            yield from (Path.home() / ".pki" / name for name in _USERS)
        yield from map(Path, _SYSTEM)

    def _files(self, names: tuple[str, ...]) -> Iterator[Path]:
        for folder in self._folders():
            yield from (folder / name for name in names)

    def _pairs(self) -> Iterator[tuple[Path, Path]]:
        for folder in self._folders():
            yield from ((folder / certificate, folder / key) for certificate, key in _OURS)


def fingerprint_of(certificate: bytes) -> str:
    """Return a certificate's (DER) fingerprint as OpenSSL writes it: "SHA256:AB:CD:..."."""
    return "SHA256:" + hashlib.sha256(certificate).digest().hex(":").upper()
