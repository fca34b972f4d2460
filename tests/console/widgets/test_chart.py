from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.widgets.chart import Chart
from console.widgets.curve import Curve, Ink
from console.widgets.time_span import Span
from tests.fakes.turning import turn

MINUTE = Span(-60.0, 0.0)
SECONDS = (-3.0, -2.0, -1.0, 0.0)
READ = Curve("read", SECONDS, (1.0, 2.0, None, 4.0), "4", Ink.BLUE)
WRITE = Curve("write", SECONDS, (9.0, 8.0, 7.0, 6.0), "6", Ink.ORANGE)


@pytest.fixture
def chart(qtbot: QtBot) -> Chart:
    made = Chart("Disk")
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    made.show_curves((WRITE, READ), "MiB/s", MINUTE)
    return made


def legend(chart: Chart) -> list[str]:
    return [key.text() for key in chart._keys.values()]


def test_the_legend_says_what_is_newest(chart: Chart) -> None:
    assert legend(chart) == ["write 6", "read 4"]
    assert chart.accessibleName() == "Disk, MiB/s"
    assert chart.accessibleDescription() == "Disk write 6, read 4 MiB/s"
    assert chart._keys["read"].accessibleName() == "read 4 MiB/s"


def test_at_the_cross_hair_it_says_what_was_there(chart: Chart) -> None:
    chart.show_cross(-2.9)
    assert legend(chart) == ["write 9", "read 1"]
    chart.show_cross(-50.0)
    assert legend(chart) == ["write \N{EN DASH}", "read \N{EN DASH}"]
    chart.show_cross(None)
    assert legend(chart) == ["write 6", "read 4"]


def test_a_curve_is_taken_away_by_key_and_stays_away(chart: Chart) -> None:
    both = chart.plane.grab().toImage()
    key = chart._keys["write"]
    key.setFocus()
    QTest.keyClick(key, Qt.Key.Key_Space)
    assert not key.isChecked()
    one = chart.plane.grab().toImage()
    assert one != both
    chart.show_curves((WRITE, READ), "MiB/s", MINUTE)
    assert not chart._keys["write"].isChecked()
    assert chart.plane.grab().toImage() == one
    QTest.mouseClick(key, Qt.MouseButton.LeftButton)
    assert chart.plane.grab().toImage() == both


def test_curves_may_come_and_stand_in_their_order(chart: Chart) -> None:
    chart.show_curves((READ,), "MiB/s", MINUTE)
    chart.show_curves((WRITE, READ), "KiB/s", MINUTE)
    assert legend(chart) == ["write 6", "read 4"]
    assert chart.accessibleName() == "Disk, KiB/s"


def test_another_thing_begins_with_a_low_top_again(chart: Chart) -> None:
    chart.show_curves((WRITE,), "MiB/s", MINUTE)
    assert chart.plane.plot.top == 10
    chart.choice.offer((("", "All"), ("vda", "vda")))
    chart.choice.chosen.emit("vda")
    chart.show_curves((replace(WRITE, values=(6.0, 6.0, 6.0, 6.0)),), "MiB/s", MINUTE)
    assert chart.plane.plot.top == 6
    chart.choice.chosen.emit("")
    chart.show_curves((replace(WRITE, values=(0.2, 0.2, 0.2, 0.2)),), "MiB/s", MINUTE)
    assert chart.plane.plot.top == 0.25


def test_what_is_shown_is_what_was_not_taken_away(chart: Chart) -> None:
    chart._keys["write"].setChecked(False)
    assert [curve.name for curve in chart.shown] == ["read"]
    assert chart.unit == "MiB/s"


def test_a_hundred_curves_leave_room_for_the_chart(chart: Chart, qtbot: QtBot) -> None:
    many = tuple(Curve(f"Processor {n}", SECONDS, (1.0,) * 4, str(n)) for n in range(100))
    chart.show_curves(many, "%", MINUTE)
    qtbot.waitUntil(lambda: chart.plane.height() >= chart.height() / 2)
    chart.hide()
    chart.show()
    named = [key for key in chart._keys.values() if key.isVisible()]
    assert [key.text() for key in named[-2:]] == ["Processor 10 10", "Processor 11 11"]
    assert chart._more.text() == "and 88 more"
    assert chart._more.toolTip().splitlines()[-1] == "Processor 99 99"
    assert "Processor 99 99" in chart.accessibleDescription()
    chart.show_curves(many[:3], "%", MINUTE)
    assert not chart._more.isVisible()
    assert all(key.isVisible() for key in chart._keys.values())


def test_where_it_is_narrow_what_can_be_chosen_stands_below_the_legend(chart: Chart) -> None:
    chart.aspect.offer([("rate", "Throughput"), ("time", "Latency")])
    chart.choice.offer([("vda", "vda"), ("vdb", "vdb")])
    chart.resize(chart.width_least + 1, 300)
    turn()
    assert abs(chart.aspect.geometry().center().y() - chart._name.geometry().center().y()) < 4
    chart.resize(chart.minimumWidth(), 300)
    turn()
    assert chart.aspect.y() > chart._keys["read"].geometry().bottom()
    assert chart.choice.geometry().right() < chart.width()


@pytest.mark.parametrize("count", [1, 2, 9])
def test_its_name_stands_beside_the_first_line_of_the_legend(chart: Chart, count: int) -> None:
    chart.aspect.offer([("a", "Throughput")])
    curves = tuple(replace(READ, name=f"a long name {number}") for number in range(count))
    chart.show_curves(curves, "MiB/s", MINUTE)
    turn()
    first = next(iter(chart._keys.values())).geometry()
    lines = {key.geometry().top() for key in chart._keys.values()}
    assert len(lines) > 1 or count < 9
    for label in (chart._name, chart._unit_label):
        assert label.geometry().center().y() == pytest.approx(first.center().y(), abs=1)


def test_tab_goes_as_one_reads(qtbot: QtBot) -> None:
    """From what is before it through legend and choices to what is behind."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    before, chart, behind = QLineEdit(), Chart("Disk"), QLineEdit()
    for part in (before, chart, behind):
        column.addWidget(part)
    window.show()
    chart.show_curves((WRITE, READ), "MiB/s", MINUTE)
    chart.aspect.offer([("rate", "Throughput"), ("time", "Latency")])
    chart.choice.offer([("vda", "vda"), ("vdb", "vdb")])
    wanted = [before, chart._keys["write"], chart._keys["read"], chart.aspect, chart.choice, behind]
    found: list[QWidget] = [before]
    while (following := found[-1].nextInFocusChain()) not in (None, before):
        assert following
        found.append(following)
    assert [one for one in found if one in wanted] == wanted
