"""Writes charts to a file that the user names, beside the GUI, and says how that went."""

import time
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from console.bridge.aside import Aside
from console.sdk.file_question import ask_where
from console.sdk.nodes import Tone
from console.sdk.whole_file import file_name, why_not, write_whole
from console.snapins.machines.pages.chart_deck import ChartDeck
from console.widgets import chart_sheet
from console.widgets.chart_sheet import Part, Sheet
from console.widgets.time_span import moment
from console.widgets.time_view import TimeView


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class Form(Enum):
    """How charts are written; the value is how such a file's name ends."""

    PNG = "png"
    SVG = "svg"
    CSV = "csv"


class ChartExport(QObject):
    """Asks where to, writes what is seen, and tells."""

    told = Signal(str, object)
    """str: how it went, in one line; Tone: how well."""

    def __init__(self, page: QWidget, deck: ChartDeck, view: TimeView) -> None:
        super().__init__(page)
        self._page = page
        self._deck = deck
        self._view = view
        self._aside = Aside("chart export", self)

    def ask(self, title: str) -> None:
        """Let the user name a file; its ending, or the kind he chooses, says how it is written."""
        kinds = {
            Form.PNG.value: _tr("Picture (*.png)"),
            Form.SVG.value: _tr("Drawing (*.svg)"),
            Form.CSV.value: _tr("Figures, comma-separated (*.csv)"),
        }
        ask_where(
            self._page,
            _tr("Export Charts"),
            lambda path, kind: self.save(title, path, Form(kind)),
            name=file_name(title),
            kinds=kinds,
        )

    def save(self, title: str, path: Path, form: Form) -> None:
        """Write what is seen; then tell."""
        content = self._content(form, title)

        def write() -> OSError | None:
            try:
                write_whole(path, content())
            except OSError as error:
                return error
            return None

        self._aside.run(write, lambda error: self._say(path, error))

    def _content(self, form: Form, title: str) -> Callable[[], bytes]:
        """Return what makes the file's content, of the charts as they are now."""
        shown, span = self._deck.shown, self._view.span
        parts = [
            Part(chart.title, chart.unit, chart.shown, chart.plane.plot)
            for chart in (self._deck.charts.values() if form is Form.CSV else shown)
        ]
        if form is Form.CSV:
            return lambda: chart_sheet.table(parts, span).encode("utf-8", "backslashreplace")
        first, last = (moment(s, span.length_s, time.time()) for s in (span.since, span.until))
        heading = _tr("{machine}, {first} to {last}").format(machine=title, first=first, last=last)
        sheet = Sheet(heading, parts, self._page.palette(), self._page.font())
        # Painted at once: fonts and palettes belong to the thread of the GUI.
        if form is Form.PNG:
            image = chart_sheet.picture(sheet)
            return lambda: chart_sheet.png(image)
        drawn = chart_sheet.drawing(sheet)
        return lambda: drawn

    def _say(self, path: Path, error: OSError | None) -> None:
        if error is None:
            self.told.emit(_tr("Written to {path}.").format(path=path), Tone.GOOD)
        else:
            self.told.emit(why_not(error, path), Tone.BAD)
