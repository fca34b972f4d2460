"""What went wrong, in words, with a way on."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from backend.errors import ShutdownTimedOut
from console.sdk.kept_file import Fault, Trouble
from console.shell.notices import KEPT, Notice
from console.shell.settings import Settings
from console.shell.window import MainWindow
from tests.console.shell.steps import choose, row
from tests.fakes import snapin
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain
from tests.fakes.turning import turn


def test_a_failed_job_offers_what_to_do_next(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    choose(shell, "web-01")
    QTest.mouseClick(row(shell, "machine.shutdown"), Qt.MouseButton.LeftButton)
    turn()
    choose(shell, "win-11")
    engine.fail(1, ShutdownTimedOut(name="web-01", seconds=60))
    qtbot.waitUntil(lambda: len(shell.panes.notices.shown) == 1)
    button = next(
        b for b in shell.panes.notices.findChildren(QPushButton) if b.text() == "Turn Off"
    )
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert snapin.calls == [("machine.turnoff", ("uuid-web-01",))]
    assert shell.panes.notices.shown == ()


def test_a_success_takes_the_notice_away(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    ref = domain("web-01").ref
    shell.bridge.submit(snapin.shutdown, ref)
    engine.fail(1, ShutdownTimedOut(name="web-01", seconds=60))
    qtbot.waitUntil(lambda: len(shell.panes.notices.shown) == 1)
    shell.bridge.submit(snapin.shutdown, ref)
    engine.finish(2)
    qtbot.waitUntil(lambda: shell.panes.notices.shown == ())


def test_of_one_thing_the_last_is_said_and_of_all_the_newest(shell: MainWindow) -> None:
    def said() -> list[str]:
        return [notice.title for notice in shell.panes.notices.shown]

    for title in ("first", "second"):
        shell.show_notice(Notice(title, "so it is", subject=domain("web-01").ref))
    assert said() == ["second"]
    for number in range(KEPT):
        shell.show_notice(Notice(str(number), "so it is"))
    assert said() == [str(number) for number in reversed(range(KEPT))]


def test_an_error_of_ours_is_told_calmly(
    shell: MainWindow, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("CRITICAL", "console.bridge.promises")
    choose(shell, "win-11")
    shell.actions_of.trigger("machine.fail")
    (notice,) = shell.panes.notices.shown
    assert notice.detail == ("ValueError: odd",)
    assert "Traceback" not in notice.sentence


class TestDamagedSettings:
    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        (tmp_path / "console.json").write_bytes(b'{"appearance": "da')
        return Settings(tmp_path / "console.json")

    def test_they_are_set_aside_and_said(self, shell: MainWindow, tmp_path: Path) -> None:
        (notice,) = shell.panes.notices.shown
        assert str(tmp_path / "console.json.damaged") in notice.sentence
        assert (tmp_path / "console.json.damaged").read_bytes() == b'{"appearance": "da'


def test_settings_that_cannot_be_written_are_said(shell: MainWindow) -> None:
    place = shell.settings.keeper.path
    shell.settings.keeper.troubled.emit(Trouble(Fault.FULL, place, "No space left on device"))
    (notice,) = shell.panes.notices.shown
    assert "full" in notice.sentence
    assert notice.detail == ("No space left on device",)


def test_a_long_name_makes_no_window_wider(shell: MainWindow) -> None:
    shell.show_notice(Notice(f"Starting {'Accounting' * 20} failed", "The disk is full."))
    turn()
    words = next(w for w in shell.panes.notices.findChildren(QLabel) if "full" in w.text())
    assert words.minimumSizeHint().width() < 300
    assert words.accessibleName() == f"Starting {'Accounting' * 20} failed  The disk is full."
