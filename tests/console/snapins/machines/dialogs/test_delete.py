"""Deleting names each machine and each disk; nothing goes that was not ticked."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from backend.errors import HostAway
from backend.operations.domain import OwnedDisk
from console.snapins.machines.dialogs.delete import DeleteDialog
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import GIB, domain
from tests.fakes.turning import turn

A, B = domain("a"), domain("b")
OWN = OwnedDisk("/d/a.qcow2", "a.qcow2", 20 * GIB, 3 * GIB)
SHARED = OwnedDisk("/d/gold.qcow2", "gold.qcow2", 10 * GIB, GIB, ("web-01", "web-02"))


def opened(context: LentContext, qtbot: QtBot, *machines: object) -> DeleteDialog:
    dialog = DeleteDialog(context, machines or (A,))  # type: ignore[arg-type]
    context.show_dialog(dialog)
    return dialog


def test_disks_stay_unless_ticked(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["domain.owned_disks"] = (OWN, SHARED)
    dialog = opened(context, qtbot)
    qtbot.waitUntil(dialog.ok_button.isEnabled)
    assert [box.isChecked() for box in dialog.boxes.values()] == [False, False]
    dialog.ok_button.click()
    assert context.last().operation == "domain.delete"
    assert context.last().arguments == ((),)


def test_each_disk_is_named_and_a_shared_one_cannot_go(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["domain.owned_disks"] = (OWN, SHARED)
    dialog = opened(context, qtbot)
    qtbot.waitUntil(dialog.ok_button.isEnabled)
    own, shared = dialog.boxes.values()
    assert own.text() == "Delete disk a.qcow2 (20 GiB, 3 GiB in use)"
    assert shared.text() == "Disk gold.qcow2 (10 GiB) stays: web-01, web-02 use it too"
    assert not shared.isEnabled()
    own.setChecked(True)
    dialog.ok_button.click()
    assert context.last().arguments == (("/d/a.qcow2",),)


def test_many_are_one_job_each_and_all_named(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["domain.owned_disks"] = (OWN,)
    dialog = opened(context, qtbot, A, B)
    assert dialog.windowTitle() == "Delete 2 virtual machines"
    qtbot.waitUntil(dialog.ok_button.isEnabled)
    names = {label.text() for label in dialog.findChildren(QLabel)}
    assert {"a", "b"} <= names
    dialog.boxes[B.ref, OWN.path].setChecked(True)
    dialog.ok_button.click()
    assert context.submitted() == [("domain.delete", "uuid-a"), ("domain.delete", "uuid-b")]
    assert [job.arguments for job in context.engine.submissions] == [((),), ((OWN.path,),)]


def test_it_waits_for_the_disks_and_may_be_closed_meanwhile(
    context: LentContext, qtbot: QtBot
) -> None:
    dialog = opened(context, qtbot)
    assert not dialog.ok_button.isEnabled()
    dialog.reject()
    assert context.submitted() == []
    assert context.problems == []


def test_unknown_disks_stay(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["domain.owned_disks"] = HostAway(host="x")
    dialog = opened(context, qtbot)
    qtbot.waitUntil(dialog.ok_button.isEnabled)
    assert dialog.boxes == {}


def test_return_does_not_delete(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["domain.owned_disks"] = (OWN,)
    dialog = opened(context, qtbot)
    qtbot.waitUntil(dialog.ok_button.isEnabled)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert context.submitted() == []


def test_return_on_delete_deletes(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["domain.owned_disks"] = (OWN,)
    dialog = opened(context, qtbot)
    qtbot.waitUntil(dialog.ok_button.isEnabled)
    dialog.ok_button.setFocus()
    QTest.keyClick(dialog.ok_button, Qt.Key.Key_Return)
    assert context.submitted() == [("domain.delete", "uuid-a")]


def test_tab_leads_to_the_boxes_and_round(context: LentContext, qtbot: QtBot) -> None:
    """They come when their disks are known: after the dialog was first put in order."""
    context.engine.answers["domain.owned_disks"] = (OWN,)
    dialog = opened(context, qtbot)
    qtbot.waitUntil(dialog.ok_button.isEnabled)
    dialog.activateWindow()
    turn()
    reached = []
    for _ in range(6):
        QTest.keyClick(dialog, Qt.Key.Key_Tab)
        reached.append(dialog.focusWidget())
    (box,) = dialog.boxes.values()
    assert box in reached
    assert dialog.ok_button in reached
    assert dialog.script_button in reached
