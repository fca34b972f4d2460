"""What stands where."""

from PySide6.QtWidgets import QApplication

from console.shell.window import MainWindow


def test_f6_goes_round_the_panes(shell: MainWindow) -> None:
    shell.activateWindow()
    panes = shell.panes
    panes.tree.setFocus()
    seen = []
    for _ in range(3):
        panes.next_pane()
        focus = QApplication.focusWidget() or shell.focusWidget()
        takers = (panes.result, panes.actions_pane, panes.tree)
        seen.append(next(p for p in takers if p is focus or p.isAncestorOf(focus)))
    assert seen == [panes.result, panes.actions_pane, panes.tree]


def test_the_jobs_panel_is_hidden_until_wanted(shell: MainWindow) -> None:
    assert not shell.panes.jobs_panel.isVisible()
    shell.commands.jobs.trigger()
    assert shell.panes.jobs_panel.isVisible()


def test_a_small_window_shows_all_panes(shell: MainWindow) -> None:
    shell.resize(1024, 700)
    QApplication.processEvents()
    panes = shell.panes
    assert shell.width() == 1024
    for pane in (panes.tree, panes.result, panes.actions_pane, panes.jobs_bar):
        assert pane.isVisible()
        assert pane.width() > 100
