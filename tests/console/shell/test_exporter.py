"""Writing a list to a file."""

import errno
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from console.sdk.nodes import Tone
from console.shell.exporter import Exporter, why_not, write_whole
from console.shell.notices import Notice
from tests.console.shell.test_export import WEB, table


class Rig:
    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        self.told: list[Notice] = []
        self.exporter = Exporter(self.window, self.told.append)
        self._qtbot = qtbot

    def hears(self) -> Notice:
        self._qtbot.waitUntil(lambda: bool(self.told))
        return self.told[-1]


@pytest.fixture
def rig(qtbot: QtBot) -> Iterator[Rig]:
    rig = Rig(qtbot)
    qtbot.addWidget(rig.window)
    yield rig
    rig.exporter._aside.finish(2)


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("a.json", lambda text: json.loads(text)[0]["name"] == "web-01"),
        ("a.TSV", lambda text: "web-01\t2 GiB" in text),
        ("a.csv", lambda text: "web-01,2 GiB" in text),
        ("a.txt", lambda text: "web-01,2 GiB" in text),
    ],
)
def test_the_ending_says_how_it_is_written(
    rig: Rig, tmp_path: Path, name: str, holds: Callable[[str], bool]
) -> None:
    rig.exporter.save(table(WEB), tmp_path / name)
    notice = rig.hears()
    assert notice.tone is Tone.GOOD
    assert notice.sentence == f"1 row written to {tmp_path / name}."
    assert holds((tmp_path / name).read_text(encoding="utf-8"))
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_folder_that_is_not_there_is_said(rig: Rig, tmp_path: Path) -> None:
    rig.exporter.save(table(WEB), tmp_path / "none" / "a.csv")
    notice = rig.hears()
    assert notice.tone is Tone.BAD
    assert notice.sentence.startswith(f"The folder {tmp_path / 'none'} is not there.")


def test_what_cannot_be_written_leaves_the_older_file(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("older", encoding="utf-8")
    with pytest.raises(OSError, match="No space"):
        _on_a_full_disk(file)
    assert file.read_text(encoding="utf-8") == "older"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def _on_a_full_disk(file: Path) -> None:
    def full(*_: object, **__: object) -> object:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fdopen", full)
        write_whole(file, "new")


def test_rights_and_links_stay(tmp_path: Path) -> None:
    file, link = tmp_path / "a.csv", tmp_path / "b.csv"
    file.write_text("older", encoding="utf-8")
    file.chmod(0o640)
    link.symlink_to(file)
    write_whole(link, "näh")
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == "näh"
    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "There is no room left in /srv."),
        (errno.EDQUOT, "There is no room left in /srv."),
        (errno.EACCES, "You may not write in /srv."),
        (errno.EROFS, "You may not write in /srv."),
        (errno.EISDIR, "/srv/a.csv is a folder."),
        (errno.ENAMETOOLONG, "The name /srv/a.csv is too long."),
        (errno.EIO, "/srv/a.csv could not be written."),
    ],
)
def test_why_not_is_said_in_words(number: int, words: str) -> None:
    assert why_not(OSError(number, "x"), Path("/srv/a.csv")).startswith(words)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_dialog_stops_nothing_and_proposes_a_name(rig: Rig, qtbot: QtBot) -> None:
    rig.window.show()
    rig.exporter.ask(table(WEB), "Virtual Machines")
    dialog = rig.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "virtual-machines.csv"
    dialog.filterSelected.emit(dialog.nameFilters()[2])
    assert dialog.defaultSuffix() == "json"
    dialog.close()
