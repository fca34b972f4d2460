"""Writing a list to a file."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from console.sdk.nodes import Tone
from console.shell.export import Format
from console.shell.exporter import Exporter
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
    ("form", "holds"),
    [
        (Format.JSON, lambda text: json.loads(text)[0]["name"] == "web-01"),
        (Format.TSV, lambda text: "web-01\t2 GiB" in text),
        (Format.CSV, lambda text: "web-01,2 GiB" in text),
    ],
)
def test_it_is_written_as_was_chosen(
    rig: Rig, tmp_path: Path, form: Format, holds: Callable[[str], bool]
) -> None:
    rig.exporter.save(table(WEB), tmp_path / "a", form)
    notice = rig.hears()
    assert notice.tone is Tone.GOOD
    assert notice.sentence == f"1 row written to {tmp_path / 'a'}."
    assert holds((tmp_path / "a").read_text(encoding="utf-8"))
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_folder_that_is_not_there_is_said(rig: Rig, tmp_path: Path) -> None:
    rig.exporter.save(table(WEB), tmp_path / "none" / "a.csv", Format.CSV)
    notice = rig.hears()
    assert notice.tone is Tone.BAD
    assert notice.sentence.startswith(f"The folder {tmp_path / 'none'} is not there.")


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
