"""What is shown as a script does what the click does: sh runs it, and so does Python.

Each text is made from the records that an engine told, as the console makes it, and run by a
process of its own. What it did is asked of a separate virsh.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backend.devices import Device, DeviceKind, NewDiskSpec, NicSpec
from backend.model import DomainState, Ref, StoragePool
from backend.operations import device, domain, host, machine
from backend.operations.domain import Autostart
from backend.operations.script import python, virsh
from backend.operations.script.request import Operation, Request, made_by
from backend.operations.script.spellings import SPELLINGS
from backend.specs import MachineSpec, SourceKind
from console.sdk import wording
from tests.backend.operations.script.known import Records
from tests.live.stage import HOST, SWITCH, Guest, Stage

pytestmark = pytest.mark.live
ROOT = Path(__file__).resolve().parents[2]
NAME = "it's a «test» $HOME #1"
Run = Callable[..., str]


def in_sh(stage: Stage, *requests: Request) -> str:
    planned = [plan(stage, request) for request in requests]
    text = virsh.dump("A test", planned, Records(*stage.heard.records.values()), wording.sentence)
    return run(["sh"], text)


def in_python(stage: Stage, *requests: Request) -> str:
    known = Records(*stage.heard.records.values())
    return run([sys.executable, "-"], python.dump("A test", requests, known, wording.sentence))


def plan(stage: Stage, request: Request) -> Request:
    ask = SPELLINGS[request.operation].plan
    if ask is None:
        return request
    told = stage.engine.query(ask, request.ref, *request.arguments).result(30)
    return replace(request, plan=told)


def run(command: list[str], text: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, input=text, capture_output=True, text=True, check=False, env=environment,
        timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, f"{text}\n{done.stderr}"
    return done.stdout


@pytest.fixture(params=[in_sh, in_python], ids=["virsh", "python"])
def script(request: pytest.FixtureRequest, stage: Stage) -> Run:
    """Return a function that runs a verb's script."""

    def do(operation: Operation, ref: Ref, *arguments: object) -> str:
        return str(request.param(stage, Request(operation, ref, arguments)))

    return do


@pytest.fixture
def shown(stage: Stage) -> Iterator[Guest]:
    """A sample guest that is off, under a name that no shell likes."""
    guest = stage.create(NAME)
    yield guest
    guest.remove()


def test_a_machine_s_life(stage: Stage, shown: Guest, script: Run) -> None:
    states, ref = stage.virsh.state, shown.ref

    def do(operation: Operation, state: str, *arguments: object) -> None:
        script(operation, ref, *arguments)
        stage.virsh.until(shown.name, state)
        word = {"running": DomainState.RUNNING, "paused": DomainState.PAUSED}
        shown.until(lambda record: record.state is word.get(state, DomainState.OFF))

    do(domain.start, "running")
    do(domain.suspend, "paused")
    do(domain.resume, "running")
    do(domain.managed_save, "shut off")
    assert shown.name in stage.virsh("list", "--all", "--with-managed-save", "--name")
    shown.until(lambda record: record.has_saved_state)
    script(domain.discard_saved_state, ref)
    assert shown.name not in stage.virsh("list", "--all", "--with-managed-save", "--name")
    do(domain.start, "running")
    shown.listen().wait_for("READY")
    do(domain.reset, "running")
    shown.listen().wait_for("READY", since=len(shown.listen().lines))
    do(domain.shutdown, "shut off")
    do(domain.start, "running")
    do(domain.destroy, "shut off")
    assert states(shown.name) == "shut off"


def test_devices_come_and_go(stage: Stage, shown: Guest, script: Run) -> None:
    """Of a machine that is off; that one runs changes the flags alone."""
    specs = (NewDiskSpec("default", 2**20, "$HOME 'x'"), NicSpec(SWITCH, mac="52:54:00:00:00:77"))
    script(device.add, shown.ref, specs)
    assert "$HOME 'x'.qcow2" in stage.virsh("domblklist", shown.name)
    assert "52:54:00:00:00:77" in stage.virsh("domiflist", shown.name)
    shown.until(lambda r: r.next_start is not None and len(r.next_start.nics) == 2)
    disk = Device(DeviceKind.DISK, "vdb")
    nic = Device(DeviceKind.NETWORK_ADAPTER, "52:54:00:00:00:77")
    script(device.remove, shown.ref, (disk, nic))
    assert "$HOME 'x'.qcow2" not in stage.virsh("domblklist", shown.name)
    assert "52:54:00:00:00:77" not in stage.virsh("domiflist", shown.name)
    stage.virsh("vol-delete", "--pool", "default", "--vol", "$HOME 'x'.qcow2")


def test_what_is_said_of_a_machine(stage: Stage, shown: Guest, script: Run) -> None:
    notes = "-first\n\"second\" 'third' $HOME `id` ü"
    script(domain.set_notes, shown.ref, notes)
    assert stage.virsh("desc", shown.name) == notes
    script(domain.set_autostart, shown.ref, Autostart.ON)
    assert shown.name in stage.virsh("list", "--all", "--autostart", "--name")
    script(domain.set_autostart, shown.ref, Autostart.OFF)
    assert shown.name not in stage.virsh("list", "--all", "--autostart", "--name")
    script(domain.rename, shown.ref, "-new 'name'")
    assert "-new 'name'" in stage.virsh.names()
    shown.until(lambda record: record.name == "-new 'name'")
    script(domain.rename, shown.ref, NAME)
    shown.until(lambda record: record.name == NAME)


def test_deleted_with_its_disk(stage: Stage, script: Run) -> None:
    guest = stage.create("goes by script")
    (disk,) = stage.engine.query(domain.owned_disks, guest.ref).result(10)
    script(domain.delete, guest.ref, (disk.path,))
    assert stage.virsh.state(guest.name) == "gone"
    assert not Path(disk.path).exists()
    stage.heard.until(lambda: guest.ref not in stage.heard.records)


def test_a_host_is_read(stage: Stage, script: Run) -> None:
    pools = [r for r in stage.heard.records.values() if isinstance(r, StoragePool)]
    assert pools
    script(host.refresh, HOST)
    script(host.reconnect, HOST)


@pytest.mark.parametrize("way", [in_sh, in_python], ids=["virsh", "python"])
def test_quick_create_and_start(stage: Stage, way: Run) -> None:
    spec = MachineSpec("made by script", SourceKind.SAMPLE_GUEST)
    way(stage, Request(machine.create, HOST, (spec,)), Request(domain.start, made_by(0, "live")))
    stage.heard.until(lambda: any(r.name == spec.name for r in stage.domains()))
    (record,) = (r for r in stage.domains() if r.name == spec.name)
    guest = Guest(stage, record.ref, spec.name)
    guest.listen().wait_for("READY")
    guest.remove()


@pytest.mark.parametrize("way", [in_sh, in_python], ids=["virsh", "python"])
def test_an_image_is_converted_and_filled_in(stage: Stage, way: Run, tmp_path: Path) -> None:
    raw, image = tmp_path / "raw", tmp_path / "it's.vmdk"
    raw.write_bytes(b"\0" * 510 + b"\x55\xaa" + b"x" * (4 * 2**20 - 512))
    subprocess.run(["qemu-img", "convert", "-O", "vmdk", "-f", "raw", raw, image], check=True)
    spec = MachineSpec("filled", SourceKind.DISK_IMAGE, path=image, disk_bytes=8 * 2**20)
    way(stage, Request(machine.create, HOST, (spec,)))
    stage.heard.until(lambda: any(r.name == spec.name for r in stage.domains()))
    (record,) = (r for r in stage.domains() if r.name == spec.name)
    (disk,) = stage.engine.query(domain.owned_disks, record.ref).result(10)
    compare = ["qemu-img", "compare", "-q", "-f", "raw", "-F", "qcow2", str(raw), disk.path]
    assert subprocess.run(compare, check=False).returncode == 0
    assert disk.capacity_bytes == 8 * 2**20
    Guest(stage, record.ref, spec.name).remove()
