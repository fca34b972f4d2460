"""What stands where."""

from PySide6.QtWidgets import QApplication

from console.shell.settings import Settings
from console.shell.window import MainWindow
from tests.console.shell.steps import choose, page


def test_f6_goes_round_the_panes(shell: MainWindow) -> None:
    shell.activateWindow()
    panes, details = shell.panes, page(shell).details
    assert details
    panes.tree.setFocus()
    choose(shell, "web-01")
    takers = (page(shell).area.pane, details, panes.actions_pane, panes.tree)

    def here() -> object:
        focus = QApplication.focusWidget() or shell.focusWidget()
        return next(p for p in takers if p is focus or p.isAncestorOf(focus))

    for taker in takers:
        panes.next_pane()
        assert here() is taker
    panes.previous_pane()
    assert here() is panes.actions_pane
    choose(shell)
    panes.previous_pane()
    assert here() is page(shell).area.pane


def test_the_jobs_panel_is_hidden_until_wanted(shell: MainWindow) -> None:
    assert not shell.panes.jobs.isVisible()
    shell.commands.jobs.trigger()
    assert shell.panes.jobs.isVisible()


def test_a_small_window_shows_all_panes(shell: MainWindow) -> None:
    shell.resize(1024, 700)
    QApplication.processEvents()
    panes = shell.panes
    assert shell.width() == 1024
    for pane in (panes.tree, panes.result, panes.actions_pane, panes.jobs_bar):
        assert pane.isVisible()
        assert pane.width() > 100


def middle(shell: MainWindow, width: int) -> int:
    shell.resize(width, 700)
    QApplication.processEvents()
    return shell.panes.result.width()


def test_in_a_small_window_the_middle_keeps_most_of_the_room(shell: MainWindow) -> None:
    assert middle(shell, 1440) > 930
    assert middle(shell, 902) > 440, "as wide as at 200 % on a screen of 1920"


def test_an_edge_that_was_moved_stays(shell: MainWindow, settings: Settings) -> None:
    shell.panes.save()
    assert settings.blob("panes/sides").isEmpty(), "nobody has moved one"
    middle(shell, 1440)
    sides = shell.panes._sides
    sides.moveSplitter(300, 1)
    before = sides.sizes()[0]
    assert middle(shell, 1100) < 1100 - before
    assert sides.sizes()[0] == before
