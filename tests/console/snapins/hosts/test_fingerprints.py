"""Fingerprints, for people to compare and compared for them: with what ssh-keygen really says."""

import subprocess
from pathlib import Path

import pytest

from console.snapins.hosts import fingerprints

SHA = "SHA256:Zs3kk0Qc5x1mP0n8tWQ2dU1S3n4b5v6c7x8z9A0qwER"
MD5 = "MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48"

CERTIFICATE = ":".join(["0A"] * 32)


def test_groups_of_four() -> None:
    assert fingerprints.grouped("SHA256:abcdefghij") == "SHA256: abcd efgh ij"
    assert fingerprints.grouped(MD5) == MD5
    assert fingerprints.grouped("") == ""


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa", "rsa"])
def test_what_ssh_keygen_says_is_understood(kind: str, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", key], check=True)
    said = subprocess.run(
        ["ssh-keygen", "-lf", f"{key}.pub"], check=True, capture_output=True, text=True
    ).stdout
    told = fingerprints.told_in(said)
    assert told.startswith("SHA256:")
    assert told in said.split()
    assert fingerprints.is_same(told, fingerprints.grouped(told))
    assert fingerprints.key_type((said,)) == kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"256 {SHA} root@rack-2 (ED25519)", SHA),
        (fingerprints.grouped(SHA), SHA),
        (f"2048 {MD5} no comment (RSA)", MD5),
        (MD5.removeprefix("MD5:"), MD5.removeprefix("MD5:")),
        (f"sha256 Fingerprint={CERTIFICATE}", CERTIFICATE),
        (f"SHA256:{CERTIFICATE}", f"SHA256:{CERTIFICATE}"),
        ("SHA256:short", ""),
        ("nothing", ""),
        ("", ""),
    ],
)
def test_a_fingerprint_is_found_in_what_was_pasted(text: str, expected: str) -> None:
    assert fingerprints.told_in(text) == expected


def test_the_same_is_the_same_and_nothing_else_is() -> None:
    assert fingerprints.is_same(SHA, f"{SHA}=")
    assert fingerprints.is_same(MD5, MD5.removeprefix("MD5:"))
    assert not fingerprints.is_same(SHA, SHA.lower())
    assert fingerprints.is_same(f"SHA256:{CERTIFICATE}", CERTIFICATE.lower())
    assert not fingerprints.is_same("", "")


def test_the_command_names_the_key_that_is_shown() -> None:
    lines = ("ECDSA key fingerprint is SHA256:x.", "This key is not known by any other names.")
    assert fingerprints.command(lines) == "ssh-keygen -lf /etc/ssh/ssh_host_ecdsa_key.pub"
    assert "ed25519" in fingerprints.command(())
