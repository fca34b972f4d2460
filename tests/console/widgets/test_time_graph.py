"""The graph over time."""

import subprocess
import sys

import pytest
from pytestqt.qtbot import QtBot

from console.widgets.curve import Curve
from console.widgets.time_graph import TimeGraph


def test_the_top_does_not_flicker(qtbot: QtBot) -> None:
    graph = TimeGraph("Network", "MiB/s")
    qtbot.addWidget(graph)
    graph.show()
    tops = []
    for peak in (4.0, 6.0, 4.9, 6.0, 0.9):
        graph.set_curves((Curve("in", (-1.0, 0.0), (peak, 0.0)),))
        tops.append(graph.plane.plot.top)
    assert tops == pytest.approx([4.0, 6.0, 6.0, 6.0, 1.0])


def test_the_newest_value_stands_in_words_and_holes_are_holes(qtbot: QtBot) -> None:
    graph = TimeGraph("CPU", "%", ceiling=100)
    qtbot.addWidget(graph)
    graph.resize(300, 200)
    graph.show()
    seconds, values = (-3.0, -2.0, -1.0, 0.0), (10.0, None, 12.5, None)
    graph.set_curves((Curve("CPU", seconds, values, "12"),))
    assert graph.accessibleDescription() == "CPU 12"
    assert graph._now.text() == "12 %"
    assert graph.plane.plot.top == 100
    assert not graph.grab().isNull()


def test_two_curves_have_a_key_and_may_change_their_unit(qtbot: QtBot) -> None:
    graph = TimeGraph("Memory", "GiB")
    qtbot.addWidget(graph)
    used, assigned = Curve("Used", (0.0,), (70.0,), "70 MiB"), Curve("A<b", (0.0,), (9.0,), "9 MiB")
    graph.set_curves((used, assigned), "MiB")
    assert graph.accessibleName() == graph._title.text() == "Memory, MiB"
    graph.resize(600, 200)
    graph.show()
    assert graph._now.text().count("●") == 2
    assert "A&lt;b 9 MiB" in graph._now.text()
    graph.resize(180, 200)
    assert "Used" not in graph._now.text()
    assert "70 MiB" in graph._now.text()


@pytest.mark.parametrize(
    ("age", "words"), [(0, "30 s ago"), (31, "1 min ago"), (61, "2 min ago"), (300, "2 min ago")]
)
def test_the_span_grows_with_what_there_is(age: float, words: str, qtbot: QtBot) -> None:
    graph = TimeGraph("CPU", "%", span_s=120)
    qtbot.addWidget(graph)
    graph.set_curves((Curve("CPU", (-age, 0.0), (1.0, 2.0)),))
    assert graph._then.text() == words


def test_a_list_alone_does_not_pay_for_graphs() -> None:
    code = "import sys, console.shell.window, console.widgets.time_graph; "
    code += "sys.exit('pyqtgraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
