import csv
import io
import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from console.sdk.nodes import Tone
from console.snapins.machines.pages.chart_deck import ChartDeck
from console.snapins.machines.pages.chart_export import ChartExport, Form
from console.snapins.machines.pages.chart_kinds import machine_charts
from console.widgets import chart_sheet
from console.widgets.curve import Curve
from console.widgets.time_view import TimeView

NOW = 1_764_000_000.0


class Exporting:
    """Charts of some figures, and what was told of their export."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.page = page = QWidget(self.window)
        view = TimeView(60, page)
        view.set_now(NOW)
        deck = ChartDeck(machine_charts())
        for chart in (*deck.charts.values(), deck.overlay):
            chart.setParent(page)
        seconds = (NOW - 90, NOW - 20, NOW - 10, NOW)
        curve = Curve("used", seconds, (1.0, 2.0, None, 4.5), least=(1.0, 1.0, None, 4.0),
                      most=(1.0, 3.0, None, 5.0))  # fmt: skip
        deck.charts["cpu"].show_curves((curve,), "%", view.span)
        deck.charts["disk"].show_curves((Curve("=read", seconds, (7.0,) * 4),), "MiB/s", view.span)
        self.told: list[tuple[str, Tone]] = []
        self.export = ChartExport(page, deck, view)
        self.export.told.connect(lambda words, tone: self.told.append((words, tone)))
        self._qtbot = qtbot

    def save(self, path: Path, form: Form = Form.PNG) -> tuple[str, Tone]:
        self.told.clear()
        self.export.save("web-01", path, form)
        self._qtbot.waitUntil(lambda: len(self.told) == 1)
        return self.told[0]


@pytest.fixture
def exporting(qtbot: QtBot) -> Exporting:
    return Exporting(qtbot)


def test_figures_are_written_a_moment_a_line(exporting: Exporting, tmp_path: Path) -> None:
    words, tone = exporting.save(tmp_path / "a.csv", Form.CSV)
    assert (words, tone) == (f"Written to {tmp_path / 'a.csv'}.", Tone.GOOD)
    titles, *rows = csv.reader(io.StringIO((tmp_path / "a.csv").read_text()))
    assert titles[:4] == ["time", "CPU used (%)", "CPU used (%), least", "CPU used (%), most"]
    assert [row[1:] for row in rows] == [
        ["2", "1", "3", "7"], ["", "", "", "7"], ["4.5", "4", "5", "7"],
    ], "only what is seen, and a hole is empty"  # fmt: skip
    assert rows[0][0].startswith("2025-11-2")


def test_a_picture_and_a_drawing_are_what_their_names_say(
    exporting: Exporting, tmp_path: Path
) -> None:
    exporting.save(tmp_path / "a.png")
    assert QImage(str(tmp_path / "a.png")).size().width() == 2400
    exporting.save(tmp_path / "a.SVG", Form.SVG)
    drawing = (tmp_path / "a.SVG").read_text()
    assert drawing.startswith("<?xml")
    assert "CPU" in drawing


def test_why_it_could_not_be_written_is_said_in_one_line(
    exporting: Exporting, tmp_path: Path
) -> None:
    words, tone = exporting.save(tmp_path / "not there" / "a.png")
    assert tone is Tone.BAD
    assert words == f"The folder {tmp_path / 'not there'} is not there. Choose another one."


def test_a_full_disk_is_said_in_one_line(
    exporting: Exporting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_full(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("console.snapins.machines.pages.chart_export.write_whole", is_full)
    words, tone = exporting.save(tmp_path / "a.png")
    assert tone is Tone.BAD
    assert words.startswith(f"There is no room left in {tmp_path}.")
    assert "\n" not in words


def test_a_picture_is_packed_beside_the_gui(
    exporting: Exporting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []
    png = chart_sheet.png

    def pack(image: QImage) -> bytes:
        threads.append(threading.current_thread())
        return png(image)

    monkeypatch.setattr(chart_sheet, "png", pack)
    exporting.save(tmp_path / "a.png")
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_page_that_goes_takes_its_question_with_it(exporting: Exporting, qtbot: QtBot) -> None:
    """Its node may be left meanwhile: of what is gone nothing can be written."""
    exporting.window.show()
    exporting.export.ask("web-01")
    (dialog,) = exporting.window.findChildren(QFileDialog)
    assert dialog.isVisible()
    exporting.page.deleteLater()
    qtbot.waitUntil(lambda: not isValid(exporting.page))
    assert not isValid(dialog)
