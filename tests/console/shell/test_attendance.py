"""What snap-ins do beside what is seen of a window."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.model import Domain
from console.bridge.door import Bridge
from console.sdk.context import Context
from console.sdk.snapin import SnapIn
from console.shell import attendance
from console.shell.session import Session
from console.shell.settings import Settings
from console.shell.theme import Appearance, Theme
from tests.fakes.engine import FakeEngine


class Helper:
    lives: list[str]

    def __init__(self, context: Context) -> None:
        self.lives.append(f"begun with {len(list(context.lookup.records(Domain)))}")

    def close(self) -> None:
        self.lives.append("closed")


@pytest.fixture
def lives() -> list[str]:
    Helper.lives = []
    return Helper.lives


def test_attendants_come_once_the_window_stands_there_and_go_with_it(
    settings: Settings, qapp: QApplication, qtbot: QtBot, lives: list[str]
) -> None:
    theme = Theme(qapp, Appearance.LIGHT)
    parts = (SnapIn("x", "X", attendants=(Helper,)),)
    window = Session(Bridge(FakeEngine()), parts, settings, theme).begin()
    qtbot.addWidget(window)
    assert lives == []
    qtbot.waitUntil(lambda: lives == ["begun with 0"])
    window.close()
    assert lives == ["begun with 0", "closed"]


def test_none_come_to_a_window_that_was_closed(
    settings: Settings,
    qapp: QApplication,
    qtbot: QtBot,
    lives: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(attendance, "SOON_MS", 0)
    theme = Theme(qapp, Appearance.LIGHT)
    parts = (SnapIn("x", "X", attendants=(Helper,)),)
    window = Session(Bridge(FakeEngine()), parts, settings, theme).begin()
    qtbot.addWidget(window)
    window.close()
    qtbot.wait(20)
    assert lives == []
