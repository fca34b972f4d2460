"""Several windows over one engine: each its own, and all of them come back."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from backend.errors import ShutdownTimedOut
from backend.model import Domain
from backend.processes import began
from console.bridge.door import Bridge
from console.sdk.context import Answer, Question
from console.shell.bars import fill_window_menu
from console.shell.session import Session, _left_open
from console.shell.settings import Settings
from console.shell.theme import Appearance, Theme
from console.shell.window import MainWindow
from tests.console.shell.steps import choose, page
from tests.fakes import snapin
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import AWAY, HOST, domain
from tests.fakes.turning import turn

LIST, WEB = f"machines/{HOST.host}", f"machine/{domain('web-01').ref.key}"


@pytest.fixture
def session(shell: MainWindow) -> Session:
    return shell.session


@pytest.fixture
def other(session: Session, qtbot: QtBot) -> Iterator[MainWindow]:
    window = session.open(WEB)
    window.show()
    yield window
    if isValid(window):
        window.close()


def begun(engine: FakeEngine, settings: Settings, qapp: QApplication, qtbot: QtBot) -> Session:
    theme = Theme(qapp, Appearance.LIGHT)
    session = Session(Bridge(engine), (snapin.snapin(),), settings, theme)
    session.begin()
    session.show()
    qtbot.waitUntil(lambda: bool(list(session.bridge.mirror.records(Domain))))
    return session


def test_a_new_window_stands_where_it_was_asked_for(shell: MainWindow, session: Session) -> None:
    shell.context.navigate(WEB)
    shell.commands.new_window.trigger()
    (_first, second) = session.windows
    assert second.isVisible()
    assert second.windowTitle() == shell.windowTitle() == "web-01 - Celadon"
    shell.context.navigate(LIST)
    assert second.windowTitle() == "web-01 - Celadon", "each goes its own way"
    assert not second.guide.history.can_go_back()
    second.close()


def test_both_follow_the_engine(
    shell: MainWindow, other: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.put(domain("fresh"))
    for window in (shell, other):
        scope = window.scope
        qtbot.waitUntil(lambda: scope.node("machine/uuid-fresh") is not None)  # noqa: B023


def test_closing_one_leaves_the_other_and_the_door_open(
    shell: MainWindow, other: MainWindow, session: Session, engine: FakeEngine, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(other.closed):
        other.commands.close_window.trigger()
    assert session.windows == (shell,)
    turn()
    engine.put(domain("fresh"))
    qtbot.waitUntil(lambda: shell.scope.node("machine/uuid-fresh") is not None)
    with qtbot.waitSignal(session.ended):
        shell.close()


def test_a_failure_is_told_where_it_was_asked_for(
    shell: MainWindow, other: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    other.actions_of.trigger("machine.shutdown")
    turn()
    engine.fail(1, ShutdownTimedOut(name="web-01", seconds=60))
    qtbot.waitUntil(lambda: len(other.panes.notices.shown) == 1)
    assert shell.panes.notices.shown == ()


def test_what_goes_on_after_its_window_is_told_in_another(
    shell: MainWindow, other: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    answers: list[Answer] = []

    async def ask() -> None:
        await other.context.submit(snapin.shutdown, domain("web-01").ref)
        answers.append(await other.context.ask(Question("Go on", "Go on?", ("Yes", "No"))))

    other.context.run(ask())
    turn()
    other.close()
    turn()
    engine.fail(1, ShutdownTimedOut(name="web-01", seconds=60))
    qtbot.waitUntil(lambda: len(shell.panes.notices.shown) == 1)
    qtbot.waitUntil(lambda: _dialog(shell) is not None)
    dialog = _dialog(shell)
    assert dialog is not None
    dialog.close()
    qtbot.waitUntil(lambda: answers == [Answer(1)])


def _dialog(window: MainWindow) -> QDialog | None:
    return next((d for d in window.findChildren(QDialog) if d.isVisible()), None)


def test_a_question_over_a_window_that_closes_is_answered_no(
    other: MainWindow, qtbot: QtBot
) -> None:
    answers: list[Answer] = []

    async def ask() -> None:
        answers.append(await other.context.ask(Question("Go on", "Go on?", ("Yes", "No"))))

    other.context.run(ask())
    turn()
    other.close()
    qtbot.waitUntil(lambda: answers == [Answer(1)])


def test_a_problem_is_told_in_the_window_in_front(
    shell: MainWindow,
    other: MainWindow,
    session: Session,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("CRITICAL", "console.bridge.promises")
    session.note_front(other)
    shell.bridge.perform(lambda: snapin._fail(shell.context, shell.actions_of.selection))
    assert len(other.panes.notices.shown) == 1
    assert shell.panes.notices.shown == ()


@pytest.mark.qt_log_ignore("This plugin does not support")  # raising a window, offscreen
def test_the_windows_stand_in_the_menu_and_come_forward(
    shell: MainWindow, other: MainWindow, qtbot: QtBot
) -> None:
    menu = QMenu(shell)
    fill_window_menu(menu, shell, shell.commands)
    one, two = [action for action in menu.actions() if action.isCheckable()]
    assert (one.isChecked(), two.isChecked()) == (True, False)
    assert two.text() == "&2  web-01 - Celadon"
    other.showMinimized()
    two.trigger()
    assert not other.isMinimized()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is other)


def test_the_appearance_is_the_same_in_all(
    shell: MainWindow, other: MainWindow, session: Session, qtbot: QtBot
) -> None:
    shell.commands.appearances[Appearance.DARK].trigger()
    qtbot.waitUntil(other.commands.appearances[Appearance.DARK].isChecked)
    session.set_appearance(Appearance.LIGHT)
    qtbot.waitUntil(shell.commands.appearances[Appearance.LIGHT].isChecked)


def test_all_windows_come_back_each_as_it_was(
    shell: MainWindow,
    other: MainWindow,
    session: Session,
    engine: FakeEngine,
    settings: Settings,
    qapp: QApplication,
    qtbot: QtBot,
) -> None:
    shell.commands.tree.trigger()
    other.commands.actions.trigger()
    other.resize(800, 563)
    page(shell).area.pane.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    shell.commands.exit.trigger()
    assert session.windows == ()
    one, two = begun(engine, settings, qapp, qtbot).windows
    qtbot.waitUntil(lambda: two.windowTitle() == "web-01 - Celadon")
    assert (one.panes.tree.isVisible(), one.panes.actions_pane.isVisible()) == (False, True)
    assert (two.panes.tree.isVisible(), two.panes.actions_pane.isVisible()) == (True, False)
    assert two.height() == 563
    one.session.close()


def test_a_window_that_was_closed_does_not_come_back(
    shell: MainWindow,
    other: MainWindow,
    engine: FakeEngine,
    settings: Settings,
    qapp: QApplication,
    qtbot: QtBot,
) -> None:
    other.close()
    shell.close()
    session = begun(engine, settings, qapp, qtbot)
    assert len(session.windows) == 1
    session.close()
    keys = {key.split("/")[1] for key in settings.keeper.keys("windows/")}
    assert len(keys) == 1


CRASHING = """
import os, sys
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtWidgets import QApplication
from console.bridge.door import Bridge
from console.bridge.loop import gui_loop
from console.shell.session import Session
from console.shell.settings import Settings
from console.shell.theme import Appearance, Theme
from tests.fakes import snapin
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import room
app = QApplication([])
with gui_loop():
    settings = Settings(Path(sys.argv[1]))
    session = Session(Bridge(FakeEngine(*room())), (snapin.snapin(),), settings,
                      Theme(app, Appearance.LIGHT))
    session.begin()
    session.open("machine/uuid-web-01")
    session.show()
    session.windows[1].commands.tree.trigger()
    session.windows[0].activateWindow()
    kept = Path(sys.argv[1])
    while not kept.exists() or '"panes/tree": 0' not in kept.read_text():
        app.processEvents()
    os.kill(os.getpid(), 9)
"""


def test_they_come_back_after_a_crash_too(
    engine: FakeEngine, tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    path = tmp_path / "crashed.json"
    root = str(Path(__file__).resolve().parents[3])
    command = [sys.executable, "-P", "-c", CRASHING, str(path)]
    ended = subprocess.run(command, env={**os.environ, "PYTHONPATH": root}, timeout=60, check=False)
    assert ended.returncode == -9
    session = begun(engine, Settings(path), qapp, qtbot)
    _one, two = session.windows
    qtbot.waitUntil(lambda: two.windowTitle() == "web-01 - Celadon")
    assert not two.panes.tree.isVisible()
    session.close()


def test_windows_of_a_console_that_still_runs_are_left_to_it(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "console.json")
    settings.put("windows/c/owner", {"process": "odd"})
    settings.put("windows/d/owner", 7)
    settings.put("windows/e/node", "x")
    with subprocess.Popen(["sleep", "60"]) as other:
        number, since = other.pid, began(other.pid)
        settings.put("windows/a/owner", {"process": number, "began": since, "at": 1.0})
        settings.put("windows/b/owner", {"process": number, "began": "another", "at": 3.0})
        assert _left_open(settings) == ["c", "b"]
        other.kill()
    assert _left_open(settings) == ["c", "a", "b"]
    settings.save()


def test_a_place_that_is_not_there_yet_is_not_forgotten(
    engine: FakeEngine, settings: Settings, qapp: QApplication, qtbot: QtBot
) -> None:
    """A crash, or an early close, while its host is still connecting."""
    settings.put("node", f"machines/{AWAY.host}")
    session = begun(engine, settings, qapp, qtbot)
    session.front.remember()
    assert settings.text("node") == f"machines/{AWAY.host}"
    session.close()


def test_who_has_gone_elsewhere_is_not_taken_away_when_his_old_place_appears(
    engine: FakeEngine, settings: Settings, qapp: QApplication, qtbot: QtBot
) -> None:
    settings.put("node", "machine/uuid-late")
    session = begun(engine, settings, qapp, qtbot)
    window = session.front
    window.panes.tree.setCurrentIndex(window.scope.index_of(f"host/{HOST.host}"))
    engine.put(domain("late"))
    qtbot.waitUntil(lambda: window.scope.node("machine/uuid-late") is not None)
    assert window.guide.history.here == f"host/{HOST.host}"
    session.close()


def test_what_differs_is_remembered_without_closing(
    shell: MainWindow, settings: Settings, qtbot: QtBot
) -> None:
    shell.activateWindow()
    choose(shell, "web-01")
    shell.commands.tree.trigger()
    qtbot.waitUntil(lambda: settings.number("panes/tree", 1) == 0)


@pytest.mark.qt_log_ignore("This plugin does not support")  # raising a menu, offscreen
def test_a_row_is_opened_in_a_window_of_its_own(shell: MainWindow, session: Session) -> None:
    choose(shell, "web-01")
    shell._on_list_menu(shell, QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert shell.commands.window_there in menu.actions()
    menu.close()
    shell.commands.window_there.trigger()
    (_first, second) = session.windows
    assert second.windowTitle() == "web-01 - Celadon"
    assert shell.windowTitle().startswith("Virtual Machines")
    assert second.pos() != shell.pos()
    choose(shell, "web-01", "web-02")
    shell._on_list_menu(shell, QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert shell.commands.window_there not in menu.actions()
    menu.close()
    second.close()
