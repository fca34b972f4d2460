"""What the way to a host means for what is shown of it."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from backend.errors import Problem
from backend.model import Host, HostState
from console.shell.scope_model import ROOT
from console.shell.window import MainWindow
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import host


def test_a_form_of_a_host_that_is_away_says_so(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    shell.context.navigate("machine/uuid-web-01")
    strip = shell.panes.result._strip
    assert strip.isHidden()
    engine.put(host(HostState.DISCONNECTED))
    qtbot.waitUntil(strip.isVisible)
    assert "not connected" in strip._title.text()
    engine.put(host())
    qtbot.waitUntil(strip.isHidden)


def test_what_can_only_be_looked_at_says_so(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    closed = replace(host(), is_read_only=True, notes=(Problem("RightsRefused"),))
    engine.put(closed)
    strip = shell.panes.result._strip
    qtbot.waitUntil(lambda: shell.bridge.mirror.record(closed.ref, Host) == closed)
    for node_id, is_said in (("machine/uuid-web-01", True), ("machines/here", True), (ROOT, False)):
        shell.context.navigate(node_id)
        assert strip.isVisible() is is_said
    shell.context.navigate("host/here")
    assert strip.isHidden()
