"""Going about."""

from pytestqt.qtbot import QtBot

from backend.model import Kind
from console.shell.scope_model import ROOT
from console.shell.window import MainWindow
from tests.console.shell.steps import choose, offered, page
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import HOST, domain


def test_back_forward_and_up(shell: MainWindow, qtbot: QtBot) -> None:
    shell.context.navigate(f"machine/{domain('web-01').ref.key}")
    assert shell.windowTitle().startswith("web-01")
    assert "machine.shutdown" in offered(shell)
    shell.commands.up.trigger()
    assert shell.windowTitle().startswith("Virtual Machines")
    shell.commands.back.trigger()
    assert shell.windowTitle().startswith("web-01")
    shell.commands.forward.trigger()
    assert shell.windowTitle().startswith("Virtual Machines")
    shell.context.navigate(f"machines/{HOST.host}", domain("db-01").ref)
    assert [r.ref.key for r in page(shell).area.pane.chosen()] == ["uuid-db-01"]


def test_a_node_that_goes_leaves_one_standing_near(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    ref = domain("web-01").ref
    shell.context.navigate(f"machine/{ref.key}")
    engine.drop(ref)
    qtbot.waitUntil(lambda: shell.scope.node(f"machine/{ref.key}") is None)
    node = shell.guide.node
    assert node is not None
    assert node == shell.panes.tree.chosen()


def test_a_record_is_opened_where_it_has_a_node(shell: MainWindow) -> None:
    choose(shell, "web-01", "web-02")
    assert not shell.guide.open()
    choose(shell, "web-01")
    assert shell.guide.open()
    assert shell.windowTitle().startswith("web-01")


def test_a_thing_is_shown_at_its_node_or_in_its_list(shell: MainWindow) -> None:
    web = shell.bridge.mirror.any_record(domain("web-01").ref)
    assert web is not None
    assert shell.guide.show(web)
    assert shell.windowTitle().startswith("web-01")
    guest = next(r for r in shell.bridge.mirror.every_record() if r.ref.kind is Kind.GUEST)
    assert not shell.guide.show(guest)


def test_the_root_is_a_place_to_come_back_to_and_waiting_there_is_none(
    shell: MainWindow, qtbot: QtBot
) -> None:
    assert shell.guide.place == "machines/here"
    shell.context.navigate(ROOT)
    assert shell.guide.place == ROOT
    shell.guide._has_been_led = False
    shell.guide.begin(ROOT)
    qtbot.wait(20)
    assert shell.guide.history.here == ROOT
    shell.guide._has_been_led = False
    shell.guide._wanted = None
    assert shell.guide.place is None
