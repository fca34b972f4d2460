import pytest
from pytestqt.qtbot import QtBot

from console.sdk.nodes import Tone
from console.snapins.machines.pages.chart_bar import ChartBar
from console.snapins.machines.pages.chart_deck import ChartDeck
from console.snapins.machines.pages.chart_kinds import machine_charts
from console.widgets.time_view import TimeView

NOW = 1_764_000_000.0


@pytest.fixture
def bar(qtbot: QtBot) -> ChartBar:
    view = TimeView(60)
    view.set_now(NOW)
    deck = ChartDeck(machine_charts())
    made = ChartBar(view, deck, "web-01")
    view.setParent(made)
    for chart in (*deck.charts.values(), deck.overlay):
        chart.setParent(made)
        chart.hide()
    qtbot.addWidget(made)
    made.resize(1200, 40)
    made.show()
    return made


def test_how_an_export_went_stays_until_it_is_read(bar: ChartBar) -> None:
    bar._export.told.emit("Written to /tmp/a.png.", Tone.GOOD)
    bar.tell("", Tone.MUTED)
    assert bar.remark.text() == "Written to /tmp/a.png."
    bar.tell_values(NOW, "CPU 5 %")
    assert bar.remark.text().endswith("CPU 5 %"), "who points at something reads that"


def test_it_pins_where_the_cross_hair_stood_last(bar: ChartBar) -> None:
    bar._view.set_cross(NOW - 10)
    bar._view.set_cross(None)
    bar.pin.click()
    assert (bar._view.cross, bar._view.is_pinned) == (NOW - 10, True)
    assert bar.pin.isChecked()
    bar.pin.click()
    assert not bar._view.is_pinned
    assert not bar.pin.isChecked()


def test_it_pins_the_middle_where_it_never_stood(bar: ChartBar) -> None:
    bar.pin.click()
    assert bar._view.cross == NOW - 30


def test_each_button_says_what_it_does(bar: ChartBar) -> None:
    for button in (bar.overlay, bar.pin, bar.export):
        assert button.accessibleName()
