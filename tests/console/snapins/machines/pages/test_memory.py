"""Memory in lines."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from backend.model import Domain, DomainState
from console.sdk import afterwards
from console.snapins.machines.pages import memory
from console.snapins.machines.pages.memory import MemoryPage
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import GIB, domain, reading

WEB = domain("web-01", DomainState.RUNNING, memory_gib=2)


def lines(machine: Domain, context: LentContext) -> dict[str, str]:
    return {row.label: row.value for row in memory.rows(machine, context.lookup) if row.value}


def test_off_there_is_only_what_it_starts_with(context: LentContext) -> None:
    assert lines(domain("x"), context) == {
        "Startup memory": "1 GiB",
        "Maximum": "1 GiB",
        "Dynamic memory": "No",
    }


def test_running_it_tells_what_it_holds_and_uses(context: LentContext, qtbot: QtBot) -> None:
    page = MemoryPage(context)
    qtbot.addWidget(page)
    page.set_record(WEB)
    page.wake()
    afterwards.at_once()
    assert lines(WEB, context)["Used by the guest"] == "The guest does not tell"
    context.engine.sample(reading(WEB.ref, 1.0, 0.1, GIB, 2 * GIB))
    qtbot.waitUntil(lambda: lines(WEB, context)["Used by the guest"] == "1 GiB (50 %)")
    assert lines(WEB, context)["Assigned"] == "2 GiB"
    page.sleep()
    assert not context.engine.watched


def test_what_the_next_start_changes_is_said(context: LentContext) -> None:
    assert WEB.next_start
    changed = replace(WEB, next_start=replace(WEB.next_start, memory_bytes=4 * GIB))
    assert lines(changed, context)["At the next start"] == "4 GiB"
    assert lines(replace(WEB, live=None, next_start=None), context) == {}
