"""The view of the real guest through what befalls it: undocked, hung, set back, its host gone."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.model import HostState
from console.bridge.loop import gui_loop
from console.program import build, snapins
from console.shell.settings import Settings
from console.shell.window import MainWindow
from console.snapins.machines.pages.display import DisplayPage
from console.snapins.machines.pages.display_window import undocked
from tests.live.seeing import see
from tests.live.stage import Guest, Stage
from tests.live.test_bad_days import daemon_pid
from tests.live.test_display import connect, display_threads, hears

pytestmark = [pytest.mark.live, pytest.mark.alone]
SHARES_A_GUEST = True


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
def page(qtbot: QtBot, window: MainWindow, guest: Guest) -> DisplayPage:
    """The page of the guest, live and entered."""
    guest.listen()
    return connect(qtbot, window, guest)


def types(qtbot: QtBot, page: DisplayPage, guest: Guest, text: str, *codes: int) -> None:
    """Type a text from the clipboard; return once the guest felt each of its keys."""
    begin = len(guest.listen().lines)
    # A moment after the last key of a text the button still stops it.
    see(qtbot, lambda: not page.typist.is_typing)
    QGuiApplication.clipboard().setText(text)
    page.bar.type.click()
    for code in codes:
        hears(qtbot, guest, rf"KEY {code} up$", begin)


def follows(qtbot: QtBot, page: DisplayPage) -> None:
    """Return once new pictures come: the guest's clock goes on."""
    see(qtbot, lambda: page.link.is_live and not page.screen_view.reason)
    before = page.screen_view.picture()
    see(qtbot, lambda: page.screen_view.picture() != before)


def test_undocked_and_docked_it_is_the_same_screen(
    qtbot: QtBot, page: DisplayPage, guest: Guest
) -> None:
    surface, threads = page.screen_view.surface, display_threads()
    page.bar.window_of_its_own.click()
    opened = undocked.window(guest.ref)
    assert opened is not None
    inner = opened.page
    assert isinstance(inner, DisplayPage)
    see(qtbot, lambda: inner.screen_view.surface is surface)
    follows(qtbot, inner)
    assert guest.name in opened.windowTitle()
    types(qtbot, inner, guest, "a", 30)
    undocked.dock(guest.ref)
    see(qtbot, lambda: page.screen_view.surface is surface)
    follows(qtbot, page)
    types(qtbot, page, guest, "b", 48)
    assert display_threads() <= threads, "it was fetched once"


def test_text_is_typed_by_the_guests_keyboard(
    qtbot: QtBot, page: DisplayPage, guest: Guest
) -> None:
    page.bar.keyboard_chosen.emit("de")
    # "y" stands where the US keyboard has "z"; "@" is AltGr and "q"; "ß" is right of "0".
    types(qtbot, page, guest, "y@ß", 44, 100, 16, 12)
    page.bar.keyboard_chosen.emit("us")
    types(qtbot, page, guest, "y", 21)


def test_a_checkpoint_that_is_applied_is_followed(
    qtbot: QtBot, page: DisplayPage, stage: Stage, guest: Guest
) -> None:
    stage.virsh("snapshot-create-as", guest.name, "before")
    follows(qtbot, page)
    stage.virsh("snapshot-revert", guest.name, "before", "--running")
    follows(qtbot, page)
    types(qtbot, page, guest, "a", 30)
    stage.virsh("snapshot-delete", guest.name, "before")


def test_a_guest_that_is_off_is_started_by_a_key_where_its_screen_comes(
    qtbot: QtBot, page: DisplayPage, stage: Stage, guest: Guest
) -> None:
    stage.virsh("destroy", guest.name)
    see(qtbot, lambda: page.strip.isVisible() and not page.link.is_live)
    (start,) = page.strip.buttons
    start.setFocus()
    QTest.keyClick(start, Qt.Key.Key_Space)
    see(qtbot, page.strip.isHidden)
    follows(qtbot, page)
    assert stage.virsh.state(guest.name) == "running"


def test_the_screen_outlives_the_daemon(
    qtbot: QtBot, page: DisplayPage, stage: Stage, guest: Guest
) -> None:
    os.kill(daemon_pid(stage), signal.SIGKILL)
    stage.heard.until(lambda: stage.host().state is not HostState.CONNECTED)
    stage.heard.until(stage.is_ready)
    follows(qtbot, page)
    types(qtbot, page, guest, "a", 30)


def test_a_daemon_that_stopped_costs_the_screen_nothing(
    qtbot: QtBot, page: DisplayPage, stage: Stage, guest: Guest
) -> None:
    log = guest.listen()
    begin, pid = len(log.lines), daemon_pid(stage)
    os.kill(pid, signal.SIGSTOP)
    try:
        follows(qtbot, page)
        QGuiApplication.clipboard().setText("a")
        page.bar.type.click()
        # Where the guest's log is, virsh would have to ask who has stopped.
        see(qtbot, lambda: any(line.endswith("KEY 30 up") for _, line in log.lines[begin:]))
        assert page.link.is_live
    finally:
        os.kill(pid, signal.SIGCONT)
    stage.heard.until(stage.is_ready)
    follows(qtbot, page)


def test_a_qemu_that_stopped_is_said_while_the_window_lives_and_forgiven(
    qtbot: QtBot, page: DisplayPage, window: MainWindow, guest: Guest
) -> None:
    beats: list[None] = []
    heart = QTimer()
    heart.setInterval(50)
    heart.timeout.connect(lambda: beats.append(None))
    pid = guest.qemu()
    os.kill(pid, signal.SIGSTOP)
    try:
        heart.start()
        QGuiApplication.clipboard().setText("a")
        page.bar.type.click()
        says(qtbot, page, lambda words: "has not answered for" in words)
        assert len(beats) > 20
        before = window.grab().toImage()
        window.resize(window.width() - 200, window.height() - 100)
        assert window.grab().toImage() != before
        assert not page.screen_view.picture().isNull(), "the last picture stays"
    finally:
        os.kill(pid, signal.SIGCONT)
        heart.stop()
    follows(qtbot, page)
    see(qtbot, page.strip.isHidden)
    types(qtbot, page, guest, "b", 48)


def says(qtbot: QtBot, page: DisplayPage, holds: Callable[[str], bool]) -> None:
    """Return once the strip above the screen says so."""
    see(qtbot, lambda: page.strip.isVisible() and holds(page.strip.words.text()))
