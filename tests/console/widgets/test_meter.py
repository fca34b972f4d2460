"""The meter."""

from pytestqt.qtbot import QtBot

from console.widgets.meter import Meter


def test_it_can_be_heard_and_seen(qtbot: QtBot) -> None:
    meter = Meter("Disk")
    qtbot.addWidget(meter)
    meter.resize(100, 12)
    empty = meter.grab().toImage()
    meter.set_share(0.5)
    assert meter.accessibleDescription() == "50%"
    assert meter.grab().toImage() != empty
