"""Which disks a machine gets, which volumes are made for them, and where files are used."""

from pathlib import Path

import pytest

from backend.operations import machine
from backend.operations.planning import MachinePlan
from backend.specs import CloudSeed, KernelSpec, MachineSpec, SourceKind
from tests.backend.conftest import Heard
from tests.backend.operations.test_host import HOST

MIB = 2**20
KERNEL = b"\0" * 0x202 + b"HdrS" + b"\0" * 64


def planned(heard: Heard, *specs: MachineSpec) -> tuple[MachinePlan, ...]:
    return heard.engine.query(machine.plan_all, HOST, specs).result(20)


def raw(path: Path) -> Path:
    path.write_bytes(b"\0" * 510 + b"\x55\xaa" + bytes(MIB))
    return path


def test_no_disk_where_none_is_wanted(heard: Heard) -> None:
    (plan,) = planned(heard, MachineSpec("web", SourceKind.NOTHING, disk_bytes=0))
    assert plan.domain.disks == ()
    assert plan.volumes == ()
    assert plan.pool is None


def test_names_of_volumes_do_not_meet(heard: Heard) -> None:
    one = MachineSpec("web", SourceKind.NOTHING)
    plans = planned(heard, one, MachineSpec("web", SourceKind.NETWORK))
    assert [plan.volumes[0].name for plan in plans] == ["web.qcow2", "web-2.qcow2"]
    assert [plan.domain.boots_from_network for plan in plans] == [False, True]


def test_an_unknown_location_is_refused(heard: Heard) -> None:
    with pytest.raises(Exception, match="PoolMissing"):
        planned(heard, MachineSpec("web", SourceKind.NOTHING, pool="nowhere"))


def test_a_cloud_image_has_virtio_and_a_seed(heard: Heard, tmp_path: Path) -> None:
    image = raw(tmp_path / "cloud")
    seed = CloudSeed("admin", ("key",))
    (plan,) = planned(heard, MachineSpec("web", SourceKind.CLOUD_IMAGE, path=image, seed=seed))
    disk, drive = plan.domain.disks
    assert (disk.target, disk.bus) == ("vda", "virtio")
    assert (drive.device, drive.target, drive.bus) == ("cdrom", "sdb", "scsi"), "no SATA in clouds"
    assert plan.domain.nics[0].model == "virtio"
    copied, made = plan.volumes
    assert copied.image
    assert dict(made.seed)["user-data"].startswith("#cloud-config")
    assert plan.domain.made_files == (drive.source,)


def test_a_kernel_is_copied_where_it_could_not_be_read(heard: Heard, tmp_path: Path) -> None:
    kernel, disk = tmp_path / "linux", tmp_path / "initrd.gz"
    kernel.write_bytes(KERNEL)
    disk.write_bytes(b"\x1f\x8b" + bytes(64))
    wanted = KernelSpec(kernel, disk, "quiet", is_for_installation=True)
    (plan,) = planned(heard, MachineSpec("web", SourceKind.KERNEL, kernel=wanted))
    direct = plan.domain.direct_boot
    assert direct
    assert direct.kernel.name == "web.vmlinuz"
    assert direct.initrd
    assert direct.initrd.name == "web.initrd"
    assert direct.command_line == "quiet"
    assert not plan.domain.is_restarted
    assert plan.domain.made_files == (str(direct.kernel), str(direct.initrd))


@pytest.mark.parametrize("content", [b"", b"text", bytes(4096)])
def test_what_is_no_kernel_is_refused(heard: Heard, tmp_path: Path, content: bytes) -> None:
    kernel = tmp_path / "linux"
    kernel.write_bytes(content)
    with pytest.raises(Exception, match="ImageNotRecognised"):
        planned(heard, MachineSpec("web", SourceKind.KERNEL, kernel=KernelSpec(kernel)))


def test_a_dvd_beside_a_disk_that_is_there(heard: Heard, tmp_path: Path) -> None:
    disc, image = tmp_path / "a.iso", raw(tmp_path / "old")
    disc.write_bytes(bytes(0x8001) + b"CD001" + bytes(4096))
    spec = MachineSpec("web", SourceKind.DVD_IMAGE, path=disc, more_disks=(image,), disk_bytes=0)
    (plan,) = planned(heard, spec)
    disk, drive = plan.domain.disks
    assert (disk.target, disk.device) == ("sda", "disk")
    assert (drive.target, drive.device) == ("sdb", "cdrom")
    assert plan.volumes[0].image
    assert plan.volumes[0].image.path == image
