"""The finished folder appears whole; nothing is done twice; nobody else's files are replaced."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from packaging.guest import builder, command, initramfs
from packaging.guest.apt import Package
from packaging.guest.problem import GuestBuildError

GUEST = initramfs.Guest("6.1.0-1-amd64", b"bzImage", b"\x7fELF", b"initrd")
PACKAGE = Package("busybox-static", "1:1.35", "busybox-static_1%3a1.35_amd64.deb", 1, "")


@pytest.fixture
def assembled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace mirror and packages; return the list that grows with every real build."""
    builds: list[str] = []

    def assemble(*_arguments: object) -> initramfs.Guest:
        builds.append("built")
        return GUEST

    monkeypatch.setattr(builder, "_fetch", lambda _request: ("kernel", {PACKAGE: Path("x.deb")}))
    monkeypatch.setattr(initramfs, "assemble", assemble)
    return builds


def request_for(folder: Path, *, force: bool = False) -> builder.Request:
    return builder.Request(folder / "guest", folder / "downloads", "key-1", force=force)


def test_the_folder_holds_what_the_manifest_says(tmp_path: Path, assembled: list[str]) -> None:
    builder.build(request_for(tmp_path))
    out = tmp_path / "guest"
    manifest = json.loads((out / "manifest.json").read_text())
    assert sorted(manifest["files"]) == ["initrd.gz", "vmlinux", "vmlinuz"]
    for name, told in manifest["files"].items():
        assert (out / name).stat().st_size == told["size"]
        assert (out / name).stat().st_mode & 0o444 == 0o444
    assert out.stat().st_mode & 0o555 == 0o555
    assert manifest["packages"] == {"busybox-static": "1:1.35"}
    assert manifest["memory_bytes_minimum"] == 128 * 1024 * 1024
    assert "tsc=unstable" in manifest["cmdline"]
    assert command.is_built(out, "key-1")
    assert not command.is_built(out, "key-2")
    assert assembled == ["built"]


def test_a_second_build_does_nothing_unless_forced(tmp_path: Path, assembled: list[str]) -> None:
    builder.build(request_for(tmp_path))
    builder.build(request_for(tmp_path))
    assert len(assembled) == 1
    builder.build(request_for(tmp_path, force=True))
    assert len(assembled) == 2


def test_an_interrupted_build_leaves_the_old_one(
    tmp_path: Path, assembled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    builder.build(request_for(tmp_path))
    before = (tmp_path / "guest" / "manifest.json").read_bytes()

    def interrupt(*_arguments: object) -> initramfs.Guest:
        raise KeyboardInterrupt

    monkeypatch.setattr(initramfs, "assemble", interrupt)
    with pytest.raises(KeyboardInterrupt):
        builder.build(request_for(tmp_path, force=True))
    assert (tmp_path / "guest" / "manifest.json").read_bytes() == before
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"guest", "downloads", ".guest.lock"}


def test_remains_of_a_killed_build_are_cleared(tmp_path: Path, assembled: list[str]) -> None:
    (tmp_path / ".guest-new-abc" / "guest").mkdir(parents=True)
    builder.build(request_for(tmp_path))
    assert not (tmp_path / ".guest-new-abc").exists()


def test_a_folder_of_other_files_is_left_alone(tmp_path: Path, assembled: list[str]) -> None:
    (tmp_path / "guest").mkdir()
    (tmp_path / "guest" / "thesis.odt").write_text("mine")
    with pytest.raises(GuestBuildError, match="other files"):
        builder.build(request_for(tmp_path))
    assert assembled == []


def test_a_truncated_file_is_built_anew(tmp_path: Path, assembled: list[str]) -> None:
    builder.build(request_for(tmp_path))
    (tmp_path / "guest" / "initrd.gz").write_bytes(b"")
    builder.build(request_for(tmp_path))
    assert len(assembled) == 2


def test_the_key_is_that_of_every_source(tmp_path: Path) -> None:
    (tmp_path / "rootfs" / "bin").mkdir(parents=True)
    (tmp_path / "a.py").write_text("one")
    (tmp_path / "rootfs" / "bin" / "say").write_text("two")
    first = command.compute_key(tmp_path)
    assert command.compute_key(tmp_path) == first
    (tmp_path / "rootfs" / "bin" / "say").write_text("three")
    assert command.compute_key(tmp_path) != first


def test_the_place_follows_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CELADON_GUEST_DIR", "/srv/a guest")
    assert command.default_folders() == (Path("/srv/a guest"), Path("/srv/a guest-downloads"))
    monkeypatch.delenv("CELADON_GUEST_DIR")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setenv("XDG_CACHE_HOME", "/home/u/cache")
    assert command.default_folders()[0] == Path("/home/u/cache/celadon/guest")


def test_the_script_runs_from_anywhere(tmp_path: Path) -> None:
    script = command.HERE / "build.py"
    done = subprocess.run(
        [sys.executable, script, "--help"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "--out" in done.stdout
