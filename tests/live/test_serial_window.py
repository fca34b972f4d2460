"""The serial console in the program's window, on the real sample guest."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.operations import domain
from console.bridge.loop import gui_loop
from console.program import build, snapins
from console.sdk.context import Context
from console.shell.settings import Settings
from console.shell.window import MainWindow
from console.snapins.machines.pages.serial import SerialPage
from tests.live.seeing import see
from tests.live.stage import Guest, Stage
from tests.live.test_bad_days import daemon_pid

pytestmark = pytest.mark.live
PROMPT = ":/root#"


@pytest.fixture
def window(qapp: QApplication, stage: Stage, tmp_path: Path) -> Iterator[MainWindow]:
    """The program's window over the real host."""
    with gui_loop():
        made = build(stage.engine, snapins(), Settings(tmp_path / "settings.json"))
        made.resize(1400, 900)
        made.show()
        yield made
        made.close()
    stage.heard.until(stage.is_ready)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, stage: Stage, guest: Guest) -> Iterator[SerialPage]:
    """The page of the guest, open."""
    context: Context = window.context
    made = SerialPage(context)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    made.wake()

    def follow() -> None:
        if guest.ref in stage.heard.records:
            made.set_record(guest.record)

    releases = [context.subscribe(lambda _changes: follow())]
    follow()
    see(qtbot, lambda: made.link.is_live)
    yield made
    made.sleep()
    for release in releases:
        release()


def text(page: SerialPage) -> str:
    screen = page.terminal.intake.screen
    return screen.text(screen.first, screen.top + screen.lines)


def run(qtbot: QtBot, page: SerialPage, command: str, answer: str) -> None:
    """Type a command; return when its answer is on the screen."""

    before = text(page).count(PROMPT)

    def is_prompted() -> bool:  # anew: what stands there may be from before a restart
        QTest.keyClick(page.terminal, Qt.Key.Key_Return)
        qtbot.wait(400)
        return text(page).count(PROMPT) > before and text(page).endswith(PROMPT)

    page.terminal.enter()
    see(qtbot, is_prompted)
    QTest.keyClicks(page.terminal, command)
    QTest.keyClick(page.terminal, Qt.Key.Key_Return)
    see(qtbot, lambda: answer in text(page).splitlines())


def test_a_flood_does_not_freeze_the_window_and_ctrl_c_ends_it(
    qtbot: QtBot, page: SerialPage
) -> None:
    run(qtbot, page, "echo $((6*7))", "42")
    QTest.keyClicks(page.terminal, "yes 01234567890123456789")
    QTest.keyClick(page.terminal, Qt.Key.Key_Return)
    qtbot.wait(3000)
    QTest.keyClick(page.terminal, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    run(qtbot, page, "echo dry$((7*8))", "dry56")
    assert len(page.terminal.intake.screen.history) <= 5000


def test_it_comes_back_after_whatever_happens(
    qtbot: QtBot, page: SerialPage, stage: Stage, guest: Guest
) -> None:
    run(qtbot, page, "echo one$((6*7))", "one42")

    os.kill(daemon_pid(stage), signal.SIGKILL)
    see(qtbot, lambda: not page.link.is_live)
    assert page.strip.words.text()
    assert "one42" in text(page), "the text stays"
    see(qtbot, lambda: page.link.is_live)
    run(qtbot, page, "echo two$((6*7))", "two42")

    stage.virsh("destroy", guest.name)
    see(qtbot, lambda: page.strip.words.text() == f"{guest.name} is off.")
    stage.must(domain.start, guest.ref)
    see(qtbot, lambda: page.link.is_live)
    run(qtbot, page, "echo three$((6*7))", "three42")

    greeted = text(page).count("sample guest")
    stage.virsh("reset", guest.name)
    see(qtbot, lambda: text(page).count("sample guest") >= greeted + 1)
    run(qtbot, page, "echo four$((6*7))", "four42")
