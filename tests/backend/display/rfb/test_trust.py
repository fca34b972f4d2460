"""The places where certificates are looked for, and what is made of what lies there."""

import ssl
import struct
import subprocess
from pathlib import Path

import pytest

from backend.display.rfb.trust import Trust, fingerprint_of
from tests.backend.display.rfb.tls_server import TlsServer, far, server_context, until_tls
from tests.live.certificates import Authority

SCREEN = struct.pack(">HH16xI", 4, 4, 2) + b"vm"


def test_without_certificates() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("AECDH:@SECLEVEL=0")
    client = until_tls(far(), 257)
    server = TlsServer(client, context)
    server.shake_hands()
    server.say(b"\0\0\0\0" + SCREEN)
    assert client.name == "vm"


def test_a_server_that_only_lets_known_clients_in(authority: Authority) -> None:
    context = server_context(authority.sign("server"))
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(authority.certificate)
    folder = authority.sign("server").parent / "both"
    for kind in ("server", "client"):
        authority.sign(kind, into=folder)
    client = until_tls(far(folder), 260)
    server = TlsServer(client, context)
    server.shake_hands()
    server.say(b"\0\0\0\0" + SCREEN)
    assert client.name == "vm"


def test_the_users_own_authorities_are_believed(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / ".pki" / "libvirt-vnc"
    folder.mkdir(parents=True)
    (folder / "cacert.pem").write_bytes(authority.certificate.read_bytes())
    client = until_tls(far(), 260)
    server = TlsServer(client, server_context(authority.sign("server")))
    server.shake_hands()
    server.say(b"\0\0\0\0" + SCREEN)
    assert client.name == "vm"


def test_what_is_no_certificate_is_passed_over(tmp_path: Path) -> None:
    for name in ("cacert.pem", "clientcert.pem", "clientkey.pem"):
        (tmp_path / name).write_text("hello")
    (tmp_path / "ca-cert.pem").mkdir()
    assert Trust(tmp_path).verified().verify_mode is ssl.CERT_REQUIRED
    assert Trust(tmp_path).unverified().verify_mode is ssl.CERT_NONE


def test_the_fingerprint_is_what_openssl_tells(authority: Authority) -> None:
    told = subprocess.run(
        ["openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in", authority.certificate],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    shown = fingerprint_of(ssl.PEM_cert_to_DER_cert(authority.certificate.read_text()))
    assert shown == f"SHA256:{told.strip().partition('=')[2]}"
