"""The pane in the middle."""

from dataclasses import replace

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.errors import Problem
from backend.model import Host, HostState
from console.sdk.forms import DetailView
from console.shell.scope_model import ROOT
from console.shell.window import MainWindow
from tests.console.shell.steps import choose, page
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain, host
from tests.fakes.snapin import HostPage


def test_the_heading_sums_up(shell: MainWindow, engine: FakeEngine, qtbot: QtBot) -> None:
    summary = shell.panes.result._summary
    assert summary.text() == "4 running, 5 off"
    engine.put(domain("new"))
    qtbot.waitUntil(lambda: summary.text() == "4 running, 6 off")


def test_a_list_in_other_words_stays_the_same_list(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    before = page(shell)
    engine.put(host(HostState.CONNECTING))
    qtbot.wait(20)
    assert page(shell) is before


def test_a_form_shows_its_record_and_follows_it(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    shell.context.navigate("host/here")
    form = shell.panes.result.findChild(HostPage)
    assert isinstance(form, DetailView)
    assert form.is_awake
    assert form.record == host()
    engine.put(host(HostState.CONNECTING))
    qtbot.waitUntil(lambda: form.record == host(HostState.CONNECTING))


def test_the_root_says_what_to_do(shell: MainWindow) -> None:
    shell.context.navigate(ROOT)
    assert shell.panes.result.list is None
    assert shell.panes.result._message.isVisible()
    assert not shell.filter_box.isEnabled()


def test_keys_of_what_is_not_allowed_say_why(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    closed = replace(host(), is_read_only=True, notes=(Problem("ReadOnlyWanted"),))
    engine.put(closed)
    qtbot.waitUntil(lambda: shell.bridge.mirror.record(closed.ref, Host) == closed)
    choose(shell, "mail-old")
    groups = shell.actions_of.groups
    refusals = {entry.id: entry.refusal for group in groups for entry in group.entries}
    assert "read-only" in refusals["machine.delete"]


def test_in_a_narrow_window_the_filter_is_whole(shell: MainWindow) -> None:
    shell.resize(800, 600)
    QApplication.processEvents()
    result = shell.panes.result
    right = result.filter_box.mapTo(result, result.filter_box.rect().topRight()).x()
    assert right < result.width()
