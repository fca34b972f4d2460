from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.snapins.alerts.dialog import AlertsDialog
from console.snapins.alerts.edit import ThresholdDialog
from tests.console.snapins.lent import LentContext
from tests.fakes.alarms import CPU, LATENCY, MEMORY
from tests.fakes.machines import domain


@pytest.fixture
def dialog(context: LentContext) -> AlertsDialog:
    for threshold in (CPU, replace(LATENCY, is_enabled=False)):
        context.thresholds.put(threshold)
    dialog = AlertsDialog(context, domain("web-01"))
    context.show_dialog(dialog)
    return dialog


def rows(dialog: AlertsDialog) -> list[tuple[str, str, str, bool]]:
    found = []
    for row in range(dialog.list.topLevelItemCount()):
        item = dialog.list.topLevelItem(row)
        assert item
        on = item.checkState(0) is Qt.CheckState.Checked
        found.append((item.text(0), item.text(1), item.text(2), on))
    return found


def test_each_says_what_of_whom_and_how_bad(dialog: AlertsDialog, context: LentContext) -> None:
    assert rows(dialog) == [
        ("CPU usage above 95 % for 10 min", "Any machine", "Warning", True),
        ("Write latency above 100 ms for 90 s", "Any machine, each drive", "Warning", False),
    ]
    context.thresholds.put(MEMORY)
    assert rows(dialog)[-1][1:] == ("Any server", "Critical", True)


def test_space_switches_one_on_and_off(
    dialog: AlertsDialog, context: LentContext, qtbot: QtBot
) -> None:
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: context.thresholds.all()[1].is_enabled)
    assert rows(dialog)[1][3]
    assert dialog.chosen() == LATENCY


def test_by_keys_one_is_made_changed_and_deleted(
    dialog: AlertsDialog, context: LentContext, qtbot: QtBot
) -> None:
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Insert)
    fields = dialog.findChild(ThresholdDialog)
    assert fields
    assert fields.threshold.key == domain("web-01").ref.key
    fields.ok_button.click()
    qtbot.waitUntil(lambda: len(context.thresholds.all()) == 3)
    chosen = dialog.chosen()
    assert chosen
    assert chosen.id == context.thresholds.all()[2].id
    dialog.activateWindow()
    qtbot.waitUntil(dialog.list.hasFocus)
    QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert len(context.thresholds.all()) == 2
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    opened = [one for one in dialog.findChildren(ThresholdDialog) if one.isVisible()]
    assert [one.threshold for one in opened] == [dialog.chosen()]
    opened[0].reject()


def test_who_deletes_one_stands_on_its_neighbour(
    dialog: AlertsDialog, context: LentContext
) -> None:
    context.thresholds.put(MEMORY)
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert dialog.chosen() == MEMORY
    QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert dialog.chosen() == CPU


def test_without_any_it_says_what_to_do(dialog: AlertsDialog, context: LentContext) -> None:
    for threshold in context.thresholds.all():
        context.thresholds.remove(threshold)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Nothing is watched for: add what you want to hear of." in words
    assert not dialog.edit.isEnabled()
    assert not dialog.delete.isEnabled()
    assert dialog.add.isEnabled()
