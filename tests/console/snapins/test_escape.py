"""Escape drops nothing that somebody typed, in whichever dialog; who typed nothing is not asked."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from backend.errors import HostAway
from backend.model import Host, Prompt, PromptKind
from console.sdk.dialog import Dialog
from console.snapins.hosts.dialogs.connect import ConnectDialog
from console.snapins.hosts.dialogs.secret import SecretDialog
from console.snapins.hosts.refusals import Field
from console.snapins.machines.creation.clone_dialog import CloneDialog
from console.snapins.machines.creation.wizard import NewMachineWizard
from console.snapins.machines.devices import kinds
from console.snapins.machines.devices.add_wizard import AddDeviceWizard
from console.snapins.machines.dialogs.import_disk import ImportDialog
from console.snapins.machines.dialogs.quick_create import QuickCreateDialog
from console.snapins.machines.packages.import_dialog import ImportMachineDialog
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.creation.conftest import MEANS
from tests.console.snapins.machines.devices.offers import prospects, running
from tests.fakes.machines import away_host, domain, host
from tests.fakes.turning import turn

Made = tuple[Dialog, QLineEdit]
Make = Callable[[LentContext], Made]


def new(context: LentContext) -> Made:
    wizard = NewMachineWizard(context, next(context.lookup.records(Host)))
    return wizard, wizard.name.name


def added(context: LentContext) -> Made:
    wizard = AddDeviceWizard(context, (running(),))
    wizard.kind.kinds.choose(kinds.EXISTING_DISK.key)
    return wizard, wizard.existing_disk.path


def clone(context: LentContext) -> Made:
    dialog = CloneDialog(context, domain("web"))
    return dialog, dialog.name


def quick(context: LentContext) -> Made:
    dialog = QuickCreateDialog(context, host())
    return dialog, dialog.name


def package(context: LentContext) -> Made:
    dialog = ImportMachineDialog(context, host())
    return dialog, dialog.package.path


def disk(context: LentContext) -> Made:
    dialog = ImportDialog(context, host())
    return dialog, dialog.path


def connect(context: LentContext) -> Made:
    dialog = ConnectDialog(context)
    return dialog, dialog.fields.lines[Field.SERVER]


@pytest.fixture
def asked(context: LentContext) -> LentContext:
    """What the host would answer."""
    context.engine.answers.update(
        {"means.look": MEANS, "systems.names": (), "device.look": prospects()}
    )
    return context


def escape(dialog: QDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    turn()


ALL = pytest.mark.parametrize("make", [new, added, clone, quick, package, disk, connect])


@ALL
def test_who_typed_nothing_is_not_asked(asked: LentContext, make: Make) -> None:
    dialog, _field = make(asked)
    asked.show_dialog(dialog)
    turn()
    escape(dialog)
    assert asked.questions == []
    assert not isValid(dialog) or not dialog.isVisible()


@ALL
def test_who_typed_is_asked_and_can_go_on(asked: LentContext, make: Make) -> None:
    dialog, field = make(asked)
    asked.show_dialog(dialog)
    turn()
    field.selectAll()
    QTest.keyClicks(field, "rack-7")
    asked.answers = [1, 0]
    escape(dialog)
    assert [one.title for one in asked.questions] == ["Drop what you entered?"]
    assert dialog.isVisible()
    assert field.text() == "rack-7"
    escape(dialog)
    assert not isValid(dialog) or not dialog.isVisible()


@ALL
def test_who_took_it_back_is_not_asked(asked: LentContext, make: Make) -> None:
    dialog, field = make(asked)
    asked.show_dialog(dialog)
    turn()
    QTest.keyClicks(field, "x")
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    escape(dialog)
    assert asked.questions == []


def test_a_single_choice_is_soon_made_again_and_several_are_asked_about(
    asked: LentContext,
) -> None:
    wizard, _field = new(asked)
    asked.show_dialog(wizard)
    turn()
    assert isinstance(wizard, NewMachineWizard)
    found = []
    wizard._show_page(wizard.generation)
    for choice in (wizard.generation.first, wizard.generation.second, wizard.generation.first):
        QTest.mouseClick(choice, Qt.MouseButton.LeftButton, pos=QPoint(8, choice.height() // 2))
        found.append(wizard.is_typed_in)
    wizard._show_page(wizard.memory)
    wizard.memory.processors.setFocus()
    QTest.keyClick(wizard.memory.processors, Qt.Key.Key_Up)
    found.append(wizard.is_typed_in)
    wizard._show_page(wizard.generation)
    assert not wizard.generation.second.isChecked()
    QTest.mouseClick(wizard.generation.second, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    found.append(wizard.is_typed_in)
    assert found == [False, False, False, False, True]
    asked.answers = [1]
    escape(wizard)
    assert len(asked.questions) == 1
    assert wizard.isVisible()


def test_a_file_that_was_chosen_counts_as_typed(asked: LentContext) -> None:
    dialog, field = disk(asked)
    asked.show_dialog(dialog)
    assert isinstance(dialog, ImportDialog)
    dialog.browse.click()
    chooser = next(iter(dialog.findChildren(QDialog)))
    chooser.fileSelected.emit("/images/a.qcow2")  # type: ignore[attr-defined]
    chooser.close()
    assert field.text() == "/images/a.qcow2"
    asked.answers = [1]
    escape(dialog)
    assert len(asked.questions) == 1


def test_what_was_handed_in_is_not_lost(asked: LentContext) -> None:
    dialog, field = clone(asked)
    asked.show_dialog(dialog)
    field.selectAll()
    QTest.keyClicks(field, "web-9")
    dialog.ok_button.click()
    turn()
    escape(dialog)
    assert asked.questions == []
    assert asked.submitted() == [("clone.clone", "uuid-web")]


def test_a_connection_is_as_before_only_once_it_is_dropped(
    asked: LentContext, qtbot: QtBot
) -> None:
    dialog, field = connect(asked)
    asked.show_dialog(dialog)
    QTest.keyClicks(field, "rack-7")
    dialog.ok_button.click()
    turn()
    asked.engine.waiting.settle("host.reconnect", HostAway(host="rack-7"))
    qtbot.waitUntil(lambda: not dialog.is_busy)
    asked.answers = [1, 0]
    escape(dialog)
    assert asked.engine.forgotten == [], "the user goes on"
    escape(dialog)
    assert len(asked.engine.forgotten) == 1


def test_an_answer_to_a_server_is_declined_at_once(asked: LentContext) -> None:
    prompt = Prompt(7, PromptKind.PASSWORD, "root@rack-2")
    dialog = SecretDialog(asked, away_host(), prompt)
    asked.show_dialog(dialog)
    QTest.keyClicks(dialog.field, "secret")
    escape(dialog)
    assert asked.questions == []
