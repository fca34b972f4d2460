"""The tree on the screen."""

from console.shell.scope_model import REMARK_ROLE
from console.shell.window import MainWindow


def test_a_host_that_is_away_says_why_in_its_line(shell: MainWindow) -> None:
    index = shell.scope.index_of("host/rack-2")
    assert "no route" in index.data(REMARK_ROLE)
    assert not shell.panes.tree.visualRect(index).isEmpty()


def test_choosing_a_node_tells_once(shell: MainWindow) -> None:
    told: list[str] = []
    shell.panes.tree.node_chosen.connect(lambda node: told.append(node.id))
    shell.panes.tree.choose("host/here")
    shell.panes.tree.choose("host/here")
    shell.panes.tree.choose("no/such")
    assert told == ["host/here"]
