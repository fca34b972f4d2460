"""The tree on the screen."""

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from console.shell import scope_pane
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


@pytest.mark.parametrize(
    ("name", "remark", "is_whole"),
    [
        ("rack-2", "away", True),
        ("rack-2", "away: no route to it, retry in 25 s", True),
        ("hypervisor-17.a-very-long-domain.example.org", "away", False),
        ("hypervisor-17.a-very-long-domain.example.org", "away: no route to it", False),
    ],
)
def test_a_long_name_leaves_room_for_the_remark(
    qapp: QApplication, name: str, remark: str, is_whole: object
) -> None:
    option = QStyleOptionViewItem()
    option.text, width = name, 200
    option.fontMetrics = metrics = QFontMetrics(qapp.font())
    text, left = scope_pane._shared(option, remark, width)
    assert (text == name) is is_whole
    least = min(metrics.horizontalAdvance(remark), width // 3)
    assert is_whole or width - left >= least
