"""A line for each host, and none where the file cannot be had."""

from pathlib import Path

import pytest

from backend.host import known_certificates


def test_certificates_are_known_by_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert known_certificates.find("rack-2") == frozenset()
    for host, fingerprint in (
        ("rack-1", "SHA256:A"),
        ("Rack-2", "SHA256:B"),
        ("rack-2", "SHA256:C"),
    ):
        assert known_certificates.keep(host, fingerprint)
    assert known_certificates.find("RACK-2") == {"SHA256:C"}
    assert known_certificates.find("rack-1") == {"SHA256:A"}
    (tmp_path / "state" / "celadon").rename(tmp_path / "gone")
    (tmp_path / "state" / "celadon").write_text("no folder")
    assert not known_certificates.keep("rack-3", "SHA256:D")
    assert known_certificates.find("rack-1") == frozenset()
