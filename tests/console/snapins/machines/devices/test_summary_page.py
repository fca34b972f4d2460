"""The summary is made anew whenever it is shown."""

from pytestqt.qtbot import QtBot

from console.sdk.forms import Row, ToneLabel
from console.snapins.machines.devices.summary_page import SummaryPage
from tests.console.snapins.lent import LentContext


def test_it_shows_what_is_so_when_it_is_entered(context: LentContext, qtbot: QtBot) -> None:
    rows = [Row("Device", "Network adapter")]
    page = SummaryPage(context, "Finish adds it.", lambda: rows, "add device/summary")
    qtbot.addWidget(page)
    page.enter()
    rows[:] = [Row("Device", "DVD drive")]
    page.enter()
    texts = [label.text() for label in page.findChildren(ToneLabel)]
    assert texts == ["Device", "DVD drive"]
