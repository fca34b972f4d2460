"""Engine, bridge, window and snap-ins, put together."""

import gc
from pathlib import Path

from pytestqt.qtbot import QtBot

from console.program import build, keep_what_is, snapins
from console.shell.settings import Settings
from console.shell.theme import Appearance
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import room


def test_what_is_there_is_passed_over_when_garbage_is_looked_for() -> None:
    before = gc.get_freeze_count()
    try:
        keep_what_is()
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()


def test_a_window_with_all_snapins(tmp_path: Path, qtbot: QtBot) -> None:
    settings = Settings(tmp_path / "console.json")
    settings.put("appearance", "no such thing")
    window = build(FakeEngine(*room()), snapins(), settings)
    qtbot.addWidget(window)
    window.show()
    assert window.session.theme.appearance is Appearance.SYSTEM
    qtbot.waitUntil(lambda: len(list(window.scope.nodes())) > 9)
    window.close()
