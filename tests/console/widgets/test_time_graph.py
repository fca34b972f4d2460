"""The graph over time."""

import subprocess
import sys

import pytest
from pytestqt.qtbot import QtBot

from console.widgets.time_graph import Curve, TimeGraph, round_up


@pytest.mark.parametrize(
    ("value", "top"), [(0.0, 0.1), (0.3, 0.5), (1.0, 1.0), (3.4, 5.0), (51.0, 100.0), (1e9, 1e9)]
)
def test_the_top_is_a_round_figure(value: float, top: float) -> None:
    assert round_up(value) == pytest.approx(top)


def test_the_top_does_not_flicker(qtbot: QtBot) -> None:
    graph = TimeGraph("Network", "MiB/s")
    qtbot.addWidget(graph)
    graph.show()
    tops = []
    for peak in (4.0, 6.0, 4.9, 6.0, 0.9):
        graph.set_curves((Curve("in", (-1.0, 0.0), (peak, 0.0)),))
        tops.append(graph._top)
    assert tops == pytest.approx([5.0, 10.0, 5.0, 10.0, 1.0])


def test_the_newest_value_stands_in_words_and_holes_are_holes(qtbot: QtBot) -> None:
    graph = TimeGraph("CPU", "%", ceiling=100)
    qtbot.addWidget(graph)
    graph.resize(300, 200)
    graph.show()
    graph.set_curves((Curve("CPU", (-3.0, -2.0, -1.0, 0.0), (10.0, None, 12.5, None)),))
    assert graph.accessibleDescription() == "12 %"
    assert graph._top == 100
    assert not graph.grab().isNull()


def test_a_list_alone_does_not_pay_for_graphs() -> None:
    code = "import sys, console.shell.window, console.widgets.time_graph; "
    code += "sys.exit('pyqtgraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
