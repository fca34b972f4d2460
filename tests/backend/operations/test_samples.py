import json
from pathlib import Path

import pytest

from backend.errors import SampleGuestMissing
from backend.operations import samples

FILES = ("vmlinux", "vmlinuz", "initrd.gz")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CELADON_GUEST_DIR", str(tmp_path))
    for name in FILES:
        (tmp_path / name).write_bytes(b"")
    manifest = {"cmdline": "quiet", "memory_bytes": 201326592}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    return tmp_path


def test_it_is_as_its_manifest_tells(place: Path) -> None:
    guest = samples.load()
    assert (guest.command_line, guest.memory_bytes) == ("quiet", 201326592)
    assert guest.kernel == place / "vmlinux"


@pytest.mark.parametrize("missing", [*FILES, "manifest.json"])
def test_a_missing_part_is_said(place: Path, missing: str) -> None:
    (place / missing).unlink()
    with pytest.raises(SampleGuestMissing):
        samples.load()


def test_a_damaged_manifest_is_said(place: Path) -> None:
    (place / "manifest.json").write_text("{")
    with pytest.raises(SampleGuestMissing):
        samples.load()


def test_without_a_word_it_lies_in_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CELADON_GUEST_DIR", raising=False)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setenv("XDG_CACHE_HOME", "/c")
    assert samples.directory() == Path("/c/celadon/guest")
