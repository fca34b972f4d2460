"""The tree on the screen."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from backend.model import Kind, Ref
from console.shell import scope_pane
from console.shell.scope_model import REMARK_ROLE
from console.shell.window import MainWindow
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import HOST, domain, host
from tests.fakes.turning import turn


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
    least = min(metrics.horizontalAdvance(remark), width // 4)
    assert is_whole or width - left >= least


def test_a_name_is_whole_while_its_remark_has_room_to_say_anything(qapp: QApplication) -> None:
    option = QStyleOptionViewItem()
    option.text, remark = "this-computer", "this computer"
    option.fontMetrics = metrics = QFontMetrics(qapp.font())
    for beyond in (60, 120):
        width = metrics.horizontalAdvance(option.text) + beyond
        text, left = scope_pane._shared(option, remark, width)
        assert text == option.text
        assert width - left >= min(metrics.horizontalAdvance(remark), width // 4)


def seen(shell: MainWindow) -> list[str]:
    """Return what stands in the tree, from top to bottom, as one sees it."""
    tree, found = shell.panes.tree, []
    index = tree.indexAt(QPoint(tree.viewport().width() - 2, 2))
    while index.isValid():
        found.append(str(index.data()))
        index = tree.indexBelow(index)
    return found


def test_a_window_from_here_begins_with_the_node(shell: MainWindow, engine: FakeEngine) -> None:
    shell.context.navigate(f"host/{HOST.host}")
    shell.commands.new_window.trigger()
    other = shell.session.windows[-1]
    assert seen(other)[:2] == ["this-computer", "Virtual Machines"]
    assert not {"Celadon", "rack-2"} & {*seen(other)}
    engine.put(replace(host(), ref=Ref("new", Kind.HOST, "new"), name="new"))
    turn()
    assert "new" in seen(shell)
    assert "new" not in seen(other)
    assert seen(other)[0] == "this-computer"
    assert other.guide.place == f"host/{HOST.host}"


def test_whoever_goes_beside_it_sees_the_whole_tree(shell: MainWindow) -> None:
    other = shell.session.open(f"host/{HOST.host}")
    other.show()
    other.context.navigate("machine/uuid-web-01")
    assert seen(other)[0] == "this-computer"
    other.context.navigate("host/rack-2")
    assert seen(other) == seen(shell)
    other.remember()
    assert other.settings.text("top") == ""


def test_it_begins_so_again_and_with_the_whole_tree_once_the_node_is_gone(
    shell: MainWindow, engine: FakeEngine
) -> None:
    other = shell.session.open("machine/uuid-web-01")
    other.show()
    other.remember()
    assert other.settings.text("top") == "machine/uuid-web-01"
    assert seen(other) == ["web-01"]
    engine.drop(domain("web-01").ref)
    turn()
    assert seen(other)[0] == "Celadon"
