"""Leaving the sheet: what was entered is not dropped unasked, and nothing else is asked."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.settings.conftest import Open
from tests.console.snapins.machines.settings.sheets import COUNT
from tests.console.snapins.machines.settings.test_sheet import LATER, page_of, planned


def test_escape_closes_at_once_where_nothing_was_entered(opened: Open, qtbot: QtBot) -> None:
    shown = opened()
    with qtbot.waitSignal(shown.finished):
        QTest.keyClick(shown, Qt.Key.Key_Escape)


@pytest.mark.parametrize("is_a_number", [True, False])
def test_escape_drops_nothing_unasked(
    opened: Open, context: LentContext, qtbot: QtBot, is_a_number: bool
) -> None:
    shown = opened()
    if is_a_number:
        planned(shown, context, qtbot, LATER)
    else:
        box = page_of(shown, COUNT).editor(COUNT).widget
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(box, "many")
    context.answers[:] = [1, 0]
    for leave in (lambda: QTest.keyClick(shown, Qt.Key.Key_Escape), shown.close):
        assert isValid(shown)
        assert shown.isVisible(), "he goes on editing"
        leave()
        qtbot.waitUntil(lambda: not shown._is_asking if isValid(shown) else True)
    assert [one.title for one in context.questions] == ["Drop what you entered?"] * 2
    qtbot.waitUntil(lambda: not isValid(shown))
    assert context.submitted() == []


def test_what_is_being_done_is_not_asked_about(
    opened: Open, context: LentContext, qtbot: QtBot
) -> None:
    shown = opened()
    planned(shown, context, qtbot, LATER)
    shown.apply_button.click()
    with qtbot.waitSignal(shown.finished):
        QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert context.questions == []
