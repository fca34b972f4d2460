"""Whom a client believes, and what it wants to be told."""

import ssl
import struct
from pathlib import Path

import pytest

from backend.display.rfb.access import Access
from backend.display.rfb.trust import fingerprint_of
from backend.errors import DisplayCertificateUnknown, DisplayPasswordWrong
from backend.model import Prompt, PromptKind
from tests.backend.display.rfb.tls_server import TlsServer, far, server_context, until_tls
from tests.live.certificates import Authority

SCREEN = struct.pack(">HH16xI", 4, 4, 2) + b"vm"


def test_whom_nobody_vouches_for_is_looked_at_and_then_known(
    authority: Authority, tmp_path: Path
) -> None:
    others = Authority(tmp_path / "others", "somebody else").sign("server")
    access = far(authority.sign("server"))
    with pytest.raises(DisplayCertificateUnknown):
        TlsServer(until_tls(access, 260), server_context(others)).shake_hands()
    (prompt,) = access.wanted
    assert (prompt.kind, prompt.subject, prompt.fingerprint) == (
        PromptKind.CERTIFICATE, "127.0.0.1", "",
    )  # fmt: skip
    access.begin()
    with pytest.raises(DisplayCertificateUnknown):
        TlsServer(until_tls(access, 260), server_context(others)).shake_hands()
    (prompt,) = access.wanted
    shown = fingerprint_of(ssl.PEM_cert_to_DER_cert((others / "servercert.pem").read_text()))
    assert (prompt.fingerprint, prompt.detail) == (shown, (access.doubt,))
    assert access.doubt
    access.known = frozenset({shown})
    access.begin()
    client = until_tls(access, 260)
    server = TlsServer(client, server_context(others))
    server.shake_hands()
    server.say(b"\0\0\0\0" + SCREEN)
    assert client.name == "vm"


def test_a_certificate_for_another_name_is_none(authority: Authority) -> None:
    certificates = authority.sign("server")
    access = far(certificates, host="127.0.0.2")
    with pytest.raises(DisplayCertificateUnknown):
        TlsServer(until_tls(access, 260), server_context(certificates)).shake_hands()
    assert "mismatch" in access.doubt.lower()


def test_a_way_that_everybody_can_read_is_said_to_be_one() -> None:
    remark = far().remark_on(is_sealed=False)
    assert remark is not None
    assert (remark.message_id, remark["host"]) == ("DisplayInTheClear", "127.0.0.1")
    assert far().remark_on(is_sealed=True) is None
    assert Access("web-01").remark_on(is_sealed=False) is None


def test_what_nobody_told_is_wanted() -> None:
    access = Access("web-01")
    for kind in (PromptKind.DISPLAY_USER, PromptKind.DISPLAY_PASSWORD):
        access.begin()
        with pytest.raises(DisplayPasswordWrong):
            access.get(kind)
        assert access.wanted == (Prompt(0, kind, "web-01"),)
        assert not access.was_told


def test_what_was_told_goes_before_what_was_suggested() -> None:
    access = Access("web-01")
    access.suggest(PromptKind.DISPLAY_PASSWORD, "old")
    assert access.get(PromptKind.DISPLAY_PASSWORD) == "old"
    access.refused()
    assert [prompt.kind for prompt in access.wanted] == [PromptKind.DISPLAY_PASSWORD]
    access.begin()
    access.tell(PromptKind.DISPLAY_PASSWORD, "new")
    access.suggest(PromptKind.DISPLAY_PASSWORD, "old")
    assert access.get(PromptKind.DISPLAY_PASSWORD) == "new"
    assert access.wanted == ()
