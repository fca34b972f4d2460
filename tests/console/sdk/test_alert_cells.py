import time
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from backend.model import Alerts, Kind
from console.sdk.alert_cells import alert_cell, alerts_of
from console.sdk.nodes import Tone
from tests.console.snapins.lent import LentContext
from tests.fakes.alarms import CPU, LATENCY, MEMORY, alert, alerts
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain, room

WEB = domain("web-01").ref


@pytest.fixture
def context(qtbot: QtBot) -> Iterator[LentContext]:
    context = LentContext(FakeEngine(*room()), qtbot)
    yield context
    context.close()


def test_without_alerts_there_is_no_cell(context: LentContext) -> None:
    assert alert_cell(WEB, context.lookup) is None
    assert alerts_of(WEB, context.lookup) == ()


def test_the_worst_stands_there_with_how_many_more(context: LentContext, qtbot: QtBot) -> None:
    silent = alert(MEMORY, silent_until=time.time() + 60)
    context.engine.put(alerts(WEB, silent, alert(LATENCY, "vda"), alert(CPU)))
    qtbot.waitUntil(lambda: bool(context.lookup.record(WEB.of(Kind.ALERTS), Alerts)))
    cell = alert_cell(WEB, context.lookup)
    assert cell
    assert cell.text == "Write latency of drive vda above 100 ms (+2)"
    assert cell.tone is Tone.WARNING
    assert cell.tooltip.splitlines()[-1].endswith(", silent")
    assert alerts_of(WEB, context.lookup)[-1] == silent
