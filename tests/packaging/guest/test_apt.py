"""What apt prints is understood, and what it complains about becomes a sentence with a remedy."""

import hashlib
from pathlib import Path

import pytest

from packaging.guest import apt, problem
from packaging.guest.mirrors import Mirrors

URIS = """\
'http://m/debian/pool/b/busybox-static_1.35_amd64.deb' busybox-static_1%3a1.35.0-4_amd64.deb 4 SHA256:ab
'http://m/debian/pool/l/libudev1_252_amd64.deb' libudev1_252-1_amd64.deb 7 MD5Sum:cd
"""  # noqa: E501


def test_print_uris_is_read() -> None:
    first, second = apt.parse_uris(URIS)
    assert (first.name, first.version, first.size_bytes) == ("busybox-static", "1:1.35.0-4", 4)
    assert first.sha256 == "ab"
    assert second.sha256 == ""


def test_a_damaged_download_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.deb"
    package = apt.Package("a", "1", "a.deb", 4, hashlib.sha256(b"good").hexdigest())
    assert not apt.is_intact(path, package)
    path.write_bytes(b"evil")
    assert not apt.is_intact(path, package)
    path.write_bytes(b"good")
    assert apt.is_intact(path, package)


def test_new_mirrors_make_the_lists_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apt, "find_keyring", lambda: "/keys.gpg")
    cache = tmp_path / "with spaces"
    apt.Apt(cache, Mirrors("http://a/debian", "http://s"))
    (cache / "apt" / "updated").touch()
    assert apt.Apt(cache, Mirrors("http://a/debian", "http://s")).has_fresh_lists
    assert not apt.Apt(cache, Mirrors("http://b/debian", "http://s")).has_lists


def test_a_missing_keyring_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apt, "_KEYRINGS", ("/nonexistent/keys.gpg",))
    with pytest.raises(problem.GuestBuildError, match="debian-archive-keyring"):
        apt.find_keyring()


@pytest.mark.parametrize(
    ("output", "remedy"),
    [
        ("W: Failed to fetch x  Temporary failure resolving 'deb.debian.org'", "network or proxy"),
        ("E: Failed to fetch x  404  Not Found [IP: 1.2.3.4 80]", "--update"),
        ("E: Unable to locate package gone", "--update"),
        ("W: GPG error: x InRelease: NO_PUBKEY 0E98404D386FA1D9", "debian-archive-keyring"),
        ("E: You don't have enough free space in /x", "disk is full"),
        ("E: The repository 'http://m x' does not have a Release file.", "CELADON_DEBIAN_MIRROR"),
        ("E: Something else", "Something else"),
    ],
)
def test_each_failure_says_what_to_do(output: str, remedy: str) -> None:
    error = problem.apt_error(output, "It failed")
    sentence = str(error)
    assert remedy in sentence
    assert "\n" not in sentence
    assert isinstance(error, problem.DiskFullError) == ("disk is full" in remedy)


def test_a_full_disk_is_explained() -> None:
    error = OSError(28, "No space left on device", "/somewhere/file")
    assert "disk is full" in problem.explain_os_error(error)
    assert "apt-get is missing" in problem.explain_os_error(FileNotFoundError(2, "", "apt-get"))
