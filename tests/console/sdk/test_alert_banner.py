import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from backend.model import Change
from console.sdk.alert_banner import SILENCE_S, AlertBanner
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


@pytest.fixture
def banner(context: LentContext, qtbot: QtBot) -> AlertBanner:
    banner = AlertBanner(context)
    qtbot.addWidget(banner)
    return banner


def texts(banner: AlertBanner) -> list[str]:
    grid = banner.layout()
    assert grid
    shown = (grid.itemAt(number) for number in range(grid.count()))
    labels = [item.widget() for item in shown if item]
    return [one.text() for one in labels if isinstance(one, QLabel) and one.text()]


def test_without_an_alert_nothing_is_there(banner: AlertBanner) -> None:
    banner.show_subject(WEB)
    assert banner.isHidden()
    banner.show_subject(None)
    assert banner.isHidden()


def test_it_says_what_since_when_and_what_to_do(context: LentContext, banner: AlertBanner) -> None:
    quiet = alert(LATENCY, "vda", silent_until=time.time() + 60)
    record = alerts(WEB, quiet, alert(CPU), alert(MEMORY))
    context.lookup.apply_change(Change(record.ref, None, record))
    banner.show_subject(WEB)
    assert not banner.isHidden()
    worst, second, silent = texts(banner)
    assert worst.startswith("Memory of the server in use above 95 % since ")
    assert "now 97 %. Shut down or save a machine" in worst
    assert second.startswith("CPU usage above 95 % since ")
    assert "Silent until " in silent


def test_one_can_be_silenced_and_heard_again(context: LentContext, banner: AlertBanner) -> None:
    first = alert(CPU)
    record = alerts(WEB, first)
    context.lookup.apply_change(Change(record.ref, None, record))
    banner.show_subject(WEB)
    (button,) = banner.buttons
    assert button.accessibleName() == "Silence for an Hour: CPU usage above 95 %"
    button.click()
    ((subject, rule, device, until),) = context.thresholds.silences
    assert (subject, rule, device) == (WEB, "cpu", "")
    assert abs(until - time.time() - SILENCE_S) < 60
    quiet = alerts(WEB, replace(first, silent_until=until))
    context.lookup.apply_change(Change(record.ref, record, quiet))
    banner.show_subject(WEB)
    (button,) = banner.buttons
    button.click()
    assert context.thresholds.silences[-1][3] == 0.0


def test_more_than_fit_are_counted(context: LentContext, banner: AlertBanner) -> None:
    record = alerts(WEB, *(alert(LATENCY, f"vd{letter}") for letter in "abcde"))
    context.lookup.apply_change(Change(record.ref, None, record))
    banner.show_subject(WEB)
    assert texts(banner)[-1] == "and 2 more"
