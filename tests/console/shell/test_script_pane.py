"""Scripts are copied and saved as they stand; without one there is a reason, and no button."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from console.sdk.whole_file import file_name
from console.shell.script_pane import ScriptPane
from console.shell.script_text import ScriptText

TEXT = ScriptText("#!/bin/sh\nvirsh start a\n", "print('a')\n")


@pytest.fixture
def pane(qtbot: QtBot) -> ScriptPane:
    pane = ScriptPane()
    qtbot.addWidget(pane)
    pane.show()
    pane.show_text("Start: web 01", TEXT)
    return pane


def test_the_language_that_is_shown_is_copied(pane: ScriptPane) -> None:
    pane.copy_button.click()
    assert QApplication.clipboard().text() == TEXT.virsh
    pane.tabs.setCurrentIndex(1)
    assert pane.remark.text() == ""
    pane.copy_button.click()
    assert QApplication.clipboard().text() == TEXT.python
    assert pane.remark.text() == "Copied."


def test_it_is_saved_so_that_it_runs(pane: ScriptPane, qtbot: QtBot, tmp_path: Path) -> None:
    pane.save_button.click()
    (dialog,) = pane.findChildren(QFileDialog)
    assert [Path(name).name for name in dialog.selectedFiles()] == ["start-web-01.sh"]
    path = tmp_path / "it.sh"
    dialog.fileSelected.emit(str(path))
    qtbot.waitUntil(lambda: str(path) in pane.remark.text())
    assert path.read_text() == TEXT.virsh
    assert path.stat().st_mode & 0o100
    dialog.close()


def test_what_cannot_be_saved_is_said(pane: ScriptPane, qtbot: QtBot, tmp_path: Path) -> None:
    pane.save_button.click()
    (dialog,) = pane.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "none" / "it.sh"))
    qtbot.waitUntil(lambda: "is not there" in pane.remark.text())
    dialog.close()


def test_a_reason_stands_in_its_place(pane: ScriptPane) -> None:
    pane.show_text("x", ScriptText(reason="Because."))
    assert pane.reason.isVisible()
    assert not pane.virsh.isVisible()
    assert not pane.copy_button.isEnabled()
    pane.show_text("x", TEXT)
    assert pane.virsh.isVisible()
    assert pane.save_button.isEnabled()


@pytest.mark.parametrize(
    ("title", "name"),
    [("Shut Down: web/01", "shut-down-web-01"), ("../..", "script"), ("Büro", "büro")],
)
def test_files_are_named_after_what_they_do(title: str, name: str) -> None:
    assert file_name(title) == name
