from dataclasses import replace
from pathlib import Path

import pytest

from backend import defaults
from backend.defaults import GIB, MIB, Choices, SampleGuest
from backend.model import Accelerator, Disk, Firmware
from backend.specs import MachineSpec, SourceKind

SAMPLE = SampleGuest(Path("/g/vmlinux"), Path("/g/vmlinuz"), Path("/g/initrd"), "quiet", 192 * MIB)


def choices(**more: object) -> Choices:
    basis: dict[str, object] = {
        "uuid": "u", "mac": "52:54:00:00:00:01", "accelerator": Accelerator.TCG,
        "processors": 4, "created_at": 1.0,
    }  # fmt: skip
    return Choices(**(basis | more))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["web-01", "Ünïcode", "a b", "x" * 200, "ü" * 100, "..."])
def test_names_that_fit(name: str) -> None:
    assert defaults.is_name_fit(name)


@pytest.mark.parametrize("name", ["", " a", "a ", "a/b", "..", ".", "a\nb", "x" * 201, "ü" * 101])
def test_names_that_do_not_fit(name: str) -> None:
    assert not defaults.is_name_fit(name)


def test_the_sample_guest_gets_synthetic_devices_and_its_kernel() -> None:
    spec = MachineSpec("my guest", SourceKind.SAMPLE_GUEST)
    plan = defaults.complete(spec, choices(sample_guest=SAMPLE, network="nat"))
    assert plan.direct_boot
    assert plan.direct_boot.command_line == "quiet guest.name=my-guest"
    assert (plan.nics[0].model, plan.input_bus, plan.video) == ("virtio", "virtio", "virtio")
    assert (plan.memory_bytes, plan.vcpus) == (192 * MIB, 1)


def test_emulated_the_kernel_needs_no_unpacking() -> None:
    spec = MachineSpec("g", SourceKind.SAMPLE_GUEST)
    emulated = defaults.complete(spec, choices(sample_guest=SAMPLE))
    on_kvm = defaults.complete(spec, choices(sample_guest=SAMPLE, accelerator=Accelerator.KVM))
    assert emulated.direct_boot
    assert on_kvm.direct_boot
    assert emulated.direct_boot.kernel.name == "vmlinux"
    assert on_kvm.direct_boot.kernel.name == "vmlinuz"
    by_uefi = defaults.complete(replace(spec, firmware=Firmware.UEFI), choices(sample_guest=SAMPLE))
    assert by_uefi.direct_boot
    assert by_uefi.direct_boot.kernel.name == "vmlinuz", "UEFI starts no plain ELF"


def test_a_guest_that_nobody_knows_gets_devices_that_any_system_drives() -> None:
    disk = Disk("sda", "sata", source="/d.qcow2", format="qcow2")
    dvd = Disk("sdb", "sata", "cdrom", "/i.iso", is_read_only=True)
    spec = MachineSpec("g", SourceKind.DVD_IMAGE, path=Path("/i.iso"))
    plan = defaults.complete(spec, choices(disks=(disk, dvd), network="nat"))
    assert [d.bus for d in plan.disks] == ["sata", "sata"]
    assert plan.disks[1].is_read_only
    assert plan.nics[0].model == "e1000e"


def test_no_network_is_no_adapter_and_user_mode_has_no_source() -> None:
    spec = MachineSpec("g", SourceKind.DVD_IMAGE)
    assert defaults.complete(spec, choices(network="")).nics == ()
    nic = defaults.complete(spec, choices(network=defaults.USER_NETWORK)).nics[0]
    assert (nic.source_kind, nic.source) == ("user", "")


def test_a_copied_disk_is_never_smaller_than_its_image() -> None:
    spec = MachineSpec("g", SourceKind.DISK_IMAGE, disk_bytes=1 * GIB)
    assert defaults.disk_bytes(spec, image_bytes=5 * GIB) == 5 * GIB
    assert defaults.disk_bytes(spec, image_bytes=1) == 1 * GIB


def test_what_the_user_says_wins() -> None:
    spec = MachineSpec("g", SourceKind.DVD_IMAGE, memory_bytes=3 * GIB + 7, vcpus=3)
    plan = defaults.complete(spec, choices())
    assert (plan.memory_bytes, plan.vcpus) == (3 * GIB, 3)
