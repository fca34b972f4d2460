"""A hundred charts that live: tiles with the last minute in them, and whole ones with axes."""

import math
from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from celadon_bench.idling import let_live, share
from celadon_bench.rows import Row, say
from console.__main__ import make_application
from console.widgets.curve import Curve
from console.widgets.heat_map import HeatMap, HeatTile
from console.widgets.plane import Plane
from console.widgets.time_span import Span

CHARTS: Final = 100
TREND: Final = 60
POINTS: Final = 300
SETTLED_S, SPAN_S = 2.0, 8.0
SHARE_MOST: Final = 10.0
"""In per cent of one processor, more than while they stand still."""


def measure() -> tuple[Row, ...]:
    """Return what was measured, in this process."""
    _application = QApplication.instance() or make_application()  # held: Qt does not
    say(f"charts: {CHARTS} of them, once a second ...")
    tiles = HeatMap("tiles")
    return (
        Row(f"CPU for {CHARTS} tiles at 1 Hz, more than for none", "%",
            _more(tiles, lambda second: tiles.show_tiles(_tiles(second))), goal=SHARE_MOST),
        Row(f"CPU for {CHARTS} charts with axes at 1 Hz, more than for none", "%", _whole_ones()),
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
