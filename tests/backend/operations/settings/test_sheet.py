"""The verbs on libvirt's test driver: looked at, planned, applied, taken back."""

import libvirt
import pytest

from backend.hypervisor import commands, described
from backend.jobs import Job, JobState
from backend.model import Domain, Ref
from backend.operations import domain
from backend.operations.domain import Autostart
from backend.operations.settings import sheet
from backend.operations.undo import undoing
from backend.settings import NOW, Basis, Edit, Effect, Field, Plan, Setting, Sheet, Value
from tests.backend.conftest import UUID, Heard

MIB = 2**20
STARTUP, MAXIMUM = Setting(Field.MEMORY_STARTUP), Setting(Field.MEMORY_MAXIMUM)
COUNT, TITLE, NOTES = (
    Setting(Field.PROCESSOR_COUNT), Setting(Field.NAME_TITLE), Setting(Field.NAME_NOTES),
)  # fmt: skip
NAME, AUTOSTART = Setting(Field.NAME), Setting(Field.AUTOSTART)


def end(heard: Heard, operation: object, ref: Ref, *arguments: object) -> Job:
    return heard.end_of(heard.engine.submit(operation, ref, *arguments))  # type: ignore[arg-type]


def look(heard: Heard, vm: Ref) -> Sheet:
    job = end(heard, sheet.look, vm)
    assert isinstance(job.result, Sheet), job
    return job.result


def value(heard: Heard, vm: Ref, setting: Setting) -> Value:
    found = look(heard, vm).entry(setting)
    assert found
    return found.value


def machine(heard: Heard) -> Domain:
    found = heard.domain()
    assert found
    return found


def test_a_sheet_shows_what_there_is(heard: Heard, vm: Ref) -> None:
    found = look(heard, vm)
    assert (found.name, found.is_running, found.is_persistent) == ("test", True, True)
    startup = found.entry(STARTUP)
    assert startup
    assert startup.next_start == startup.live == 2048 * MIB
    assert startup.effect is Effect.NOW
    assert not startup.is_pending
    assert found.pending == ()


def test_what_waits_is_marked_and_taken_back(heard: Heard, vm: Ref) -> None:
    job = end(heard, sheet.apply, vm, NOW, (Edit(STARTUP, 1024 * MIB), Edit(MAXIMUM, 3072 * MIB)))
    assert job.state is JobState.DONE, job
    found = look(heard, vm)
    assert {edit.setting for edit in found.pending} == {MAXIMUM}
    assert end(heard, sheet.apply, vm, found.base, found.pending).state is JobState.DONE
    assert look(heard, vm).pending == ()


def test_a_plan_says_what_becomes_of_each_and_changes_nothing(heard: Heard, vm: Ref) -> None:
    edits = (Edit(MAXIMUM, 1024 * MIB), Edit(NOTES, "hello"), Edit(NAME, "x"), Edit(COUNT, 0))
    job = end(heard, sheet.plan, vm, look(heard, vm).base, edits)
    assert isinstance(job.result, Plan), job
    plan = job.result
    told = {c.setting: (c.effect, c.problem and c.problem.message_id) for c in plan.changes}
    assert told == {
        STARTUP: (Effect.NOW, None),
        MAXIMUM: (Effect.NEXT_START, None),
        NOTES: (Effect.NOW, None),
        NAME: (Effect.REFUSED, "WrongState"),
        COUNT: (Effect.REFUSED, "ValueTooSmall"),
    }
    consequence = plan.effect(STARTUP)
    assert consequence
    assert consequence.is_consequence
    assert any("hello" in line for line in plan.difference)
    assert value(heard, vm, STARTUP) == 2048 * MIB
    assert machine(heard).notes == ""


def test_all_of_it_is_applied_and_taken_back(heard: Heard, vm: Ref) -> None:
    end(heard, domain.destroy, vm)
    before = definition(heard)
    edits = (
        Edit(NAME, "other"), Edit(NOTES, "hello"), Edit(TITLE, "Other"),
        Edit(AUTOSTART, value=True), Edit(COUNT, 4), Edit(MAXIMUM, 1024 * MIB),
    )  # fmt: skip
    job = end(heard, sheet.apply, vm, look(heard, vm).base, edits)
    assert job.state is JobState.DONE, job
    found = machine(heard)
    assert (found.name, found.notes, found.is_autostart) == ("other", "hello", True)
    assert found.next_start
    assert (found.next_start.vcpus, found.next_start.memory_bytes) == (4, 1024 * MIB)
    assert job.inverse
    back = end(heard, undoing(job.inverse), vm)
    assert back.state is JobState.DONE, back
    assert definition(heard) == before
    assert (machine(heard).name, machine(heard).is_autostart) == ("test", False)


def test_what_somebody_else_changed_meanwhile_stays(heard: Heard, vm: Ref) -> None:
    base = look(heard, vm).base
    end(heard, domain.set_notes, vm, "of others")
    plan = end(heard, sheet.plan, vm, base, (Edit(TITLE, "mine"),)).result
    assert isinstance(plan, Plan)
    assert plan.elsewhere == ((NOTES, None, "of others"),)
    assert end(heard, sheet.apply, vm, base, (Edit(TITLE, "mine"),)).state is JobState.DONE
    assert value(heard, vm, NOTES) == "of others"
    assert value(heard, vm, TITLE) == "mine"


def test_what_somebody_else_changed_is_never_overwritten(heard: Heard, vm: Ref) -> None:
    base = look(heard, vm).base
    end(heard, domain.set_notes, vm, "of others")
    job = end(heard, sheet.apply, vm, base, (Edit(TITLE, "t"), Edit(NOTES, "mine")))
    assert job.problem
    assert job.problem.message_id == "ChangedElsewhere"
    assert job.problem["now"] == "of others"
    assert value(heard, vm, TITLE) is None


def test_a_quick_action_has_no_base(heard: Heard, vm: Ref) -> None:
    end(heard, domain.set_notes, vm, "of others")
    assert end(heard, sheet.apply, vm, NOW, (Edit(NOTES, "mine"),)).state is JobState.DONE
    assert machine(heard).notes == "mine"


def test_what_changes_nothing_is_no_change(heard: Heard, vm: Ref) -> None:
    job = end(heard, sheet.apply, vm, Basis(), (Edit(STARTUP, 2048 * MIB), Edit(NOTES, " ")))
    assert job.state is JobState.DONE
    assert job.result == Plan((), ())
    assert job.inverse is None


def test_a_place_that_is_gone_is_refused(heard: Heard, vm: Ref) -> None:
    job = end(heard, sheet.apply, vm, NOW, (Edit(Setting(Field.NAME_NOTES, "vdz"), "x"),))
    assert job.problem
    assert job.problem.message_id == "SettingMissing"


def test_a_part_that_fails_leaves_all_as_it_was(
    heard: Heard, vm: Ref, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = definition(heard)

    def refuse(*_arguments: object) -> None:
        raise libvirt.libvirtError("no")

    monkeypatch.setattr("backend.hypervisor.commands.set_live_notes", refuse)
    edits = (
        Edit(STARTUP, 1024 * MIB),
        Edit(TITLE, "t"),
        Edit(NOTES, "n"),
        Edit(AUTOSTART, value=True),
    )
    job = end(heard, sheet.apply, vm, NOW, edits)
    assert job.state is JobState.FAILED
    assert definition(heard) == before
    assert machine(heard).is_autostart is False
    assert look(heard, vm).pending == ()
    assert end(heard, domain.set_autostart, vm, Autostart.OFF).state is JobState.DONE


def test_what_somebody_else_changes_before_a_part_fails_stays(
    heard: Heard, vm: Ref, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(connect: libvirt.virConnect, uuid: str, _text: str) -> None:
        text = commands.describe(connect, uuid).replace("</name>", "</name><title>his</title>")
        connect.defineXML(text)
        raise libvirt.libvirtError("no")

    monkeypatch.setattr("backend.hypervisor.commands.set_live_notes", refuse)
    job = end(heard, sheet.apply, vm, NOW, (Edit(COUNT, 3), Edit(NOTES, "mine")))
    assert job.state is JobState.FAILED
    entry = look(heard, vm).entry(COUNT)
    assert entry
    assert entry.next_start == 2
    assert value(heard, vm, TITLE) == "his"
    assert value(heard, vm, NOTES) is None


def test_what_somebody_else_changes_just_before_stays(
    heard: Heard, vm: Ref, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_at = described.describe_whole

    def look_and_change(connect: libvirt.virConnect, uuid: str) -> described.Described:
        told = look_at(connect, uuid)
        monkeypatch.undo()
        commands.set_notes(connect, uuid, "his")
        return told

    monkeypatch.setattr("backend.hypervisor.described.describe_whole", look_and_change)
    job = end(heard, sheet.apply, vm, NOW, (Edit(TITLE, "mine"),))
    assert job.state is JobState.DONE, job
    assert value(heard, vm, NOTES) == "his"
    assert value(heard, vm, TITLE) == "mine"


def test_a_machine_that_somebody_deleted_is_not_defined_again(heard: Heard) -> None:
    text = definition(heard)
    connect = libvirt.open("test:///default")
    found = connect.lookupByName("test")
    found.destroy()
    found.undefine()
    with pytest.raises(libvirt.libvirtError, match="not found"):
        commands.redefine(connect, UUID, text)
    connect.close()


def definition(heard: Heard) -> str:
    job = end(heard, domain.description, Ref("t", machine(heard).ref.kind, UUID))
    return str(job.result)
