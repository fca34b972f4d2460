"""Which file is meant, asked without a loop of Qt's own."""

from pathlib import Path

import pytest
from PySide6.QtCore import QDir
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from console.sdk.file_question import ask_file, ask_files, ask_folder, ask_where

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
KINDS = {"csv": "Commas (*.csv)", "json": "JSON (*.json)"}


@pytest.fixture
def over(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def opened(over: QWidget) -> QFileDialog:
    (dialog,) = over.findChildren(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert dialog.isVisible()
    return dialog


def test_of_files_those_that_are_wanted_come_first(over: QWidget, tmp_path: Path) -> None:
    chosen: list[str] = []
    ask_file(over, "Choose", chosen.append, at=str(tmp_path), wanted="Images (*.iso)")
    dialog = opened(over)
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFile
    assert dialog.nameFilters() == ["Images (*.iso)", "All files (*)"]
    assert dialog.directory() == QDir(str(tmp_path))
    dialog.fileSelected.emit("/a.iso")
    assert chosen == ["/a.iso"]


def test_several_files_are_told_at_once(over: QWidget) -> None:
    chosen: list[list[str]] = []
    ask_files(over, "Choose", chosen.append, at="", wanted="Images (*.iso)")
    dialog = opened(over)
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    dialog.filesSelected.emit(["/a", "/b"])
    assert chosen == [["/a", "/b"]]


@pytest.mark.parametrize("shows_hidden", [False, True])
def test_a_folder_is_one_that_is_there(
    over: QWidget, tmp_path: Path, *, shows_hidden: bool
) -> None:
    ask_folder(over, "Choose", lambda _path: None, at=str(tmp_path), shows_hidden=shows_hidden)
    dialog = opened(over)
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    assert bool(dialog.filter() & QDir.Filter.Hidden) is shows_hidden


def test_whoever_gives_up_is_not_heard_of(over: QWidget, qtbot: QtBot) -> None:
    chosen: list[str] = []
    ask_file(over, "Choose", chosen.append)
    opened(over).reject()
    qtbot.waitUntil(lambda: not over.findChildren(QFileDialog))
    assert chosen == []


def test_the_suffix_follows_the_kind(over: QWidget) -> None:
    ask_where(over, "Save", lambda _path, _kind: None, name="list", kinds=KINDS)
    dialog = opened(over)
    assert Path(dialog.selectedFiles()[0]).name == "list.csv"
    dialog.filterSelected.emit(KINDS["json"])
    assert Path(dialog.selectedFiles()[0]).name == "list.json"


def test_a_name_with_a_point_gets_its_suffix_too(over: QWidget) -> None:
    kinds = {"txt": "Text (*.txt)"}
    ask_where(over, "Save", lambda _path, _kind: None, name="web 12.30.45", kinds=kinds)
    assert Path(opened(over).selectedFiles()[0]).name == "web 12.30.45.txt"


def test_what_follows_a_point_is_no_suffix_where_there_are_several_kinds(over: QWidget) -> None:
    ask_where(over, "Save", lambda _path, _kind: None, name="web.example.com", kinds=KINDS)
    dialog = opened(over)
    found = [Path(dialog.selectedFiles()[0]).name]
    dialog.selectNameFilter(KINDS["json"])
    found.append(Path(dialog.selectedFiles()[0]).name)
    assert found == ["web.example.com.csv", "web.example.com.json"]


@pytest.mark.parametrize(
    ("chosen", "path", "kind"),
    [
        ("csv", "/a.json", "json"),
        ("csv", "/a.JSON", "json"),
        ("json", "/a.txt", "json"),
        ("json", "/a", "json"),
    ],
)
def test_the_ending_says_which_kind_it_is(over: QWidget, chosen: str, path: str, kind: str) -> None:
    told: list[tuple[Path, str]] = []
    ask_where(over, "Save", lambda *found: told.append(found), name="list", kinds=KINDS)
    dialog = opened(over)
    dialog.filterSelected.emit(KINDS[chosen])
    dialog.fileSelected.emit(path)
    assert told == [(Path(path), kind)]
