"""What the New Virtual Machine wizard asks for, made on a real host: whole, or not at all."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pycdlib
import pytest
from celadon_tour.evidence import GuestLog

from backend.jobs import Job, JobState
from backend.model import Domain, Firmware, Ref
from backend.operations import clone, domain, machine, means, samples
from backend.operations.clone import Copying
from backend.operations.means import Means
from backend.specs import CloudSeed, KernelSpec, MachineSpec, SourceKind, Then
from backend.xmldesc import tree
from tests.live.stage import HOST, Guest, Stage
from tests.live.test_import import raw_disk

pytestmark = pytest.mark.live
MIB = 2**20
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIyJmF1n you@computer"


@pytest.fixture
def nothing_left(stage: Stage) -> Iterator[None]:
    """The host has the machines and files that it had before."""

    def there() -> tuple[list[str], list[str]]:
        files = sorted(path.name for path in stage.embedded().images.iterdir())
        return sorted(stage.virsh.names()), files

    before = there()
    yield
    assert there() == before


def made(stage: Stage, *specs: MachineSpec, then: Then = Then.STAY_OFF) -> list[Guest]:
    job = stage.must(machine.create_all, HOST, specs, then)
    assert isinstance(job.result, tuple)
    return [Guest(stage, ref, spec.name) for ref, spec in zip(job.result, specs, strict=True)]


def problem_of(job: Job) -> str:
    assert job.state is JobState.FAILED, job
    assert job.problem
    return job.problem.message_id


def test_the_host_says_what_it_has(stage: Stage) -> None:
    told = stage.engine.query(means.look, HOST).result(60)
    assert isinstance(told, Means)
    assert told.pools[0].name == "default"
    assert told.pools[0].available_bytes > 0
    assert 0 < told.free_memory_bytes < told.memory_bytes
    assert told.vcpus_maximum >= 8
    assert told.uefi is None
    assert told.secure_boot is None


def test_an_empty_machine(stage: Stage, nothing_left: None) -> None:
    (guest,) = made(stage, MachineSpec("empty", SourceKind.NOTHING, disk_bytes=0, network=""))
    told = stage.virsh.description("empty")
    assert told.find("devices/disk") is None
    assert told.find("devices/interface") is None
    guest.remove()


@pytest.mark.parametrize("is_secure", [False, True])
def test_the_second_generation_starts(stage: Stage, nothing_left: None, *, is_secure: bool) -> None:
    spec = MachineSpec(
        "uefi", SourceKind.NOTHING, firmware=Firmware.UEFI, has_secure_boot=is_secure,
        memory_bytes=128 * MIB,
    )  # fmt: skip
    (guest,) = made(stage, spec, then=Then.START)
    told = stage.virsh.description("uefi")
    loader = told.find("os/loader")
    assert loader is not None
    assert loader.get("type") == "pflash"
    assert (loader.get("secure") == "yes") is is_secure
    guest.remove()
    assert not list(stage.root.rglob("uefi_VARS*"))


@pytest.mark.parametrize("name", ["x" * 200, "ü" * 100])
def test_the_longest_names(stage: Stage, nothing_left: None, name: str) -> None:
    """Definition, log, disk, UEFI's memory and saved state are files that are called after it."""
    spec = MachineSpec(
        name, SourceKind.NOTHING, firmware=Firmware.UEFI, memory_bytes=128 * MIB, disk_bytes=MIB
    )
    (guest,) = made(stage, spec, then=Then.START)
    stage.must(domain.managed_save, guest.ref)
    stage.must(domain.start, guest.ref)
    stage.must(domain.destroy, guest.ref)
    names = (f"{name[:-10]} clone",)
    job = stage.must(clone.clone, guest.ref, names, Copying.FULL)
    assert isinstance(job.result, tuple)
    Guest(stage, job.result[0], names[0]).remove()
    guest.remove()


def test_memory_that_can_grow(stage: Stage, nothing_left: None) -> None:
    spec = MachineSpec(
        "grows", SourceKind.NOTHING, memory_bytes=256 * MIB, memory_maximum_bytes=512 * MIB
    )
    (guest,) = made(stage, spec)
    made_of = guest.record.next_start
    assert made_of
    assert (made_of.current_memory_bytes, made_of.memory_bytes) == (256 * MIB, 512 * MIB)
    guest.remove()


def test_an_installer_s_kernel_is_loaded_once(stage: Stage, nothing_left: None) -> None:
    sample = samples.load()
    line = f"{sample.command_line} console=ttyS0"
    kernel = KernelSpec(sample.kernel_compressed, sample.initrd, line, is_for_installation=True)
    spec = MachineSpec("setup", SourceKind.KERNEL, kernel=kernel, memory_bytes=192 * MIB)
    (guest,) = made(stage, spec, then=Then.START)
    live = stage.virsh.description("setup")
    assert live.findtext("os/kernel")
    assert live.findtext("on_reboot") == "destroy"
    lasting = tree.read(stage.virsh("dumpxml", "--inactive", "setup"))
    assert lasting.find("os/kernel") is None
    assert lasting.findtext("on_reboot") == "restart"
    log = GuestLog(Path(live.find("devices/serial/source").attrib["path"]))  # type: ignore[union-attr]
    log.wait_for("Celadon sample guest")
    log.close()
    guest.remove()


def test_a_kernel_of_its_own_stays(stage: Stage, nothing_left: None) -> None:
    sample = samples.load()
    kernel = KernelSpec(sample.kernel_compressed, None, "quiet")
    (guest,) = made(stage, MachineSpec("own", SourceKind.KERNEL, kernel=kernel, disk_bytes=0))
    told = stage.virsh.description("own")
    assert told.findtext("os/kernel")
    assert told.find("os/initrd") is None
    guest.remove()


def test_the_network_comes_after_the_disk(stage: Stage, nothing_left: None) -> None:
    (guest,) = made(stage, MachineSpec("pxe", SourceKind.NETWORK))
    told = stage.virsh.description("pxe")
    orders = [boot.get("order") for boot in told.findall("devices/*/boot")]
    assert orders == ["1", "2"]
    assert told.find("devices/interface/boot").attrib["order"] == "2"  # type: ignore[union-attr]
    guest.remove()


def test_a_cloud_image_with_its_seed(stage: Stage, tmp_path: Path, nothing_left: None) -> None:
    image = raw_disk(tmp_path / "cloud")
    seed = CloudSeed("admin", (KEY,), ("vim",))
    spec = MachineSpec(
        "cloud one", SourceKind.CLOUD_IMAGE, path=image, seed=seed, disk_bytes=64 * MIB
    )
    (guest,) = made(stage, spec)
    disk, drive = stage.virsh.description("cloud one").findall("devices/disk")
    told = disk.find("source").attrib["file"]  # type: ignore[union-attr]
    info = subprocess.run(["qemu-img", "info", told], capture_output=True, text=True, check=True)
    assert "64 MiB" in info.stdout
    disc = pycdlib.PyCdlib()
    copy = shutil.copy(drive.find("source").attrib["file"], tmp_path)  # type: ignore[union-attr]
    disc.open(str(copy))
    assert disc.pvd.volume_identifier.decode().strip() == "cidata"
    names = [child.file_identifier().decode("utf-16-be") for child in
             disc.list_children(joliet_path="/")]  # fmt: skip
    assert {"meta-data", "user-data"} <= set(names)
    disc.close()
    guest.remove()


def test_of_many_none_is_left_where_one_fails(stage: Stage, nothing_left: None) -> None:
    stage.create("many-3").ref  # noqa: B018
    specs = tuple(MachineSpec(f"many-{n}", SourceKind.NOTHING) for n in range(1, 4))
    assert problem_of(stage.do(machine.create_all, HOST, specs)) == "NameTaken"
    assert stage.virsh.names() == ["many-3"]
    Guest(stage, next(d.ref for d in stage.domains() if d.name == "many-3"), "many-3").remove()


def test_what_does_not_start_leaves_nothing(
    stage: Stage, tmp_path: Path, nothing_left: None
) -> None:
    spec = MachineSpec("huge", SourceKind.NOTHING, memory_bytes=2**45)
    job = stage.do(machine.create_all, HOST, (spec,), Then.START)
    assert problem_of(job) == "StartFailed"


def test_ten_of_the_sample_guest(stage: Stage, nothing_left: None) -> None:
    specs = tuple(MachineSpec(f"ten-{n}", SourceKind.SAMPLE_GUEST) for n in range(10))
    guests = made(stage, *specs)
    told = [stage.virsh.description(guest.name) for guest in guests]
    found = {disk.attrib["file"] for one in told for disk in one.findall("devices/disk/source")}
    assert len(found) == 10
    for guest in guests:
        job = stage.must(domain.delete, guest.ref, tuple(
            disk.path for disk in stage.engine.query(domain.owned_disks, guest.ref).result(10)
        ))  # fmt: skip
        assert isinstance(job.subject, Ref)
    assert not [d for d in stage.domains() if isinstance(d, Domain)]


@pytest.mark.parametrize("copying", Copying)
def test_the_sample_guest_cloned_ten_times(
    stage: Stage, nothing_left: None, copying: Copying
) -> None:
    first = stage.create("first")
    names = tuple(f"clone-{number}" for number in range(10))
    job = stage.must(clone.clone, first.ref, names, copying)
    assert isinstance(job.result, tuple)
    guests = [Guest(stage, ref, name) for ref, name in zip(job.result, names, strict=True)]
    told = [stage.virsh.description(name) for name in ("first", *names)]
    disks = [one.find("devices/disk/source").attrib["file"] for one in told]  # type: ignore[union-attr]
    macs = [one.find("devices/interface/mac").attrib["address"] for one in told]  # type: ignore[union-attr]
    assert len(set(disks)) == len(set(macs)) == 11
    info = subprocess.run(
        ["qemu-img", "info", disks[1]], capture_output=True, text=True, check=True
    )
    assert ("backing file:" in info.stdout) is (copying is Copying.LINKED)
    if copying is Copying.LINKED:
        guests[0].boot()
        assert problem_of(stage.do(domain.start, first.ref)) == "NeededUnchanged"
    else:
        stage.must(domain.start, first.ref)
    for guest in (*guests, first):
        guest.remove()


def test_of_clones_none_is_left_where_one_fails(stage: Stage, nothing_left: None) -> None:
    first = stage.create("first")
    other = stage.create("clone-2")
    names = tuple(f"clone-{number}" for number in range(3))
    assert problem_of(stage.do(clone.clone, first.ref, names)) == "NameTaken"
    for guest in (first, other):
        guest.remove()
