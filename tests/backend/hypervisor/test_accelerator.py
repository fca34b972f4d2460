import platform
import shutil
import time
from pathlib import Path

import pytest

from backend.hypervisor import accelerator
from backend.hypervisor.accelerator import probe
from backend.hypervisor.embedded import rights
from backend.hypervisor.embedded.failures import ProgramMissing
from backend.model import Accelerator

EMULATOR = shutil.which("qemu-system-x86_64")


@pytest.fixture
def kvm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pretend an accessible /dev/kvm on x86."""
    device = tmp_path / "kvm"
    device.touch()
    monkeypatch.setattr(accelerator, "_KVM", device)
    monkeypatch.setattr(rights, "_KVM", device)
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    return device


def emulator(directory: Path, script: str, name: str = "qemu-system-x86_64") -> Path:
    program = directory / name
    program.write_text(f"#!/bin/sh\necho run >> {directory}/runs\n{script}\n")
    program.chmod(0o755)
    return program


def runs(directory: Path) -> int:
    return len((directory / "runs").read_text().splitlines())


def test_firmware_that_runs_to_its_end_means_kvm_and_is_remembered(
    kvm: Path, tmp_path: Path
) -> None:
    program = emulator(tmp_path, "echo SeaBIOS; echo 'No bootable device.'; exec sleep 60")
    verdicts = [probe(program, tmp_path / "cache/verdict") for _ in range(2)]
    assert [verdict.accelerator for verdict in verdicts] == [Accelerator.KVM] * 2
    assert verdicts[0].reason is None
    assert runs(tmp_path) == 1


def test_a_guest_that_aborts_means_tcg_with_the_last_words(kvm: Path, tmp_path: Path) -> None:
    program = emulator(tmp_path, "echo SeaBIOS; echo 'qemu-system-x86_64: msrs' >&2; exit 1")
    first, second = (probe(program, tmp_path / "verdict") for _ in range(2))
    assert first.accelerator is Accelerator.TCG
    assert first.reason is not None
    assert first.reason.message_id == "KvmGuestFails"
    assert first.reason.detail == ("qemu-system-x86_64: msrs",)
    assert second == first
    assert runs(tmp_path) == 1


def test_a_guest_that_gets_nowhere_is_given_up_in_time(kvm: Path, tmp_path: Path) -> None:
    program = emulator(tmp_path, "echo SeaBIOS; exec sleep 60")
    began = time.monotonic()
    verdict = probe(program, tmp_path / "verdict")
    assert time.monotonic() - began < 3
    assert verdict.accelerator is Accelerator.TCG


def test_another_qemu_or_other_rights_ask_anew(kvm: Path, tmp_path: Path) -> None:
    program = emulator(tmp_path, "echo 'No bootable device.'")
    probe(program, tmp_path / "verdict")
    program = emulator(tmp_path, "echo 'No bootable device.' # newer")
    probe(program, tmp_path / "verdict")
    kvm.chmod(0o660)
    probe(program, tmp_path / "verdict")
    assert runs(tmp_path) == 3


def test_a_spoilt_or_unwritable_cache_costs_a_probe_only(kvm: Path, tmp_path: Path) -> None:
    program = emulator(tmp_path, "echo 'No bootable device.'")
    spoilt = tmp_path / "verdict"
    spoilt.write_text("[")
    assert probe(program, spoilt).accelerator is Accelerator.KVM
    assert probe(program, spoilt / "below a file").accelerator is Accelerator.KVM


def test_obstacles_are_told_without_running_anything(kvm: Path, tmp_path: Path) -> None:
    other = emulator(tmp_path, "exit 1", "qemu-system-riscv64")
    verdict = probe(other, tmp_path / "verdict")
    assert verdict.reason is not None
    assert verdict.reason.message_id == "KvmOtherProcessor"
    kvm.unlink()
    verdict = probe(emulator(tmp_path, "exit 1"), tmp_path / "verdict")
    assert verdict.reason is not None
    assert verdict.reason.message_id == "KvmMissing"
    assert not (tmp_path / "runs").exists()


def test_a_closed_device_is_told_with_the_user(
    kvm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rights, "can_use_kvm", lambda _user: False)
    verdict = probe(emulator(tmp_path, "exit 1"), tmp_path / "verdict")
    assert verdict.reason is not None
    assert verdict.reason.message_id == "KvmNotPermitted"
    assert verdict.reason["user"] == rights.identity_of_self().name


def test_no_emulator_is_an_error_with_a_package(tmp_path: Path) -> None:
    with pytest.raises(ProgramMissing) as raised:
        probe(tmp_path / "qemu-system-x86_64", tmp_path / "verdict")
    assert raised.value.arguments["package"] == "qemu-system-x86"


@pytest.mark.live
@pytest.mark.alone
def test_this_machine_gets_a_verdict_in_time(tmp_path: Path) -> None:
    assert EMULATOR is not None
    began = time.monotonic()
    verdict = probe(Path(EMULATOR), tmp_path / "verdict")
    assert time.monotonic() - began < 3
    assert (verdict.accelerator is Accelerator.KVM) == (verdict.reason is None)
