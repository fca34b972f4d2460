"""Machines that go out and come in, in virsh."""

from pathlib import Path

from backend.model import Kind, Ref, StoragePool
from backend.operations.images import ImageFacts
from backend.operations.package import incoming, outgoing
from backend.operations.package.arrival import ImportPlan, ImportSpec
from backend.operations.package.manifest import Role
from backend.operations.package.origins import Layer, Origin
from backend.operations.package.outgoing import ExportPlan
from backend.operations.script.call import Call
from backend.operations.script.request import Request
from backend.operations.script.spellings import SPELLINGS
from backend.operations.script.subject import Subject
from backend.operations.volumes import PlannedVolume
from backend.specs import Then
from tests.backend.operations.script.known import Records
from tests.fakes import machines
from tests.fakes.machines import HOST

POOL = StoragePool(Ref("here", Kind.STORAGE_POOL, "p"), "default", "dir", True, path="/p")  # noqa: FBT003


def heads(calls: tuple[Call, ...]) -> list[str]:
    return [f"{call.program} {call.words[0]}" for call in calls]


def spelled(request: Request) -> tuple[Call, ...]:
    subject = Subject(request, machines.host(), "web", None, Records(machines.host()))
    return SPELLINGS[request.operation].calls(subject)


def test_a_machine_that_goes_out() -> None:
    top, base = (Layer(f"/p/{name}", "qcow2", 1, is_volume=True) for name in ("top", "base"))
    iso = Layer("/iso", "raw", 1, is_volume=False)
    made = (Origin("vda.qcow2", Role.DISK, (top, base)), Origin("sda.iso", Role.MEDIUM, (iso,)))
    plan = ExportPlan(Path("/out/web"), "<domain/>", made, "/nvram/web_VARS.fd", (), 1, 2)
    calls = spelled(Request(outgoing.export, HOST, (Path("/out"),), plan=plan))
    assert heads(calls) == [
        "mkdir /out/web",
        "virsh vol-download", "virsh vol-download", "qemu-img rebase", "qemu-img convert",
        "rm /out/web/vda.qcow2.0", "cp --sparse=always",
        "virsh pool-create", "virsh vol-download", "virsh pool-destroy", "virsh dumpxml",
    ]  # fmt: skip
    assert calls[3].words[-2:] == ("/out/web/vda.qcow2.1", "/out/web/vda.qcow2.0")
    assert calls[-1].output == "/out/web/machine.xml"


def test_a_machine_that_comes_in(tmp_path: Path) -> None:
    memory = tmp_path / "nvram.fd"
    memory.write_bytes(b"abc")
    volume = PlannedVolume("db.qcow2", "qcow2", 5, ImageFacts(tmp_path / "vda.vmdk", "vmdk", 5))
    plan = ImportPlan(
        "u", "db", POOL, (volume,), "<domain/>", (memory, "/nvram/db_VARS.fd"),
        tmp_path / "a.ova", tmp_path / "unpacked",
    )  # fmt: skip
    spec = ImportSpec(tmp_path / "a.ova", "db", (), then=Then.START)
    request = Request(incoming.bring_in, HOST, (spec,), plan=plan)
    assert heads(spelled(request)) == [
        "mkdir -p", "tar -x",
        "mktemp --suffix=.qcow2", "qemu-img convert", "virsh vol-create-as", "virsh vol-upload",
        "rm Variable(name='converted')",
        "virsh pool-create", "virsh vol-create-as", "virsh vol-upload", "virsh pool-destroy",
        "virsh define", "virsh start",
    ]  # fmt: skip
    assert SPELLINGS[incoming.bring_in].name_of_made(request) == "db"


def test_what_an_export_left_is_a_folder_to_be_deleted() -> None:
    request = Request(outgoing.discard, HOST, (Path("/out/.celadon-export-web-1"),))
    subject = Subject(request, machines.host(), "h", None, Records(machines.host()))
    (call,) = SPELLINGS[outgoing.discard].calls(subject)
    assert (call.program, call.words) == ("rm", ("-r", "/out/.celadon-export-web-1"))
