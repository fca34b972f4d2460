"""The screens of a server are shown from wherever one comes, and nothing on them is clicked."""

from pathlib import Path

import pytest
from celadon_tour import places
from celadon_tour.evidence import Virsh
from celadon_tour.person import Person
from celadon_tour.pictures import Album
from celadon_tour.report import Report
from celadon_tour.tour import Scene
from pytestqt.qtbot import QtBot

from backend.model import DomainState
from console.program import build, snapins
from console.shell.settings import Settings
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain, host

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),
    pytest.mark.usefixtures("gui_tasks"),
]


def test_the_tab_may_be_in_front_already(
    tmp_path: Path, person: Person, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, one = host(), domain("one", DomainState.RUNNING)
    monkeypatch.setattr(places, "HOST_NAME", here.name)
    window = build(FakeEngine(here, one), snapins(), Settings(tmp_path / "console.json"))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    (tmp_path / "tour").mkdir()
    album = Album(tmp_path / "tour", window)
    scene = Scene(person, Virsh("test:///nobody"), album, Report(tmp_path / "tour"))
    for _ in range(2):
        places.show_screens(scene)
        person.find("Picture of one")
        assert window.guide.node
        assert window.guide.node.text == here.name
        person.click_row("Virtual Machines")
    window.close()
