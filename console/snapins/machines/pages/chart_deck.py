"""Charts made of declarations: what is read for them, and how they are drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.model import Ref
from backend.series import Sample, Series
from console.sdk import wording
from console.snapins.machines.pages import plotted
from console.snapins.machines.pages.chart_kinds import EACH, ChartKind, Line
from console.snapins.machines.pages.past import Past
from console.snapins.machines.pages.trace import Trace
from console.widgets.chart import Chart
from console.widgets.curve import INKS, Curve
from console.widgets.ladder import ladder_of
from console.widgets.time_span import Span

_OVERLAID_INKS: Final = (INKS[0], INKS[3], INKS[2], INKS[1])
Devices = Mapping[str, Sequence[tuple[str, str]]]
"""By the id of a kind of chart: its devices, each with what it is called."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class ChartDeck:
    """A chart of each kind, and one in which all are laid over each other."""

    def __init__(self, kinds: Sequence[ChartKind]) -> None:
        self.kinds = tuple(kinds)
        self.charts = {kind.id: Chart(kind.title, ceiling=kind.ceiling) for kind in kinds}
        self.overlay = Chart(_tr("All, each on its own scale"), ceiling=100)
        self.is_overlaid = False
        self._devices: Devices = {}
        self._traces: dict[Series, Trace] = {}
        for kind in kinds:
            told = [(aspect.id, aspect.name) for aspect in kind.aspects]
            self.charts[kind.id].aspect.offer(told)

    @property
    def shown(self) -> tuple[Chart, ...]:
        """The charts that are to be seen."""
        return (self.overlay,) if self.is_overlaid else tuple(self.charts.values())

    def offer(self, devices: Devices) -> None:
        """Let one choose among these devices."""
        self._devices = devices
        for kind in self.kinds:
            known = devices.get(kind.id, ())
            if kind.all_of and len(known) > 1:
                choices = (("", kind.all_of), (EACH, kind.each_of), *known)
                self.charts[kind.id].choice.offer(choices)
            else:
                self.charts[kind.id].choice.offer(())

    def series(self, ref: Ref) -> tuple[Series, ...]:
        """Return what is to be read for what is chosen."""
        return tuple(
            Series(ref, line.measure, device)
            for kind in self.kinds
            for line, device in self._lines(kind)
        )

    def draw(
        self, ref: Ref, past: Past, samples: Sequence[Sample], span: Span, step_s: float, now: float
    ) -> bool:
        """Draw what was kept and what was read lately; return whether there is anything."""
        is_any, before, self._traces = False, self._traces, {}
        for kind in self.kinds:
            drawn: list[tuple[Line, Trace]] = []
            for line, device in self._lines(kind):
                series = Series(ref, line.measure, device)
                course = past.course(series)
                trace = before.get(series)
                if trace is None or not trace.is_of(course, samples, step_s):
                    trace = Trace(course, samples, (line.measure, device), step_s)
                self._traces[series] = trace
                drawn.append((line, trace))
            known = [top for _, trace in drawn if (top := trace.highest(span)) is not None]
            is_any = is_any or bool(known)
            self._show(kind, drawn, max(known, default=None), span, now)
        if self.is_overlaid:
            self.overlay.show_curves(self._overlaid(span), "", span)
        return is_any

    def _lines(self, kind: ChartKind) -> tuple[tuple[Line, str], ...]:
        chart = self.charts[kind.id]
        names = dict(self._devices.get(kind.id, ()))
        aspect = kind.aspect(chart.aspect.current)
        return tuple(
            (replace(line, name=names.get(line.name, line.name)), device)
            for line, device in aspect.drawn(chart.choice.current, tuple(names))
        )

    def _show(
        self,
        kind: ChartKind,
        drawn: Sequence[tuple[Line, Trace]],
        highest: float | None,
        span: Span,
        now: float,
    ) -> None:
        scale = plotted.scale_for(drawn[0][0].measure.unit, highest)
        # What nothing is known of in this time is not named; without any, the first one is.
        told = [one for one in drawn if one[1].runs] or list(drawn[:1])
        curves = tuple(trace.curve(line, scale, now) for line, trace in told)
        self.charts[kind.id].show_curves(curves, scale.unit, span)

    def _overlaid(self, span: Span) -> tuple[Curve, ...]:
        found = []
        for kind, ink in zip(self.kinds, _OVERLAID_INKS, strict=False):
            chart = self.charts[kind.id]
            tops = [curve.highest(span.since, span.until) for curve in chart.curves]
            known = [top for top in tops if top is not None]
            top = kind.ceiling or ladder_of(chart.unit).top(max(known, default=0.0))
            for number, curve in enumerate(chart.curves):
                over = _over(curve, top, chart.unit)
                name = f"{kind.title} {curve.name}"
                found.append(replace(over, name=name, ink=ink, is_dashed=number > 0))
        return tuple(found)


def _over(curve: Curve, top: float, unit: str) -> Curve:
    """Return a curve in hundredths of its own scale, which reads as it is."""
    factor = 100 / top

    def words(value: float) -> str:
        return f"{wording.number(value / factor)} {unit}".strip()

    values = tuple(None if value is None else value * factor for value in curve.values)
    newest = f"{curve.newest} {unit}".strip() if curve.newest else ""
    return Curve(curve.name, curve.seconds, values, newest, words=words, is_filled=False)
