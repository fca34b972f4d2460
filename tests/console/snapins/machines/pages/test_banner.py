"""The banner says what happened and has buttons that go on."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from backend.errors import HostAway, Problem
from backend.model import DomainState, Record, StateReason
from console.snapins.machines import standing
from console.snapins.machines.pages.banner import TroubleBanner
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain, host

FULL = domain("a", DomainState.PAUSED, reason=StateReason.DISK_FULL)
FAILED = domain("a", reason=StateReason.START_FAILED)


@pytest.fixture
def banner(context: LentContext, qtbot: QtBot) -> TroubleBanner:
    banner = TroubleBanner(context)
    qtbot.addWidget(banner)
    banner.show()
    return banner


def buttons(banner: TroubleBanner) -> dict[str, QPushButton]:
    QApplication.processEvents()  # a layout shows what is added to it a little later
    return {b.text(): b for b in banner.findChildren(QPushButton) if not b.isHidden()}


def test_it_is_there_only_in_trouble(banner: TroubleBanner) -> None:
    banner.show_trouble(FULL, standing.trouble(FULL, None))
    assert banner.isVisible()
    banner.show_trouble(FULL, None)
    assert not banner.isVisible()


def test_buttons_do_what_the_actions_do(banner: TroubleBanner, context: LentContext) -> None:
    banner.show_trouble(FULL, standing.trouble(FULL, None))
    assert list(buttons(banner)) == ["Resume", "Turn Off..."]
    buttons(banner)["Resume"].click()
    assert context.submitted() == [("domain.resume", "uuid-a")]


def test_a_button_that_came_too_late_does_nothing(
    banner: TroubleBanner, context: LentContext
) -> None:
    trouble = standing.trouble(FULL, None)
    banner.show_trouble(FULL, trouble)
    banner.show_trouble(replace(FULL, state=DomainState.RUNNING), trouble)
    buttons(banner)["Resume"].click()
    assert context.submitted() == []


def test_the_log_is_fetched_where_it_explains(
    banner: TroubleBanner, context: LentContext, qtbot: QtBot
) -> None:
    context.engine.answers["domain.log_tail"] = ("first", "qemu: no such drive")
    banner.show_trouble(FAILED, standing.trouble(FAILED, None))
    (log,) = banner.findChildren(QPlainTextEdit)
    qtbot.waitUntil(log.isVisible)
    assert log.toPlainText().splitlines()[-1] == "qemu: no such drive"


def test_what_the_failure_brought_is_not_asked_for(
    banner: TroubleBanner, context: LentContext
) -> None:
    trouble = standing.trouble(FAILED, None)
    assert trouble
    banner.show_trouble(FAILED, replace(trouble, detail=("told already",)))
    (log,) = banner.findChildren(QPlainTextEdit)
    assert log.toPlainText() == "told already"


def test_a_log_that_cannot_be_read_is_no_second_trouble(
    banner: TroubleBanner, context: LentContext, qtbot: QtBot
) -> None:
    context.engine.answers["domain.log_tail"] = HostAway(host="x")
    banner.show_trouble(FAILED, standing.trouble(FAILED, None))
    qtbot.wait(20)
    (log,) = banner.findChildren(QPlainTextEdit)
    assert not log.isVisible()
    assert context.problems == []


def test_where_one_may_only_look_the_buttons_say_so(
    banner: TroubleBanner, context: LentContext, until: Callable[[Record], None]
) -> None:
    banner.show_trouble(FULL, standing.trouble(FULL, None))
    resume = buttons(banner)["Resume"]
    until(replace(host(), is_read_only=True, notes=(Problem("ReadOnlyWanted"),)))
    resume.click()
    assert context.submitted() == []
    assert [problem.message_id for problem in context.problems] == ["NotPermitted"]
    banner.show_trouble(FAILED, standing.trouble(FAILED, None))
    (start, *_others) = buttons(banner).values()
    assert not start.isEnabled()
    assert "read-only" in start.toolTip()
