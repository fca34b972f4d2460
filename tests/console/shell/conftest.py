"""`shell`: the window over a fake engine with the small machine room, shown offscreen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.model import Domain
from console.bridge.door import Bridge
from console.shell.session import Session
from console.shell.settings import Settings
from console.shell.theme import Appearance, Theme
from console.shell.window import MainWindow
from tests.fakes import snapin
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import room


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(*room())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "console.json")


@pytest.fixture
def shell(
    engine: FakeEngine, settings: Settings, qapp: QApplication, qtbot: QtBot
) -> Iterator[MainWindow]:
    theme = Theme(qapp, Appearance.LIGHT)
    session = Session(Bridge(engine), (snapin.snapin(),), settings, theme)
    window = session.begin()
    window.show()
    count = sum(isinstance(record, Domain) for record in engine.records.values())
    qtbot.waitUntil(lambda: len(list(window.bridge.mirror.records(Domain))) == count)
    yield window
    session.end()
