"""Changed settings as a script: what it patches is what virsh shows, and no secret is in it."""

import re
import subprocess
from pathlib import Path

from backend.model import DomainState, Ref
from backend.operations.script import python, virsh
from backend.operations.script.request import Request
from backend.operations.script.settings import public
from backend.operations.settings import sheet
from backend.operations.settings.acting import Tray
from backend.operations.settings.image import BeforeImage
from backend.settings import (
    NOW,
    Basis,
    Edit,
    Effect,
    Field,
    Plan,
    PlannedChange,
    Setting,
)
from tests.backend.conftest import Heard
from tests.backend.operations.script.known import Records
from tests.fakes import machines

COUNT, NOTES, LINK = (
    Setting(Field.PROCESSOR_COUNT), Setting(Field.NAME_NOTES), Setting(Field.ADAPTER_LINK, "52:54"),
)  # fmt: skip


def script(plan: Plan, state: DomainState, *options: tuple[str, object]) -> str:
    record = machines.domain("web", state)
    request = Request(sheet.apply, record.ref, (NOW, ()), options, plan)
    return virsh.dump("t", [request], Records(machines.host(), record), lambda p: p.message_id)


def test_what_acts_now_is_told_the_machine_too() -> None:
    plan = Plan(
        (
            PlannedChange(COUNT, 1, 2, Effect.NEXT_START),
            PlannedChange(LINK, before=True, after=False, effect=Effect.NOW),
            PlannedChange(NOTES, None, "a'b", Effect.NOW),
            PlannedChange(Setting(Field.ADAPTER_SWITCH, "52:54"), "a", "b", Effect.NOW),
            PlannedChange(Setting(Field.NAME), "web", "other", Effect.NOW),
        ),
        ("@@ -1 +1 @@", "-<vcpu>1</vcpu>", "+<vcpu>2</vcpu>"),
    )
    told = script(plan, DomainState.RUNNING)
    assert "setvcpus" not in told
    assert "domif-setlink" in told
    assert "# ScriptLeavesRunning" in told
    assert told.index("define --validate") < told.index("desc ") < told.index("domrename")
    off = script(plan, DomainState.OFF)
    assert "domif-setlink" not in off
    assert "desc " not in off
    assert "ScriptLeavesRunning" not in off


def test_a_disk_grows_where_it_is() -> None:
    size = Setting(Field.DRIVE_SIZE, "vda")
    plan = Plan((PlannedChange(size, 1024, 2048, Effect.NOW),))
    running = script(plan, DomainState.RUNNING)
    assert "blockresize uuid-web --path vda --size 2048B" in running
    assert "patch" not in running
    assert "vol-resize --vol" in script(plan, DomainState.OFF)


def test_a_disc_goes_by_force_only_if_that_was_chosen() -> None:
    plan = Plan((PlannedChange(Setting(Field.DRIVE_SOURCE, "sda"), "/a.iso", None, Effect.NOW),))
    assert "--eject" in script(plan, DomainState.RUNNING)
    assert "--force" not in script(plan, DomainState.RUNNING)
    told = script(plan, DomainState.RUNNING, ("tray", Tray.FORCED))
    assert "change-media uuid-web --path sda --live --eject --force" in told
    record = machines.domain("web", DomainState.RUNNING)
    request = Request(sheet.apply, record.ref, (NOW, ()), (("tray", Tray.FORCED),))
    known = Records(machines.host(), record)
    program = python.dump("t", [request], known, lambda p: p.message_id)
    compile(program, "program", "exec")
    assert "tray=Tray.FORCED" in program


def test_it_says_where_a_password_was_hidden() -> None:
    plan = Plan((), ("@@ -1 +1 @@", "-a passwd='***'", "+b"))
    assert "# ScriptHidesPassword" in script(plan, DomainState.OFF)


def test_the_program_has_no_more_of_the_base_than_it_needs() -> None:
    ref = machines.domain("web", DomainState.OFF).ref
    base = Basis(((COUNT, 1), (NOTES, "private")))
    request = Request(sheet.apply, ref, (base, (Edit(COUNT, 2),), BeforeImage("<secret/>", "mark")))
    assert public(request).arguments == (Basis(((COUNT, 1),)), (Edit(COUNT, 2),))
    known = Records(machines.host(), machines.domain("web", DomainState.OFF))
    program = python.dump("t", [request], known, lambda p: p.message_id)
    assert "secret" not in program
    assert "private" not in program
    compile(program, "program", "exec")
    assert "Edit(Setting(Field.PROCESSOR_COUNT), 2)" in program


def test_the_script_does_what_the_verb_does(heard: Heard, vm: Ref, tmp_path: Path) -> None:
    """Its difference is patched into what virsh shows, by the patch of this system."""
    edits = (Edit(COUNT, 4), Edit(NOTES, "it's <new>"))
    planned = heard.end_of(heard.engine.submit(sheet.plan, vm, NOW, edits)).result
    assert isinstance(planned, Plan)
    shown = heard.end_of(heard.engine.submit(sheet.look, vm)).result
    assert shown
    uri = heard.host().uri
    before = subprocess.run(
        ["virsh", "-c", uri, "dumpxml", "--inactive", "--security-info", vm.key],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    file = tmp_path / "definition"
    file.write_text(before)
    difference = "\n".join(planned.difference) + "\n"
    subprocess.run(["patch", "--quiet", str(file)], input=difference, text=True, check=True)
    after = file.read_text()
    assert re.search(r"<vcpu[^>]*>4</vcpu>", after)
    assert "<description>it&apos;s &lt;new&gt;</description>" in after
