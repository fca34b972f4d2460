"""Each verb in virsh, with what it depends on; and none is forgotten."""

import inspect
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from backend import defaults
from backend.devices import Device, DeviceKind, When
from backend.errors import Problem
from backend.model import (
    Accelerator,
    Disk,
    DomainState,
    Firmware,
    Kind,
    Network,
    Record,
    Ref,
    StateReason,
    StoragePool,
    StorageVolume,
)
from backend.operations import (
    alterations,
    amend,
    clone,
    definition,
    device,
    domain,
    host,
    machine,
    storage,
)
from backend.operations.alterations import Undoing
from backend.operations.clone import ClonePlan
from backend.operations.definition import Claim
from backend.operations.device_plan import DevicePlan, PlannedDevice
from backend.operations.domain import Autostart
from backend.operations.images import ImageFacts
from backend.operations.package import incoming, outgoing
from backend.operations.planning import MachinePlan
from backend.operations.script.call import Call
from backend.operations.script.request import RECORDS, Operation, Request
from backend.operations.script.spellings import SILENT, SPELLINGS
from backend.operations.script.subject import Subject
from backend.operations.settings import sheet
from backend.operations.volumes import PlannedVolume
from backend.settings import Effect, Field, Plan, PlannedChange, Setting
from backend.specs import MachineSpec, SourceKind
from tests.backend.operations.script.known import Records
from tests.fakes import machines
from tests.fakes.machines import HOST

S = DomainState
QUESTIONS = {
    domain.owned_disks, domain.screenshot, domain.log_tail, domain.description,
    domain.hidden_definition, alterations.read, alterations.read_deleted,
    alterations.compare, alterations.text, alterations.plan,
    machine.check_image, machine.check_boot_file, machine.plan, machine.plan_all,
    definition.examine, definition.example, definition.describe, definition.read_file,
    clone.plan, device.look, device.plan, device.plan_room, sheet.look, sheet.plan,
    outgoing.plan, incoming.look, incoming.plan, incoming.doubts,
}  # fmt: skip
"""What is asked without a job changes nothing: there is nothing to write down."""
VERBS = (
    alterations, amend, clone, definition, device, domain, host, machine, storage, sheet, outgoing,
    incoming,
)  # fmt: skip


def calls(operation: Operation, record: Record, *arguments: object) -> list[str]:
    """Return what virsh is told, without its name and the way to the host."""
    known = Records(machines.host(), record)
    request = Request(operation, record.ref, arguments)
    told = known.record(record.ref, RECORDS[record.ref.kind])
    subject = Subject(request, machines.host(), record.ref.key, told, known)
    found: tuple[Call, ...] = SPELLINGS[operation].calls(subject)
    return [" ".join(str(word) for word in call.words) for call in found]


def verbs_of(module: ModuleType) -> set[Operation]:
    """Return what takes a host and a reference: what a client can hand in."""
    found = set()
    for name, function in inspect.getmembers(module, inspect.iscoroutinefunction):
        is_own = function.__module__ == module.__name__ and not name.startswith("_")
        if is_own and list(inspect.signature(function).parameters)[1:2] in (["ref"], ["_ref"]):
            found.add(function)
    return found


@pytest.mark.parametrize("module", VERBS, ids=lambda module: module.__name__)
def test_no_verb_is_forgotten(module: ModuleType) -> None:
    missing = verbs_of(module) - set(SPELLINGS) - set(SILENT) - QUESTIONS
    assert not {verb.__name__ for verb in missing}, "each needs a line in SPELLINGS or in SILENT"


@pytest.mark.parametrize(
    ("operation", "command"),
    [
        (domain.start, "start"),
        (domain.shutdown, "shutdown"),
        (domain.destroy, "destroy"),
        (domain.suspend, "suspend"),
        (domain.discard_saved_state, "managedsave-remove"),
    ],
)
def test_plain_ones(operation: Operation, command: str) -> None:
    assert calls(operation, machines.domain("a")) == [f"{command} uuid-a"]


def test_a_save_shows_how_far_it_is() -> None:
    assert calls(domain.managed_save, machines.domain("a")) == ["managedsave uuid-a --verbose"]


def test_what_sleeps_is_woken() -> None:
    assert calls(domain.resume, machines.domain("a", S.PAUSED)) == ["resume uuid-a"]
    assert calls(domain.resume, machines.domain("a", S.SLEEPING)) == ["dompmwakeup uuid-a"]


def test_what_panicked_runs_again_after_the_reset() -> None:
    panicked = machines.domain("a", S.PAUSED, reason=StateReason.PANICKED)
    assert calls(domain.reset, machines.domain("a", S.RUNNING)) == ["reset uuid-a"]
    assert calls(domain.reset, panicked) == ["reset uuid-a", "resume uuid-a"]


def test_texts_stand_behind_their_option() -> None:
    off, running = machines.domain("a"), machines.domain("a", S.RUNNING)
    transient = replace(running, is_persistent=False)
    assert calls(domain.rename, off, "-x") == ["domrename uuid-a --new-name -x"]
    assert calls(domain.set_notes, off, "-x ") == ["desc uuid-a --config --new-desc -x"]
    assert calls(domain.set_notes, running, "x") == ["desc uuid-a --config --live --new-desc x"]
    assert calls(domain.set_notes, transient, "x") == ["desc uuid-a --live --new-desc x"]


def test_automatic_start() -> None:
    on, off = Autostart.ON, Autostart.OFF
    assert calls(domain.set_autostart, machines.domain("a"), on) == ["autostart uuid-a"]
    assert calls(domain.set_autostart, machines.domain("a"), off) == ["autostart uuid-a --disable"]


def test_delete_takes_the_definition_first_and_then_the_disks() -> None:
    machine_ = machines.domain("a")
    assert machine_.next_start
    bios = replace(machine_, next_start=replace(machine_.next_start, firmware=Firmware.BIOS))
    words = "undefine uuid-a --managed-save --snapshots-metadata --checkpoints-metadata"
    assert calls(domain.delete, bios) == [words]
    assert calls(domain.delete, machine_, ("/a.qcow2", "/b.qcow2")) == [
        f"{words} --nvram", "vol-delete --vol /a.qcow2", "vol-delete --vol /b.qcow2",
    ]  # fmt: skip


def test_refresh_reads_the_pools_that_are_active() -> None:
    pools = [
        StoragePool(Ref("here", Kind.STORAGE_POOL, name), name, "dir", is_active=name != "off")
        for name in ("b", "a", "off")
    ]
    known = Records(machines.host(), *pools)
    subject = Subject(Request(host.refresh, HOST), machines.host(), "here", None, known)
    told = [call.words for call in SPELLINGS[host.refresh].calls(subject)]
    assert told[3:] == [("pool-refresh", "--pool", "a"), ("pool-refresh", "--pool", "b")]
    assert told[:3] == [("list", "--all"), ("net-list", "--all"), ("pool-list", "--all")]


def test_remarks_say_what_virsh_does_not_do() -> None:
    subject = Subject(Request(host.reconnect, HOST), machines.host(), "here", None, Records())
    (call,) = SPELLINGS[host.reconnect].calls(subject)
    assert call.words == ("version",)
    assert call.remark


def test_no_secret_has_a_spelling() -> None:
    assert host.answer in SILENT
    assert not set(SILENT) & set(SPELLINGS)


def test_a_sheet_is_one_command_after_the_other() -> None:
    switch = Network(Ref(HOST.host, Kind.NETWORK, "n"), "nat", "nat", is_active=True)
    assert calls(amend.network_autostart, switch, Autostart.OFF) == ["net-autostart n --disable"]
    pool = StoragePool(Ref(HOST.host, Kind.STORAGE_POOL, "p"), "default", "dir", is_active=True)
    assert calls(amend.pool_autostart, pool, Autostart.ON) == ["pool-autostart p"]
    path = "/images/a.qcow2"
    volume = StorageVolume(
        Ref(HOST.host, Kind.STORAGE_VOLUME, path), pool.ref, "a.qcow2", path, "qcow2", 1, 1
    )
    assert calls(storage.delete_volume, volume) == [f"vol-delete {path}"]


def test_a_device_is_its_volume_and_its_description() -> None:
    pool = StoragePool(Ref(HOST.host, Kind.STORAGE_POOL, "p"), "default", "dir", is_active=True)
    volume = PlannedVolume("a-vdb.qcow2", "qcow2", 2**20)
    part = Disk("vdb", "virtio", "disk", "/i/a-vdb.qcow2", "qcow2", "ua-1")
    one = PlannedDevice(part, pool, volume)
    plan = DevicePlan((one,), is_live=True, is_lasting=True)
    record = machines.domain("a", S.RUNNING)
    request = Request(device.add, record.ref, ((),), plan=plan)
    subject = Subject(request, machines.host(), record.ref.key, record, Records(machines.host()))
    made, added = SPELLINGS[device.add].calls(subject)
    assert made.words[0] == "vol-create-as"
    assert added.words == (
        "attach-device", "uuid-a", "--file", "/dev/stdin", "--live", "--config",
    )  # fmt: skip
    assert added.text == one.description


def test_a_device_that_goes_is_asked_for_and_then_taken_out_of_the_definition() -> None:
    disk, mac = Device(DeviceKind.DISK, "vdb"), "52:54:00:00:00:01"
    runs, off = machines.domain("a", S.RUNNING), machines.domain("a")
    assert calls(device.remove, runs, (disk,)) == [
        "detach-disk uuid-a --target vdb --live",
        "detach-disk uuid-a --target vdb --config",
    ]
    nic = Device(DeviceKind.NETWORK_ADAPTER, mac)
    later = "detach-interface uuid-a --type network --mac 52:54:00:00:00:01 --config"
    assert calls(device.remove, off, (nic,)) == [later]
    assert calls(device.remove, runs, (nic,), When.NEXT_START) == [later]


XML = (
    "<domain type='kvm'><name>{name}</name>"
    "<uuid>0b5fa6f0-6a31-4d63-b2f5-3a1e3c1d7c01</uuid></domain>"
)


def written_calls(name: str, claim: Claim) -> Call:
    known = Records()
    request = Request(definition.define, HOST, (XML.format(name=name), claim))
    subject = Subject(request, machines.host(), "here", None, known)
    (call,) = SPELLINGS[definition.define].calls(subject)
    assert call.words == ("define", "--validate", "--file", "/dev/stdin")
    return call


def test_a_description_is_read_by_virsh_as_it_is_to_become() -> None:
    assert written_calls("new", Claim.NEW).text == XML.format(name="new")
    assert "uuid" not in written_calls("new", Claim.NEW_IDENTITY).text
    assert "<uuid>uuid-web-01</uuid>" in written_calls("web-01", Claim.REPLACE).text
    made = Request(definition.define, HOST, (XML.format(name="new"), Claim.NEW))
    assert SPELLINGS[definition.define].name_of_made(made) == "new"


def test_a_machine_is_made_as_it_was_planned() -> None:
    pool = StoragePool(Ref("here", Kind.STORAGE_POOL, "p"), "p q", "dir", is_active=True)
    volumes = (
        PlannedVolume("a.qcow2", "qcow2", 20),
        PlannedVolume("b.qcow2", "qcow2", 9, ImageFacts(Path("/i"), "vmdk", 5)),
        PlannedVolume("c.qcow2", "qcow2", 5, ImageFacts(Path("/j"), "qcow2", 5)),
        PlannedVolume("d.iso", "raw", 5, ImageFacts(Path("/k"), "raw", 5)),
    )
    choices = defaults.Choices("u", "52:54:00:00:00:00", Accelerator.KVM, 2, 0.0)
    domain_ = defaults.complete(MachineSpec("web", SourceKind.DVD_IMAGE), choices)
    plan = MachinePlan(pool, volumes, domain_)
    spec = MachineSpec("web", SourceKind.DVD_IMAGE)
    request = Request(machine.create, HOST, (spec,), plan=plan)
    calls_ = SPELLINGS[machine.create].calls(
        Subject(request, machines.host(), "here", None, Records())
    )
    told = [f"{call.program} {call.words[0]}" for call in calls_]
    assert told == [
        "virsh vol-create-as",
        "mktemp --suffix=.qcow2", "qemu-img convert", "virsh vol-create-as", "virsh vol-upload",
        "rm Variable(name='converted')", "virsh vol-resize",
        "virsh vol-create-as", "virsh vol-upload",
        "virsh vol-create-as", "virsh vol-upload",
        "virsh pool-refresh", "virsh define",
    ]  # fmt: skip
    assert "<name>web</name>" in calls_[-1].text
    assert SPELLINGS[machine.create].name_of_made(request) == "web"


def test_what_is_cloned_shows_no_password() -> None:
    text = "<domain><devices><graphics type='vnc' passwd='geheim'/></devices></domain>"
    request = Request(clone.clone, HOST, (("b",),), plan=(ClonePlan("u", "b", (), text),))
    known = Records(machines.host())
    (call,) = SPELLINGS[clone.clone].calls(Subject(request, machines.host(), "a", None, known))
    assert "geheim" not in call.text
    assert call.remark == Problem("ScriptHidesPassword")


def test_a_clone_gets_its_firmware_s_memory_by_a_pool_that_goes_again() -> None:
    plan = ClonePlan("u", "b", (), "<domain/>", ("/nvram/a_VARS.fd", "/nvram/b_VARS.fd"))
    request = Request(clone.clone, HOST, (("b",),), plan=(plan,))
    known = Records(machines.host())
    found = SPELLINGS[clone.clone].calls(Subject(request, machines.host(), "a", None, known))
    assert [call.words[0] for call in found] == [
        "pool-create", "vol-clone", "pool-destroy", "define",
    ]  # fmt: skip
    assert "<path>/nvram</path>" in found[0].text
    assert found[1].words[-1] == "b_VARS.fd"


def test_room_is_made_without_a_word_of_the_password() -> None:
    text = "<domain><devices><graphics type='vnc' passwd='geheim'/></devices></domain>"
    request = Request(device.make_room, HOST, (), plan=text)
    known = Records(machines.host())
    (call,) = SPELLINGS[device.make_room].calls(Subject(request, machines.host(), "a", None, known))
    assert "geheim" not in call.text
    assert call.remark == Problem("ScriptHidesPassword")


def test_a_change_that_is_undone_is_patched_as_settings_are() -> None:
    count = Setting(Field.PROCESSOR_COUNT)
    change = PlannedChange(count, 4, 2, Effect.NOW)
    undoing = Undoing(Plan((change,), ("-<vcpu>4</vcpu>", "+<vcpu>2</vcpu>")))
    found = machines.domain("a", S.RUNNING)
    request = Request(alterations.undo, found.ref, ("m1", "m2"), plan=undoing)
    subject = Subject(request, machines.host(), found.ref.key, found, Records(found))
    said = [call.words for call in SPELLINGS[alterations.undo].calls(subject)]
    assert ("define", "--validate", "--file") in [words[:3] for words in said]
    assert any(words[:1] == ("setvcpus",) for words in said)


def test_a_deleted_machine_is_defined_from_what_was_kept() -> None:
    request = Request(alterations.define_again, HOST, ("m1",), plan="<domain/>")
    subject = Subject(request, machines.host(), HOST.key, machines.host(), Records())
    (call,) = SPELLINGS[alterations.define_again].calls(subject)
    assert call.text == "<domain/>"
