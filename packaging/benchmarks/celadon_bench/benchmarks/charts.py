"""A hundred charts that live: tiles with the last minute in them, and whole ones with axes."""

import math
import statistics
import time
from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from celadon_bench.idling import let_live, share
from celadon_bench.rows import Row, say
from console.program import make_application
from console.widgets.chart import Chart
from console.widgets.curve import Curve
from console.widgets.heat_map import HeatMap, HeatTile
from console.widgets.plane import Plane
from console.widgets.time_charts import TimeCharts
from console.widgets.time_span import Span
from console.widgets.time_view import TimeView

CHARTS: Final = 100
TREND: Final = 60
POINTS: Final = 300
SETTLED_S, SPAN_S = 2.0, 8.0
SHARE_MOST: Final = 10.0
"""In per cent of one processor, more than while they stand still."""
HOUR_S, HOUR_POINTS, DRAGS, DRAG_MS = 3600.0, 600, 40, 40.0


def measure() -> tuple[Row, ...]:
    """Return what was measured, in this process."""
    _application = QApplication.instance() or make_application()  # held: Qt does not
    say(f"charts: {CHARTS} of them, once a second ...")
    tiles = HeatMap("tiles")
    return (
        Row(f"CPU for {CHARTS} tiles at 1 Hz, more than for none", "%",
            _more(tiles, lambda second: tiles.show_tiles(_tiles(second))), goal=SHARE_MOST),
        Row(f"CPU for {CHARTS} charts with axes at 1 Hz, more than for none", "%", _whole_ones()),
        Row("drag of four charts of an hour with bands, processor time a frame, median", "ms",
            _dragged(), goal=DRAG_MS),
    )  # fmt: skip


def _whole_ones() -> float:
    window, planes = QWidget(), [Plane(ceiling=100) for _ in range(CHARTS)]
    grid = QGridLayout(window)
    for number, plane in enumerate(planes):
        grid.addWidget(plane, number // 10, number % 10)

    def show(second: int) -> None:
        for number, plane in enumerate(planes):
            plane.show_curves((_curve(second, number),), Span(-float(POINTS), 0.0))

    return _more(window, show)


def _dragged() -> float:
    """Return what a step of a drag costs in ms of processor time; two of them have two curves."""
    view = TimeView(HOUR_S)
    view.set_now(2 * HOUR_S)
    charts = [Chart(name, ceiling=100) for name in ("CPU", "Memory", "Disk", "Network")]
    curves = [tuple(_hours(n, m) for m in range(1 + n // 2)) for n in range(len(charts))]
    window = TimeCharts("drag", charts, view)

    def show() -> None:
        for chart, drawn in zip(charts, curves, strict=True):
            chart.show_curves(drawn, "%", view.span)

    view.moved.connect(show)
    window.resize(1200, 900)
    show()
    window.show()
    took = []
    for _ in range(DRAGS):
        QApplication.processEvents()
        began = time.process_time()
        view.move(-7.0)
        QApplication.processEvents()
        took.append(time.process_time() - began)
    window.close()
    window.deleteLater()
    return 1000 * statistics.median(took)


def _hours(number: int, place: int) -> Curve:
    """Return two hours of a restless curve, of which one is seen."""
    count = 2 * HOUR_POINTS
    waves = ((math.sin(n / 97 + number), math.sin(1.7 * n)) for n in range(count))
    values = tuple(50 + 30 * slow + 8 * fast for slow, fast in waves)
    least, most = (tuple(value + by for value in values) for by in (-5.0, 5.0))
    seconds = tuple(n * 2 * HOUR_S / count for n in range(count))
    return Curve(f"curve {place}", seconds, values, "50", least=least, most=most)


def _more(widget: QWidget, show: Callable[[int], None]) -> float:
    """Return in per cent what it costs to show what is new each second."""
    second = 0

    def go_on() -> None:
        nonlocal second
        second += 1
        show(second)

    widget.resize(1440, 900)
    widget.show()
    go_on()
    let_live(SETTLED_S)
    none = share(SPAN_S)
    live = share(SPAN_S, go_on)
    widget.close()
    widget.deleteLater()
    return 100 * max(0.0, live - none)


def _level(second: int, number: int) -> float:
    return 0.5 + 0.45 * math.sin(second / 7 + number)


def _tiles(second: int) -> list[HeatTile]:
    return [
        HeatTile(
            str(number), f"vm-{number:03d}", f"{100 * _level(second, number):.0f} %",
            _level(second, number),
            tuple(_level(second - TREND + n, number) for n in range(TREND)),
        )
        for number in range(CHARTS)
    ]  # fmt: skip


def _curve(second: int, number: int) -> Curve:
    values = tuple(100 * _level(second - POINTS + n, number) for n in range(POINTS))
    return Curve("CPU", tuple(float(n - POINTS) for n in range(POINTS)), values)
