"""Charts as a page of their own: a picture, a drawing that grows without loss, or figures."""

import csv
import io
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QFont, QImage, QPalette

from console.sdk.tabbed import harmless
from console.widgets.curve import Curve
from console.widgets.plot import Plot
from console.widgets.time_span import Span


@dataclass(frozen=True, slots=True)
class Part:
    """One chart: its name, what its figures are told in, and what is drawn."""

    title: str
    unit: str
    curves: tuple[Curve, ...]
    plot: Plot

    @property
    def as_drawn(self) -> Plot:
        """What is drawn of it on a page: Qt's SVG knows no edge that cuts off what is beyond."""
        curves = [_within(curve, self.plot.span) for curve in self.curves]
        return replace(self.plot, curves=curves)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Charts one below the other, under a title."""

    title: str
    parts: Sequence[Part]
    palette: QPalette
    font: QFont


def picture(sheet: Sheet) -> QImage:
    """Return it painted, twice as sharp as it is seen."""
    from console.widgets import graph_page  # noqa: PLC0415  # pyqtgraph: a third of a second

    return graph_page.image(sheet)


def png(image: QImage) -> bytes:
    """Return a picture as a PNG. That takes a while, and can be done in any thread."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # stubs: the name is bytes
    return bytes(buffer.data().data())


def drawing(sheet: Sheet) -> bytes:
    """Return it as an SVG."""
    from console.widgets import graph_page  # noqa: PLC0415  # pyqtgraph: a third of a second

    return graph_page.svg(sheet)


def table(parts: Sequence[Part], span: Span) -> str:
    """Return the points that are seen as comma-separated values, a moment a line.

    Where a point stands for a stretch of time, its least and most stand beside the mean.
    """
    columns: list[str] = []
    rows: dict[float, dict[int, float]] = {}
    for part in parts:
        for curve in part.curves:
            told = f"{part.title} {curve.name}" + (f" ({part.unit})" if part.unit else "")
            for name, values in _columns(told, curve):
                columns.append(name)
                for second, value in zip(curve.seconds, values, strict=True):
                    if value is not None and span.holds(second):
                        rows.setdefault(second, {})[len(columns) - 1] = value
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(["time", *(harmless(name) for name in columns)])
    for second in sorted(rows):
        at = (
            datetime.fromtimestamp(second).astimezone().isoformat(timespec="milliseconds")
        )  # the clock on the wall, with its offset
        row = rows[second]
        writer.writerow([at, *(f"{row[i]:.6g}" if i in row else "" for i in range(len(columns)))])
    return file.getvalue()


def _within(curve: Curve, span: Span) -> Curve:
    first, last = bisect_left(curve.seconds, span.since), bisect_right(curve.seconds, span.until)
    values, least, most = (one[first:last] for one in (curve.values, curve.least, curve.most))
    seconds = curve.seconds[first:last]
    return replace(curve, seconds=seconds, values=values, least=least, most=most)


def _columns(told: str, curve: Curve) -> list[tuple[str, Sequence[float | None]]]:
    if not curve.least or not curve.most:
        return [(told, curve.values)]
    return [
        (told, curve.values),
        (f"{told}, least", curve.least),
        (f"{told}, most", curve.most),
    ]
