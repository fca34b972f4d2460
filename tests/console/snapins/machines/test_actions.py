"""What can be done in which state, and what it asks first."""

from dataclasses import replace

import pytest

from backend.model import Domain, DomainState, StateReason
from backend.operations.domain import Autostart
from console.sdk.actions import Selection, StandardVerb
from console.snapins.machines import actions
from console.snapins.machines.dialogs.delete import DeleteDialog
from console.snapins.machines.dialogs.notes import NotesDialog
from console.snapins.machines.wishes import wishes
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain
from tests.fakes.turning import turn

S, R = DomainState, StateReason
START, RESTORE = {"start"}, {"restore", "discard_saved_state"}
RUNNING = {"shutdown", "destroy", "managed_save", "suspend", "reset"}
PAUSED = {"destroy", "managed_save", "resume", "reset"}
CRITICAL = PAUSED - {"managed_save"}
PANICKED = {"destroy", "reset"}
OFF_ONLY = {"destroy"}
ALWAYS = {
    *("settings", "set_notes", "show_xml", "history", "rename", "delete", "autostart_on"),
    *("add_device", "remove_device", "clone", "export"),
}


def expected(state: DomainState, reason: StateReason) -> set[str]:  # noqa: C901, PLR0911
    """What applies to a machine with its live description wherever it has one."""
    if state is S.OFF:
        return START
    if state is S.RUNNING:
        return OFF_ONLY if reason is R.NOT_ANSWERING else RUNNING
    if state is S.PAUSED:
        if reason in (R.DISK_FULL, R.IO_ERROR):
            return CRITICAL
        if reason in (R.PANICKED, R.CRASHED):
            return PANICKED
        if reason in (R.MIGRATING, R.SAVING, R.STARTING, R.SNAPSHOT):
            return OFF_ONLY
        return PAUSED
    if state is S.SLEEPING:
        return {"destroy", "resume"}
    if state is S.SHUTTING_DOWN:
        return OFF_ONLY
    return START if state is S.CRASHED else set()


def offered(machine: Domain) -> set[str]:
    rows = (row for row in actions.actions() if row.applies(machine))
    return {row.id.removeprefix("domain.") for row in rows}


def refused(machine: Domain) -> set[str]:
    rows = (row for row in actions.actions() if row.applies(machine) and row.refusal(machine))
    return {row.id.removeprefix("domain.") for row in rows}


def run(action_id: str, context: LentContext, *machines: Domain) -> None:
    row = actions.action(f"domain.{action_id}")
    work = row.run(context, Selection(None, machines))
    if work is not None:
        context.run(work)
        turn()


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("reason", R)
def test_what_applies(state: DomainState, reason: StateReason) -> None:
    machine = domain("a", state, reason=reason)
    screen = {"connect", "connect_in_window"} if machine.is_active else set()
    assert offered(machine) == expected(state, reason) | ALWAYS | screen


@pytest.mark.parametrize("reason", R)
def test_a_saved_machine_is_restored_or_its_state_deleted(reason: StateReason) -> None:
    saved = domain("a", reason=reason, has_saved_state=True)
    assert offered(saved) == RESTORE | ALWAYS
    assert refused(saved) == {"rename", "add_device", "remove_device", "clone", "export"}


def test_a_crashed_machine_that_qemu_still_holds_is_not_started() -> None:
    crashed = domain("a", S.CRASHED)
    preserved = replace(crashed, live=crashed.next_start)
    assert offered(preserved) == PANICKED | ALWAYS | {"connect", "connect_in_window"}
    assert refused(preserved) == {"rename", "delete", "clone", "export"}


@pytest.mark.parametrize("state", [S.RUNNING, S.PAUSED, S.SHUTTING_DOWN, S.SLEEPING])
def test_what_runs_is_neither_renamed_nor_deleted(state: DomainState) -> None:
    assert refused(domain("a", state)) == {"rename", "delete", "clone", "export"}


def test_a_transient_machine_keeps_nothing() -> None:
    transient = replace(domain("a", S.RUNNING), is_persistent=False)
    assert refused(transient) == {"rename", "delete", "managed_save"}
    assert "autostart_on" not in offered(transient)


def test_autostart_is_a_pair_of_which_one_applies() -> None:
    starting = replace(domain("a"), is_autostart=True)
    assert "autostart_off" in offered(starting)
    assert "autostart_on" not in offered(starting)


def test_the_table_is_sound() -> None:
    rows = actions.actions()
    assert len({row.id for row in rows}) == len(rows)
    sections = [row.section for row in rows]
    assert sections == sorted(sections)
    verbs = {row.id: row.verb for row in rows if row.verb}
    assert verbs == {
        "domain.settings": StandardVerb.PROPERTIES,
        "domain.rename": StandardVerb.RENAME,
        "domain.delete": StandardVerb.DELETE,
    }


@pytest.mark.parametrize(
    ("action", "operation"),
    [
        ("start", "domain.start"),
        ("restore", "domain.start"),
        ("shutdown", "domain.shutdown"),
        ("managed_save", "domain.managed_save"),
        ("suspend", "domain.suspend"),
        ("resume", "domain.resume"),
    ],
)
def test_one_job_per_machine(context: LentContext, action: str, operation: str) -> None:
    run(action, context, domain("a"), domain("b"))
    assert context.submitted() == [(operation, "uuid-a"), (operation, "uuid-b")]


@pytest.mark.parametrize(
    ("action", "operation"),
    [
        ("destroy", "domain.destroy"),
        ("reset", "domain.reset"),
        ("discard_saved_state", "domain.discard_saved_state"),
    ],
)
def test_what_loses_something_asks_first_and_names_all(
    context: LentContext, action: str, operation: str
) -> None:
    context.answers = [1, 0]
    run(action, context, domain("a"), domain("b"))
    assert context.submitted() == []
    run(action, context, domain("a"), domain("b"))
    assert context.submitted() == [(operation, "uuid-a"), (operation, "uuid-b")]
    question = context.questions[0]
    assert question.detail == ("a", "b")
    assert question.is_danger
    assert "2" in question.title


def test_one_machine_is_named_in_the_title(context: LentContext) -> None:
    context.answers = [1]
    run("destroy", context, domain("web"))
    assert context.questions[0].title == "Turn off web?"


def test_autostart_is_set(context: LentContext) -> None:
    run("autostart_on", context, domain("a"))
    run("autostart_off", context, domain("a"))
    settings = [job.arguments for job in context.engine.submissions]
    assert settings == [(Autostart.ON,), (Autostart.OFF,)]


def test_rename_asks_and_refuses_while_one_types(context: LentContext) -> None:
    context.texts = ["web-09"]
    web = context.lookup.record(domain("web-01").ref, Domain)
    assert web
    run("rename", context, web)
    assert context.last().operation == "domain.rename"
    assert context.last().arguments == ("web-09",)
    (refusal,) = context.refusals
    assert "already" in refusal("web-02")
    assert refusal("web-01") == ""
    assert "slash" in refusal("a/b")


@pytest.mark.parametrize("text", [None, "web-01"])
def test_a_rename_that_changes_nothing_is_none(context: LentContext, text: str | None) -> None:
    context.texts = [text]
    run("rename", context, domain("web-01"))
    assert context.submitted() == []


def test_delete_and_notes_open_their_dialogs(context: LentContext) -> None:
    run("delete", context, domain("a"))
    run("set_notes", context, domain("a"))
    delete, notes = context.dialogs
    assert isinstance(delete, DeleteDialog)
    assert isinstance(notes, NotesDialog)


def test_who_connects_goes_to_the_machine_and_wishes_for_its_screen(context: LentContext) -> None:
    running = domain("a", S.RUNNING)
    run("connect", context, running)
    assert context.places == [("machine:here:uuid-a", None)]
    assert wishes.grant(running.ref)
