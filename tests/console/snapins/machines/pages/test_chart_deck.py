"""Charts from declarations. What they show of a machine is test_performance's."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.measures import Measure
from backend.series import Sample, Series
from console.snapins.machines.pages.chart_deck import ChartDeck
from console.snapins.machines.pages.chart_kinds import machine_charts
from console.snapins.machines.pages.past import Past
from console.widgets.time_span import Span
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain

REF = domain("web-01").ref
SPAN = Span(0.0, 60.0)


@pytest.fixture
def deck(qtbot: QtBot) -> Iterator[ChartDeck]:
    room = QWidget()
    qtbot.addWidget(room)
    made = ChartDeck(machine_charts())
    for chart in (*made.charts.values(), made.overlay):
        chart.setParent(room)
    yield made
    room.close()


def read(*figures: tuple[Measure, float]) -> list[Sample]:
    told = {(measure, ""): value for measure, value in figures}
    return [Sample(REF, at, told, when=at) for at in (58.0, 59.0, 60.0)]


def test_only_what_is_chosen_is_read(deck: ChartDeck) -> None:
    assert Series(REF, Measure.DISK_WRITE) in deck.series(REF)
    assert Series(REF, Measure.DISK_QUEUE) not in deck.series(REF)
    aspect = deck.charts["disk"].aspect
    aspect.setCurrentIndex(aspect.findData("queue"))
    assert Series(REF, Measure.DISK_QUEUE) in deck.series(REF)
    assert Series(REF, Measure.DISK_WRITE) not in deck.series(REF)


def test_of_one_device_there_is_no_choice(deck: ChartDeck) -> None:
    deck.offer({"disk": [("vda", "vda")]})
    assert deck.charts["disk"].choice.isHidden()
    deck.offer({"disk": [("vda", "vda"), ("vdb", "vdb")]})
    choice = deck.charts["disk"].choice
    assert [choice.itemText(i) for i in range(choice.count())] == [
        "All drives", "Each drive", "vda", "vdb",
    ]  # fmt: skip


def test_what_nothing_is_known_of_has_no_name_in_the_legend(
    deck: ChartDeck, context: LentContext
) -> None:
    past = Past(context, lambda: None)
    assert deck.draw(REF, past, read((Measure.CPU, 0.5)), SPAN, 0.1, 60.0)
    assert [curve.name for curve in deck.charts["cpu"].curves] == ["used"]
    assert [curve.name for curve in deck.charts["network"].curves] == ["received"]
    assert not deck.draw(REF, past, (), SPAN, 0.1, 60.0), "there is nothing"


def test_over_each_other_each_curve_has_the_scale_of_its_chart(
    deck: ChartDeck, context: LentContext
) -> None:
    deck.is_overlaid = True
    assert deck.shown == (deck.overlay,)
    told = read((Measure.CPU, 0.5), (Measure.DISK_WRITE, 4.0 * 2**20))
    deck.draw(REF, Past(context, lambda: None), told, SPAN, 0.1, 60.0)
    curves = {curve.name: curve for curve in deck.overlay.curves}
    assert curves["CPU used"].values[0] == 50
    write = curves["Disk write"]
    assert write.values[0] == pytest.approx(100), "of four MiB/s"
    assert write.words(write.values[0] or 0) == "4 MiB/s"
    assert write.newest == "4 MiB/s"
    assert len({replace(curve, name="").ink for curve in curves.values()}) == 4
