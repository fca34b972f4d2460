"""The window as a user meets it: everything by mouse and keys, over a fake engine."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from backend.errors import Problem, ShutdownTimedOut
from backend.model import DomainState, Ref
from console.bridge.door import Bridge
from console.shell.list_view import ListPage
from console.shell.questions import QuestionDialog, TextDialog
from console.shell.settings import Settings
from console.shell.theme import Appearance, Theme
from console.shell.window import MainWindow
from tests.fakes import snapin
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import HOST, domain, host, readings


def page(shell: MainWindow) -> ListPage:
    assert shell.panes.result.list
    return shell.panes.result.list


def names(shell: MainWindow) -> list[str]:
    model = page(shell).model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def choose(shell: MainWindow, *machines: str) -> None:
    page(shell).pane.choose([domain(name).ref for name in machines])


def row(shell: MainWindow, action_id: str) -> QToolButton:
    """Return the line of an action in the actions pane."""
    QApplication.processEvents()
    action = shell.actions_of.action(action_id)
    buttons = shell.panes.actions_pane.findChildren(QToolButton)
    return next(b for b in buttons if b.defaultAction() is action and b.isVisible())


def offered(shell: MainWindow) -> dict[str, bool]:
    return {
        entry.id: not entry.refusal for group in shell.actions_of.groups for entry in group.entries
    }


def test_it_opens_on_the_first_list(shell: MainWindow) -> None:
    assert shell.windowTitle().startswith("Virtual Machines")
    assert len(names(shell)) == 9
    assert shell.width() >= 800


def test_actions_follow_the_selection_and_say_why_not(shell: MainWindow, qtbot: QtBot) -> None:
    choose(shell, "web-01")
    assert offered(shell)["machine.shutdown"]
    assert "machine.start" not in offered(shell)
    delete = row(shell, "machine.delete")
    assert not delete.isEnabled()
    assert delete.toolTip() == "Turn it off first."
    choose(shell, "web-01", "win-11")
    assert offered(shell)["machine.start"]
    assert offered(shell)["machine.delete"]
    assert not offered(shell)["machine.rename"]


def test_an_action_runs_only_on_what_it_applies_to(shell: MainWindow, qtbot: QtBot) -> None:
    choose(shell, "web-01", "win-11")
    QTest.mouseClick(row(shell, "machine.turnoff"), Qt.MouseButton.LeftButton)
    assert snapin.calls == [("machine.turnoff", ("uuid-web-01",))]


def test_actions_follow_the_record(shell: MainWindow, engine: FakeEngine, qtbot: QtBot) -> None:
    choose(shell, "web-01")
    engine.put(domain("web-01", DomainState.OFF))
    qtbot.waitUntil(lambda: "machine.start" in offered(shell))
    assert offered(shell)["machine.delete"]
    assert [record.ref.key for record in page(shell).pane.chosen()] == ["uuid-web-01"]


def test_double_click_and_return_do_the_default(shell: MainWindow, qtbot: QtBot) -> None:
    pane = page(shell).pane
    choose(shell, "web-01")
    spot = pane.visualRect(pane.currentIndex()).center()
    QTest.mouseClick(
        pane.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot
    )
    QTest.mouseDClick(
        pane.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot
    )
    QTest.keyClick(pane, Qt.Key.Key_Return)
    assert snapin.calls.count(("machine.connect", ("uuid-web-01",))) == 2


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_keys_reach_the_same_actions(shell: MainWindow, qtbot: QtBot) -> None:
    choose(shell, "win-11")
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    page(shell).pane.setFocus()
    QTest.keyClick(page(shell).pane, Qt.Key.Key_Delete)
    dialogs = shell.findChildren(QuestionDialog)
    assert len(dialogs) == 1
    (box,) = dialogs[0].findChildren(QCheckBox)
    box.click()
    button = next(b for b in dialogs[0].findChildren(QPushButton) if b.text() == "Delete")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ("answer", ("0", "(True,)")) in snapin.calls)


def test_escape_is_the_way_out_of_a_question(shell: MainWindow, qtbot: QtBot) -> None:
    choose(shell, "win-11")
    shell.actions_of.trigger("machine.delete")
    (dialog,) = shell.findChildren(QuestionDialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: ("answer", ("1", "(False,)")) in snapin.calls)


def test_a_line_of_text_is_judged_while_typed(shell: MainWindow, qtbot: QtBot) -> None:
    choose(shell, "win-11")
    shell.actions_of.trigger("machine.rename")
    (dialog,) = shell.findChildren(TextDialog)
    dialog._field.clear()
    assert not dialog._ok.isEnabled()
    QTest.keyClicks(dialog._field, "db")
    QTest.keyClick(dialog._field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("text", ("db",)) in snapin.calls)


def test_the_filter_narrows_the_list_and_escape_clears_it(shell: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClicks(shell.filter_box, "WEB run")
    assert names(shell) == ["web-01", "web-02"]
    QTest.keyClicks(shell.filter_box, "zzz")
    assert names(shell) == []
    assert page(shell)._top.currentWidget() is page(shell)._message
    QTest.keyClick(shell.filter_box, Qt.Key.Key_Escape)
    assert len(names(shell)) == 9


def test_a_failed_job_offers_what_to_do_next(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    choose(shell, "web-01")
    QTest.mouseClick(row(shell, "machine.shutdown"), Qt.MouseButton.LeftButton)
    choose(shell, "win-11")
    engine.fail(1, ShutdownTimedOut(name="web-01", seconds=60))
    qtbot.waitUntil(lambda: len(shell.panes.notices.shown) == 1)
    button = next(
        b for b in shell.panes.notices.findChildren(QPushButton) if b.text() == "Turn Off"
    )
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert snapin.calls == [("machine.turnoff", ("uuid-web-01",))]
    assert shell.panes.notices.shown == ()


def test_a_success_takes_the_notice_away(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    ref = domain("web-01").ref
    shell.bridge.submit(snapin.shutdown, ref)
    engine.fail(1, ShutdownTimedOut(name="web-01", seconds=60))
    qtbot.waitUntil(lambda: len(shell.panes.notices.shown) == 1)
    shell.bridge.submit(snapin.shutdown, ref)
    engine.finish(2)
    qtbot.waitUntil(lambda: shell.panes.notices.shown == ())


def test_jobs_show_progress_and_can_be_cancelled(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    choose(shell, "win-11")
    shell.actions_of.trigger("machine.start")
    engine.report(1, 0.4, "waiting")
    bar = shell.panes.jobs_bar
    qtbot.waitUntil(bar._cancel.isVisible)
    assert bar._progress.value() == 40
    QTest.mouseClick(bar._cancel, Qt.MouseButton.LeftButton)
    assert engine.cancelled == [1]
    qtbot.waitUntil(lambda: not bar._cancel.isVisible())
    QTest.mouseClick(bar._count, Qt.MouseButton.LeftButton)
    assert shell.panes.jobs_panel.isVisible()
    assert shell.panes.jobs_panel.topLevelItemCount() == 1


def test_an_error_of_ours_is_told_calmly(
    shell: MainWindow, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("CRITICAL", "console.bridge.promises")
    choose(shell, "win-11")
    shell.actions_of.trigger("machine.fail")
    (notice,) = shell.panes.notices.shown
    assert notice.detail == ("ValueError: odd",)
    assert "Traceback" not in notice.sentence


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
    assert [r.ref.key for r in page(shell).pane.chosen()] == ["uuid-db-01"]


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


def test_figures_are_read_only_while_somebody_looks(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    assert engine.watched[HOST] == 1
    choose(shell, "web-01")
    assert engine.watched[domain("web-01").ref] == 1
    choose(shell, "web-02")
    assert engine.watched[domain("web-01").ref] == 0
    shell.hide()
    assert not +engine.watched
    shell.show()
    assert engine.watched[HOST] == 1
    shell.context.navigate("host/rack-2")
    assert not +engine.watched


def test_figures_change_nothing_but_their_cells(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    choose(shell, "web-02")
    before = names(shell)
    told: list[tuple[int, int]] = []
    page(shell).model.dataChanged.connect(lambda a, b: told.append((a.column(), b.column())))
    machines = tuple(r for r in engine.records.values() if isinstance(r, type(domain("x"))))
    with qtbot.waitSignal(shell.bridge.samples_arrived):
        engine.sample(*readings(1.0, machines))
    assert told == [(2, 2)]
    assert names(shell) == before
    assert [r.ref.key for r in page(shell).pane.chosen()] == ["uuid-web-02"]


def test_an_empty_list_says_what_to_do_first(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    for ref in [ref for ref in engine.records if ref.key.startswith("uuid-")]:
        engine.drop(ref)
    qtbot.waitUntil(lambda: not page(shell).model.records)
    buttons = [b for b in page(shell)._message.findChildren(QToolButton) if b.isVisible()]
    QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert snapin.calls == [("machine.new", ())]


@pytest.mark.qt_log_ignore("This plugin does not support")  # raising a menu, offscreen
def test_tree_and_actions_can_be_hidden_and_all_still_works(
    shell: MainWindow, qtbot: QtBot
) -> None:
    shell.commands.tree.trigger()
    shell.commands.actions.trigger()
    assert not shell.panes.tree.isVisible()
    assert not shell.panes.actions_pane.isVisible()
    choose(shell, "web-01")
    shell._on_list_menu(QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    texts = [action.text() for action in menu.actions() if action.isVisible()]
    assert "Shut Down" in texts
    menu.close()


def test_every_widget_one_can_reach_has_a_name(shell: MainWindow) -> None:
    choose(shell, "web-01")
    nameless = [
        widget
        for widget in QApplication.allWidgets()
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.window() is shell
        and not (widget.accessibleName() or widget.property("text"))
        and not widget.inherits("QTabBar")
    ]
    assert nameless == []


def test_the_appearance_changes_and_is_remembered(
    shell: MainWindow, settings: Settings, qapp: QApplication
) -> None:
    shell.set_appearance(Appearance.DARK)
    assert qapp.palette().base().color().lightness() < 60
    assert settings.text("appearance") == "dark"
    shell.set_appearance(Appearance.LIGHT)
    assert qapp.palette().base().color().lightness() > 200


def test_the_window_comes_back_as_it_was(
    shell: MainWindow, engine: FakeEngine, settings: Settings, qapp: QApplication, qtbot: QtBot
) -> None:
    header = page(shell).pane.header()
    header.resizeSection(0, 233)
    header.hideSection(4)
    page(shell).pane.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    shell.commands.tree.trigger()
    shell.close()
    theme = Theme(qapp, Appearance.LIGHT)
    again = MainWindow(Bridge(engine), (snapin.snapin(),), settings, theme)
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: again.panes.result.list is not None)
    header = page(again).pane.header()
    assert header.sectionSize(0) == 233
    assert header.isSectionHidden(4)
    assert header.sortIndicatorSection() == 1
    assert not again.panes.tree.isVisible()
    again.close()


def test_closing_with_work_under_way_is_quick_and_quiet(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    choose(shell, "win-11")
    shell.actions_of.trigger("machine.start")
    shell.actions_of.trigger("machine.delete")
    with qtbot.waitSignal(shell.closed, timeout=1000):
        shell.close()
    engine.finish(1)
    engine.put(domain("late"))
    qtbot.wait(20)
    assert not +engine.watched


def test_the_same_name_is_not_a_header_twice(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    shell.context.navigate("host/here")
    assert [group.title for group in shell.actions_of.groups] == ["this-computer"]
    engine.put(host())
    shell.context.show_problem("Odd", Problem("Gone", (("name", "x"),)))
    assert shell.panes.notices.shown[0].title == "Odd"


def test_an_action_that_is_not_here_has_no_keys_here(shell: MainWindow) -> None:
    assert shell.actions_of.action("machine.new") is not None
    shell.context.navigate("host/here")
    action = shell.actions_of.action("machine.new")
    assert action is not None
    assert not action.isEnabled()
    assert Ref is not None
