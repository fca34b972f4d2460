"""Export: where to, what will be there and what not, and that it stays until all is there."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from backend.errors import Problem
from backend.operations.package.leftovers import Leftover
from backend.operations.package.outgoing import ExportPlan, Media
from backend.packages import FolderUnfit
from console.snapins.machines.packages.export_dialog import ExportDialog
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.dialogs.furnished import furnished
from tests.fakes.machines import host

GIB = 2**30
LEFT_OUT = (Problem("PackageWithoutMedium", (("path", "/images/a.iso"), ("target", "sda"))),)
PLAN = ExportPlan(Path("/out/web"), "<domain/>", (), "", LEFT_OUT, 2 * GIB, 40 * GIB)


def opened(context: LentContext, answer: object = PLAN) -> ExportDialog:
    context.engine.answers["outgoing.plan"] = answer
    dialog = ExportDialog(context, host(), furnished("web"))
    context.show_dialog(dialog)
    return dialog


def test_it_says_what_will_be_where_and_what_not(context: LentContext, qtbot: QtBot) -> None:
    dialog = opened(context)
    assert "Looking" in dialog.refusal
    qtbot.waitUntil(lambda: dialog.refusal == "")
    assert "/out/web" in dialog.folder_remark.text()
    assert "40 GiB" in dialog.folder_remark.text()
    assert dialog.left_out.item(0).text().startswith("/images/a.iso")


def test_it_is_handed_in_as_chosen_and_remembered(
    context: LentContext, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(context)
    dialog.folder.setText(str(tmp_path))
    dialog.media.setChecked(True)
    qtbot.waitUntil(lambda: dialog.refusal == "")
    dialog.ok_button.click()
    qtbot.waitUntil(lambda: bool(context.submitted()))
    assert context.last().operation == "outgoing.export"
    assert context.last().arguments == (tmp_path, Media.INCLUDED)
    context.engine.fail(context.last().job_id, FolderUnfit(path=str(tmp_path)))
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert dialog.isVisible()
    dialog.ok_button.click()
    qtbot.waitUntil(lambda: len(context.submitted()) == 2)
    context.engine.finish(context.last().job_id, tmp_path / "web")
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())
    assert ExportDialog(context, host(), furnished("web")).folder.text() == str(tmp_path)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (FolderUnfit(path="/out"), "Nothing can be written into /out"),
        (replace(PLAN, free_bytes=GIB), "2 GiB may be needed, and 1 GiB are free"),
    ],
)
def test_why_it_cannot_be_there(
    context: LentContext, qtbot: QtBot, answer: object, words: str
) -> None:
    dialog = opened(context, answer)
    qtbot.waitUntil(lambda: words in dialog.refusal)
    assert not dialog.ok_button.isEnabled()


def test_without_a_folder_nothing_is_asked(context: LentContext) -> None:
    dialog = opened(context)
    dialog.folder.setText(" ")
    assert "Choose the folder" in dialog.refusal
    assert not dialog._typing.isActive()


def test_media_are_asked_about_only_if_there_are_any(context: LentContext) -> None:
    assert not opened(context).media.isHidden()
    machine = furnished("web")
    assert machine.next_start
    disk = machine.next_start.disks[0]
    alone = replace(machine, next_start=replace(machine.next_start, disks=(disk,)))
    assert ExportDialog(context, host(), alone).media.isHidden()


def test_a_folder_is_browsed_for(context: LentContext, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = opened(context)
    dialog.browse.click()
    (browser,) = dialog.findChildren(QFileDialog)
    assert browser.fileMode() is QFileDialog.FileMode.Directory
    browser.fileSelected.emit(str(tmp_path))
    assert dialog.target == tmp_path
    browser.close()


def test_what_an_export_that_was_cut_off_left_is_said_and_can_be_deleted(
    context: LentContext, qtbot: QtBot
) -> None:
    left = Leftover(Path("/out/.celadon-export-web-1"), 3 * GIB)
    dialog = opened(context, replace(PLAN, leftovers=(left,)))
    qtbot.waitUntil(dialog.discard.isVisible)
    assert "/out/.celadon-export-web-1" in dialog.leftover.text()
    assert "3 GiB" in dialog.leftover.text()
    assert dialog.refusal == "", "one can export all the same"
    context.engine.answers["outgoing.discard"] = None
    context.engine.answers["outgoing.plan"] = PLAN
    dialog.discard.click()
    qtbot.waitUntil(lambda: not dialog.discard.isVisible())
    assert not dialog.leftover.isVisible()
    dialog.close()
