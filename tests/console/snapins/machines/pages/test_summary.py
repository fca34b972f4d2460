"""The facts of a machine, and the page that shows them."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QBoxLayout
from pytestqt.qtbot import QtBot

from backend.errors import Problem, StartFailed
from backend.model import Domain, DomainState, Guest, Kind, Record, StateReason
from backend.operations import domain as verbs
from console.sdk import afterwards
from console.snapins.machines.dialogs.notes import NotesDialog
from console.snapins.machines.pages import summary
from console.snapins.machines.pages.summary import SummaryPage
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import GIB, domain, host, reading


def machine(context: LentContext, name: str) -> Domain:
    found = context.lookup.record(domain(name).ref, Domain)
    assert found
    return found


def facts(record: Domain, context: LentContext) -> dict[str, str]:
    return {row.label: row.value for row in summary.rows(record, context.lookup) if row.value}


def test_a_running_machine(context: LentContext) -> None:
    told = facts(machine(context, "web-01"), context)
    assert told["State"].startswith("Running, started ")
    assert told["Guest"] == "Agent answers"
    assert told["Generation"] == "2 (UEFI)"
    assert told["Processors"] == "2 virtual"
    assert told["Memory"] == "2 GiB"


def test_a_guest_that_names_too_many_file_systems(context: LentContext, qtbot: QtBot) -> None:
    web = machine(context, "web-01")
    guest = Guest(web.ref.of(Kind.GUEST), does_agent_answer=True, unread_file_systems=967)
    context.engine.put(guest)
    words = "Agent answers, more file systems than figures are kept of: 967"
    qtbot.waitUntil(lambda: facts(web, context)["Guest"] == words)


def test_a_machine_that_is_off(context: LentContext) -> None:
    told = facts(machine(context, "template-debian"), context)
    assert told["State"] == "Off"
    assert "Guest" not in told
    assert told["Notes"] == "Template, 6 linked clones"


def test_an_agent_that_is_silent_and_one_that_is_not_there(context: LentContext) -> None:
    silent = machine(context, "test-04")
    assert silent.live
    assert facts(silent, context)["Guest"] == "No agent channel"
    with_channel = replace(silent, live=replace(silent.live, has_agent_channel=True))
    assert facts(with_channel, context)["Guest"] == "Agent does not answer"


def test_without_a_description_there_is_still_a_state(context: LentContext) -> None:
    bare = replace(domain("x"), next_start=None)
    told = {"State": "Off", "Automatic start": "No", "Identity": "uuid-x"}
    assert facts(bare, context) == told


def test_the_page_watches_while_it_is_seen(context: LentContext, qtbot: QtBot) -> None:
    page = SummaryPage(context)
    qtbot.addWidget(page)
    web = machine(context, "web-01")
    page.set_record(web)
    assert not context.engine.watched
    page.wake()
    afterwards.at_once()
    assert context.engine.watched[web.ref] == 1
    context.engine.sample(reading(web.ref, 1.0, 0.5, GIB, 2 * GIB))
    qtbot.waitUntil(lambda: "50" in page._cpu.accessibleDescription())
    page.sleep()
    assert not context.engine.watched


def test_trouble_stands_on_top(context: LentContext, qtbot: QtBot) -> None:
    page = SummaryPage(context)
    qtbot.addWidget(page)
    page.set_record(machine(context, "build"))
    page.wake()
    assert not page._banner.isHidden()
    page.set_record(machine(context, "web-01"))
    assert page._banner.isHidden()
    page.sleep()


def test_a_failed_job_is_told_too(context: LentContext, qtbot: QtBot) -> None:
    page = SummaryPage(context)
    qtbot.addWidget(page)
    record = machine(context, "template-debian")
    page.set_record(record)
    page.wake()
    job = context.submit(verbs.start, record.ref)
    context.engine.fail(job.id, StartFailed(name=record.name, detail=("no such drive",)))
    qtbot.waitUntil(lambda: context.lookup.last_failure(record.ref) is not None)
    page.refresh()
    assert not page._banner.isHidden()
    page.sleep()


def test_notes_are_edited_from_here(context: LentContext, qtbot: QtBot) -> None:
    page = SummaryPage(context)
    qtbot.addWidget(page)
    page.set_record(replace(domain("a", reason=StateReason.NORMAL), notes="x"))
    page.wake()
    page._notes.click()
    (dialog,) = context.dialogs
    assert isinstance(dialog, NotesDialog)
    assert dialog.text.toPlainText() == "x"
    page.sleep()


def test_nothing_selected_is_an_empty_page(context: LentContext, qtbot: QtBot) -> None:
    page = SummaryPage(context)
    qtbot.addWidget(page)
    page.wake()
    page.set_record(domain("a", DomainState.PAUSED, reason=StateReason.IO_ERROR))
    page.set_record(None)
    assert page._banner.isHidden()
    assert not page._notes.isEnabled()
    page.sleep()


def test_where_it_is_narrow_the_graphs_stand_below(context: LentContext, qtbot: QtBot) -> None:
    page = SummaryPage(context)
    qtbot.addWidget(page)
    page.resize(900, 400)
    page.show()
    assert page._across.direction() is QBoxLayout.Direction.LeftToRight
    page.resize(520, 600)
    assert page._across.direction() is QBoxLayout.Direction.TopToBottom


def test_where_one_may_only_look_the_notes_are_locked(
    context: LentContext, until: Callable[[Record], None], qtbot: QtBot
) -> None:
    until(replace(host(), is_read_only=True, notes=(Problem("ReadOnlyWanted"),)))
    page = SummaryPage(context)
    qtbot.addWidget(page)
    page.wake()
    page.set_record(machine(context, "web-01"))
    assert not page._notes.isEnabled()
    assert "read-only" in page._notes.toolTip()


def test_the_free_slots_are_told_at_once(context: LentContext) -> None:
    web = machine(context, "web-01")
    assert web.live
    web = replace(web, live=replace(web.live, pci_slots=8, free_pci_slots=6))
    told = {row.label: row.value for row in summary.rows(web, context.lookup)}
    assert told["Room"] == "6 of 8 hot-plug slots free"
    assert context.engine.queries == []


def test_what_the_first_look_would_wait_for_can_be_made_before(
    context: LentContext, qtbot: QtBot
) -> None:
    page = SummaryPage(context)
    qtbot.addWidget(page)
    for _step in page.prepare(machine(context, "web-01")):
        assert not page.is_awake
    made = [graph.plane._graph for graph in (page._cpu, page._memory)]
    labels = len(page._rows._labels)
    page.resize(900, 700)
    page.set_record(machine(context, "web-01"))
    page.wake()
    page.show()
    qtbot.waitUntil(page._cpu.plane.isVisible)
    assert None not in made
    assert [graph.plane._graph for graph in (page._cpu, page._memory)] == made
    assert len(page._rows._labels) == labels
    page.sleep()
