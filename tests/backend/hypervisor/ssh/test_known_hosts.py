import subprocess
from pathlib import Path

import pytest

from backend.errors import LoginFailed
from backend.hypervisor.ssh import known_hosts


@pytest.fixture
def file(tmp_path: Path) -> Path:
    for kind in ("ed25519", "ecdsa"):
        command = ["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", str(tmp_path / kind)]
        subprocess.run(command, check=True)
    keys = [(tmp_path / f"{kind}.pub").read_text().split()[:2] for kind in ("ed25519", "ecdsa")]
    lines = [
        "# a remark",
        f"[127.0.0.1]:2222 {' '.join(keys[0])}",
        f"@revoked rack-2 {' '.join(keys[1])}",
        f"rack-2 {' '.join(keys[0])}",
    ]
    path = tmp_path / "known_hosts"
    path.write_text("\n".join(lines) + "\n")
    return path


def told(key: Path) -> str:
    command = ["ssh-keygen", "-l", "-f", str(key)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[1]


def test_a_lines_fingerprint_is_that_of_ssh_keygen(file: Path) -> None:
    assert known_hosts.fingerprint_at(file, 2) == told(file.with_name("ed25519"))
    assert known_hosts.fingerprint_at(file, 3) == told(file.with_name("ecdsa"))
    assert known_hosts.fingerprint_at(file, 1) == ""
    assert known_hosts.fingerprint_at(file, 99) == ""
    assert known_hosts.fingerprint_at(file.with_name("none"), 1) == ""


def test_a_forgotten_host_is_gone_and_the_others_stay(file: Path) -> None:
    known_hosts.forget("[127.0.0.1]:2222", file)
    assert "2222" not in file.read_text()
    assert "rack-2" in file.read_text()


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(LoginFailed) as raised:
        known_hosts.forget("rack-2", tmp_path / "none")
    assert raised.value.detail


def test_without_ssh_keygen_it_is_said_too(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(LoginFailed):
        known_hosts.forget("rack-2", file)


def test_each_kind_that_ssh_names_has_its_algorithms() -> None:
    command = ["ssh", "-Q", "HostKeyAlgorithms"]
    known = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    for kind in ("ED25519", "ECDSA", "RSA"):
        assert set(known_hosts.algorithms(kind).split(",")) <= set(known)
    assert known_hosts.algorithms("MADE-UP") == ""
