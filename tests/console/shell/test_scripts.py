"""Show as Script stands where something can be done, and opens one sheet."""

from pytestqt.qtbot import QtBot

from backend.model import DomainState
from backend.operations import domain as verbs
from backend.operations.script.request import Request
from console.shell.scope_model import ROOT
from console.shell.script_sheet import ScriptSheet
from console.shell.scripts import NODE, SELECTION
from console.shell.window import MainWindow
from tests.console.shell.steps import choose, offered
from tests.fakes import snapin
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain


def sheet(shell: MainWindow) -> ScriptSheet:
    (found,) = shell.findChildren(ScriptSheet)
    return found


def test_it_stands_with_the_selection_or_else_with_the_node(shell: MainWindow) -> None:
    shell.guide.navigate("machines/here")
    choose(shell)
    assert NODE in offered(shell)
    assert SELECTION not in offered(shell)
    choose(shell, "web-01")
    assert SELECTION in offered(shell)
    assert NODE not in offered(shell)


def test_alone_it_stands_nowhere(shell: MainWindow) -> None:
    shell.guide.navigate(ROOT)
    assert not offered(shell).keys() & {NODE, SELECTION}


def test_it_offers_what_can_be_done_now_but_itself(shell: MainWindow, qtbot: QtBot) -> None:
    shell.guide.navigate("machines/here")
    choose(shell, "web-01", "web-02")
    shell.actions_of.trigger(SELECTION)
    qtbot.waitUntil(lambda: bool(shell.findChildren(ScriptSheet)))
    listed = [sheet(shell).list.item(row).text() for row in range(sheet(shell).list.count())]
    assert "Shut Down" in listed
    assert "Quick Create..." in listed
    assert "Rename..." not in listed, "it is for one at a time"
    assert "Show as Script..." not in listed
    shell.actions_of.trigger(SELECTION)
    assert len(shell.findChildren(ScriptSheet)) == 1
    sheet(shell).close()


def test_what_is_opened_from_there_is_the_action_itself(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    shell.guide.navigate("machines/here")
    choose(shell, "web-01")
    snapin.calls.clear()
    entries = shell.actions_of.entries(shell.actions_of.selection)
    shell.scripts._do(next(entry for entry in entries if entry.id == "machine.turnoff"))
    assert snapin.calls == [("machine.turnoff", ("uuid-web-01",))]


def test_a_dialog_shows_its_own(shell: MainWindow, qtbot: QtBot) -> None:
    shell.context.show_script("Start", [Request(verbs.start, domain("a").ref)])
    qtbot.waitUntil(lambda: "start uuid-a" in sheet(shell).pane.virsh.toPlainText())
    sheet(shell).close()


def test_it_follows_what_becomes_of_the_machine(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    shell.guide.navigate("machines/here")
    choose(shell, "win-11")
    shell.actions_of.trigger(SELECTION)
    qtbot.waitUntil(lambda: bool(shell.findChildren(ScriptSheet)))

    def listed() -> list[str]:
        return [sheet(shell).list.item(row).text() for row in range(sheet(shell).list.count())]

    assert "Start" in listed()
    sheet(shell).list.setCurrentRow(listed().index("Rename..."))
    engine.put(domain("win-11", DomainState.RUNNING))
    qtbot.waitUntil(lambda: "Shut Down" in listed())
    assert "Start" not in listed()
    assert sheet(shell).list.currentItem().text() == "Rename..."
    engine.drop(domain("win-11").ref)
    qtbot.waitUntil(lambda: not shell.scripts._selection.records)
    assert "Shut Down" in listed(), "what was shown can still be read"
    sheet(shell).close()
