from pathlib import Path

import pytest

from backend.hypervisor.embedded import daemon, plan, rights, shortcut
from backend.hypervisor.embedded.failures import EmbeddedHostFailed, ProgramMissing


@pytest.fixture(autouse=True)
def _no_shortcut_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shortcut, "_TEMPORARY", tmp_path)


def test_without_libvirtd_the_error_names_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = rights.program

    def without_libvirtd(name: str) -> str:
        if name == "libvirtd":
            raise ProgramMissing(program=name, package="libvirt-daemon")
        return real(name)

    monkeypatch.setattr(rights, "program", without_libvirtd)
    with pytest.raises(ProgramMissing) as raised:
        daemon.ensure(tmp_path / "host")
    assert raised.value.arguments == {"program": "libvirtd", "package": "libvirt-daemon"}


def test_a_daemon_that_cannot_start_has_its_last_words_in_the_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "command", lambda _: ("sh", "-c", "echo no such driver >&2; exit 3"))
    with pytest.raises(EmbeddedHostFailed) as raised:
        daemon.ensure(tmp_path / "host")
    assert raised.value.detail == ("no such driver",)


def test_a_directory_that_cannot_be_made_is_a_problem_not_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EmbeddedHostFailed):
        daemon.ensure(tmp_path / "file" / "host")
