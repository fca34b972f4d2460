"""Clone: names, one or many, what becomes of the disks, and that it stays until all is there."""

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from backend.model import Kind, Ref
from backend.operations.clone import Copying
from backend.refusals import DiskNotInPool
from console.snapins.machines.creation.clone_dialog import CloneDialog
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain


@pytest.fixture
def dialog(context: LentContext) -> CloneDialog:
    dialog = CloneDialog(context, domain("web"))
    context.show_dialog(dialog)
    return dialog


def test_it_proposes_a_name_and_full_copies(
    context: LentContext, dialog: CloneDialog, qtbot: QtBot
) -> None:
    assert dialog.name.text() == "web clone"
    dialog.ok_button.click()
    qtbot.waitUntil(lambda: bool(context.submitted()))
    assert context.last().operation == "clone.clone"
    assert context.last().arguments == (("web clone",), Copying.FULL)


@pytest.mark.parametrize("name", ["web web " * 30, "web web ü" * 22])
def test_of_a_long_name_as_much_is_proposed_as_will_do(context: LentContext, name: str) -> None:
    dialog = CloneDialog(context, domain(name))
    context.show_dialog(dialog)
    assert dialog.refusal == ""
    assert dialog.name.text().startswith("web web")
    assert dialog.name.text().endswith(" clone")


def test_many_that_are_linked(dialog: CloneDialog) -> None:
    dialog.count.setValue(3)
    dialog.name.setText("db-#")
    dialog.disks.setCurrentIndex(1)
    assert dialog.names() == ("db-1", "db-2", "db-3")
    assert dialog.copying is Copying.LINKED
    assert "does not start any more" in dialog.disks_hint.text()
    assert dialog.hint.text().startswith("db-1 to db-3")


def test_a_name_that_is_taken_is_said(dialog: CloneDialog) -> None:
    dialog.name.setText("web-01")
    assert dialog.name_remark.text()
    assert not dialog.ok_button.isEnabled()


def test_it_stays_until_they_are_there(
    context: LentContext, dialog: CloneDialog, qtbot: QtBot
) -> None:
    dialog.ok_button.click()
    qtbot.waitUntil(lambda: bool(context.submitted()))
    job = context.last().job_id
    context.engine.fail(job, DiskNotInPool(path="/elsewhere", name="web"))
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert dialog.isVisible()
    dialog.ok_button.click()
    qtbot.waitUntil(lambda: context.last().job_id != job)
    made = Ref("here", Kind.DOMAIN, "new")
    context.engine.finish(context.last().job_id, (made,))
    qtbot.waitUntil(lambda: bool(context.places))
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())
    assert context.places[-1][1] == made
