"""The page over a made-up screen: what comes is shown, what is done arrives."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from backend.display import input as keys
from backend.display.failures import DisplayDeclined, DisplayTaken
from backend.display.input import chord
from backend.display.surface import Rect
from backend.display.synthetic import SyntheticChannel
from backend.errors import DisplayMissing
from backend.model import DomainState
from console.snapins.machines import keyboards
from console.snapins.machines.open_screens import open_screens
from console.snapins.machines.pages import display_silence
from console.snapins.machines.pages.display import DisplayPage, show_in_window
from console.snapins.machines.pages.display_window import DisplayWindow, undocked
from console.widgets.screen_place import Zoom
from console.widgets.screen_release import Release
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain

RUNNING, OFF = domain("web-01", DomainState.RUNNING), domain("web-01", DomainState.OFF)
RED = 0xFF0000


@pytest.fixture(autouse=True)
def _us_keyboard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyboards, "guessed", lambda: "us")


@pytest.fixture
def channel(context: LentContext) -> SyntheticChannel:
    made = SyntheticChannel(64, 48)
    made.fill(made.surface.whole, RED)
    context.engine.answers["display.open_display"] = made
    return made


@pytest.fixture
def page(context: LentContext, channel: SyntheticChannel, qtbot: QtBot) -> Iterator[DisplayPage]:
    made = DisplayPage(context)
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    made.wake()
    made.set_record(RUNNING)
    qtbot.waitUntil(lambda: made.link.is_live and made.screen_view.surface is not None)
    assert made.screen_view.surface is channel.surface
    yield made
    made.sleep()


def test_it_shows_the_screen_and_how_it_comes(page: DisplayPage, channel: SyntheticChannel) -> None:
    assert page.screen_view.accessibleName() == "Screen of web-01"
    assert page.bar.status.text().startswith("synthetic · 64 × 48")  # noqa: RUF001
    assert page.bar.secure.isEnabled()
    picture = page.screen_view.grab().toImage()
    assert picture.pixelColor(picture.rect().center()) == QColor("red")
    page.sleep()
    assert channel.is_closed


def test_the_rate_is_told_while_pictures_come_and_idle_after(
    page: DisplayPage,
    channel: SyntheticChannel,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def draws() -> bool:
        channel.fill(Rect(0, 0, 1, 1), 7)
        return page.bar.status.text().endswith(" fps")

    qtbot.waitUntil(draws)
    qtbot.waitUntil(lambda: page.bar.status.text().endswith("idle"))
    page.sleep()


def test_chords_and_text_arrive(page: DisplayPage, channel: SyntheticChannel, qtbot: QtBot) -> None:
    page.bar.secure.click()
    assert channel.sent == list(chord(keys.CTRL, keys.ALT, keys.DELETE))
    channel.sent.clear()
    QGuiApplication.clipboard().setText("a")
    page.bar.type.click()
    assert page.hint.text() == "Typing on the keyboard US: 0 of 1"
    qtbot.waitUntil(lambda: channel.sent == list(chord(0x1E)))
    qtbot.waitUntil(lambda: not page.typist.is_typing)
    page.sleep()


def test_who_only_looks_on_types_nothing_more(page: DisplayPage, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("a" * 500)
    page.bar.type.click()
    assert page.hint.text().startswith("Typing")
    page.bar.view_only.setChecked(True)
    assert not page.typist.is_typing
    assert "look on" in page.hint.text()
    page.bar.view_only.setChecked(False)
    QGuiApplication.clipboard().setText("aλ")
    page.bar.type.click()
    assert page.doubt.isVisible()
    page.bar.view_only.setChecked(True)
    assert page.doubt.isHidden(), "Type the Rest would type"
    page.sleep()


def test_a_screen_that_is_gone_asks_nothing_about_typing(
    page: DisplayPage, channel: SyntheticChannel
) -> None:
    QGuiApplication.clipboard().setText("aλ")
    page.bar.type.click()
    assert page.doubt.isVisible()
    page.set_record(OFF)
    assert page.doubt.isHidden()
    page.sleep()


def test_it_is_entered_at_once_when_connected(page: DisplayPage) -> None:
    page.enter()
    assert "Ctrl+Alt+Left" in page.hint.text()
    page.bar.view_only.setChecked(True)
    assert not page.screen_view.is_entered
    assert "look on" in page.hint.text()
    assert not page.bar.secure.isEnabled()
    page.sleep()


def test_a_wish_to_enter_waits_for_the_picture(
    context: LentContext, channel: SyntheticChannel, qtbot: QtBot
) -> None:
    page = DisplayPage(context)
    qtbot.addWidget(page)
    page.show()
    page.set_record(RUNNING)
    page.wake()
    page.enter()
    qtbot.waitUntil(lambda: page.screen_view.is_entered)
    page.sleep()
    assert not page.screen_view.is_entered


def test_the_last_picture_stays_grey_with_the_reason(page: DisplayPage) -> None:
    page.set_record(OFF)
    assert page.screen_view.reason == "web-01 is off."
    assert not page.screen_view.picture().isNull()
    assert not page.bar.secure.isEnabled()
    assert page.bar.status.text() == ""
    page.sleep()


def test_another_machine_does_not_show_the_picture_of_the_first(
    page: DisplayPage, context: LentContext
) -> None:
    page.set_record(domain("web-02", DomainState.OFF))
    assert page.screen_view.picture().isNull()
    page.sleep()


def test_a_way_that_takes_long_is_told(
    context: LentContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(display_silence, "CONNECTING_AFTER_MS", 10)
    page = DisplayPage(context)
    qtbot.addWidget(page)
    page.set_record(RUNNING)
    page.wake()
    qtbot.waitUntil(lambda: page.screen_view.reason.startswith("Connecting"))
    page.sleep()


def test_pictures_are_saved_and_copied(page: DisplayPage, tmp_path: Path, qtbot: QtBot) -> None:
    page.bar.copying_asked.emit()
    assert QGuiApplication.clipboard().image().size().width() == 64
    page.bar.saving_asked.emit()
    dialog = page.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert dialog.selectedFiles()[0].endswith(".png")
    for path, is_written in ((tmp_path / "a.png", True), (tmp_path / "none" / "a.png", False)):
        dialog.fileSelected.emit(str(path))
        assert page.camera.aside.finish(5)
        assert path.exists() is is_written
    qtbot.waitUntil(lambda: "is not there" in page.hint.text())
    dialog.close()
    page.sleep()


def test_sizes_and_the_full_screen(page: DisplayPage) -> None:
    page.bar.zoom.setCurrentText("300 %")
    assert page.screen_view.zoom is Zoom.TRIPLE
    page.bar.full.click()
    assert page.full.isAncestorOf(page.screen_view)
    assert page.screen_view.is_entered
    assert page.full.drop.isAncestorOf(page.hint)
    assert page.hint.text().endswith("alone gives it back. Ctrl+Alt+Return leaves the full screen.")
    page.screen_view.leave()
    assert page.hint.text().endswith("to use it. Escape leaves the full screen.")
    page.screen_view.enter()
    chord_of_both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QTest.keyPress(page.screen_view, Qt.Key.Key_Return, chord_of_both)
    assert not page.full.is_shown
    assert page.isAncestorOf(page.screen_view)
    assert page.isAncestorOf(page.hint)
    assert "full screen" not in page.hint.text()
    page.bar.full.click()
    page.sleep()
    assert not page.full.is_shown


def test_where_to_save_is_not_asked_behind_the_full_screen(page: DisplayPage) -> None:
    page.bar.full.click()
    page.bar.saving_asked.emit()
    (dialog,) = page.full.findChildren(QFileDialog)
    assert dialog.isVisible()
    dialog.reject()
    assert page.full.is_shown
    page.sleep()


def test_a_question_about_typing_is_not_asked_behind_the_full_screen(page: DisplayPage) -> None:
    page.bar.full.click()
    QGuiApplication.clipboard().setText("aλ")
    page.bar.type.click()
    assert not page.full.is_shown
    assert page.doubt.isVisible()
    assert page.isAncestorOf(page.screen_view)
    page.sleep()


def test_pictures_are_to_be_looked_at_only(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["display.open_display"] = DisplayMissing(name="web-01")
    context.engine.answers["domain.screenshot"] = b"P6 16 10 255\n" + bytes((200, 30, 30)) * 160
    page = DisplayPage(context)
    qtbot.addWidget(page)
    page.show()
    page.wake()
    page.set_record(RUNNING)
    qtbot.waitUntil(lambda: page.screen_view.surface is not None)
    page.enter()
    assert not page.screen_view.is_entered
    assert not page.bar.secure.isEnabled()
    assert "Pictures only" in page.hint.text()
    assert page.bar.status.text().startswith("Pictures · 16")
    page.sleep()


def test_the_small_pictures_are_had_from_the_open_screen(
    page: DisplayPage, channel: SyntheticChannel
) -> None:
    image = open_screens.picture(RUNNING.ref)
    assert image is not None
    assert image.pixelColor(3, 3) == QColor("red")
    channel.fill(channel.surface.whole, 0x00FF00)
    assert image.pixelColor(3, 3) == QColor("red"), "it is a copy"
    page.sleep()
    assert open_screens.picture(RUNNING.ref) is None, "nobody looks any more"


def test_it_is_undocked_and_docked_without_being_fetched_anew(
    page: DisplayPage, context: LentContext, channel: SyntheticChannel, qtbot: QtBot
) -> None:
    context.engine.put(RUNNING)
    qtbot.waitUntil(lambda: context.lookup.any_record(RUNNING.ref) == RUNNING)
    page.bar.window_of_its_own.click()
    (window,) = context.dialogs
    assert isinstance(window, DisplayWindow)
    assert isinstance(window.page, DisplayPage)
    assert window.windowTitle() == "web-01 on this-computer - Celadon"
    assert "window of its own" in page.strip.words.text()
    assert not page.link.is_live
    inner = window.page
    qtbot.waitUntil(lambda: inner.screen_view.surface is channel.surface)
    assert not channel.is_closed
    assert [query.operation for query in context.engine.queries].count("display.open_display") == 1
    page.enter()
    assert inner.screen_view.is_entered
    window.resize(640, 400)
    assert inner.bar.window_of_its_own.text() == "Dock"
    inner.bar.window_of_its_own.click()
    qtbot.waitUntil(lambda: undocked.window(RUNNING.ref) is None and page.link.is_live)
    assert page.strip.isHidden()
    assert not channel.is_closed
    page.bar.window_of_its_own.click()
    again = undocked.window(RUNNING.ref)
    assert again is not None
    assert again.size().width() == 640, "where it stood last time"
    context.engine.drop(RUNNING.ref)
    qtbot.waitUntil(lambda: undocked.window(RUNNING.ref) is None)
    page.sleep()
    qtbot.waitUntil(lambda: channel.is_closed)


def test_the_keys_that_give_the_keyboard_back_are_chosen_once(
    page: DisplayPage, context: LentContext
) -> None:
    page.bar.release_chosen.emit(Release.SPACE)
    page.enter()
    assert "Ctrl+Alt+Space" in page.hint.text()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QTest.keyPress(page.screen_view, Qt.Key.Key_Left, both)
    assert page.screen_view.is_entered
    QTest.keyPress(page.screen_view, Qt.Key.Key_Space, both)
    assert "to use it" in page.hint.text()
    page.sleep()
    other = DisplayPage(context)
    other.wake()
    assert other.screen_view.release is Release.SPACE
    other.sleep()


def test_a_screen_that_another_program_took_is_taken_back_by_a_button(
    page: DisplayPage, context: LentContext, channel: SyntheticChannel, qtbot: QtBot
) -> None:
    by_vnc = SyntheticChannel(32, 24)
    context.engine.answers["display.open_display"] = by_vnc
    channel.end(DisplayTaken().problem)
    qtbot.waitUntil(lambda: page.screen_view.surface is by_vnc.surface)
    assert page.strip.words.text().startswith("Another program has taken the display")
    page.set_record(replace(RUNNING, notes="read anew"))
    (button,) = page.strip.buttons
    again = SyntheticChannel(64, 48)
    context.engine.answers["display.open_display"] = again
    button.click()
    qtbot.waitUntil(lambda: page.screen_view.surface is again.surface)
    assert page.strip.isHidden()
    page.sleep()


def test_a_display_that_does_not_answer_is_said_above_the_last_picture(
    page: DisplayPage, channel: SyntheticChannel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(display_silence, "DOUBTED_AFTER_MS", 10)
    monkeypatch.setattr(display_silence, "UNANSWERED_AFTER_MS", 20)
    monkeypatch.setattr(display_silence, "_AGAIN_MS", 10)
    page.enter()
    QTest.keyClick(page.screen_view, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: "has not answered for 0 s" in page.strip.words.text())
    assert page.strip.isVisible()
    assert page.screen_view.is_entered, "it may yet answer"
    channel.fill(Rect(0, 0, 1, 1), 7)
    qtbot.waitUntil(page.strip.isHidden)
    page.sleep()


def test_several_are_connected_in_windows_each_in_its_own(
    context: LentContext, channel: SyntheticChannel, qtbot: QtBot
) -> None:
    other = domain("web-02", DomainState.RUNNING)
    context.engine.put(RUNNING, other)
    qtbot.waitUntil(lambda: context.lookup.any_record(other.ref) == other)
    for ref in (RUNNING.ref, other.ref, RUNNING.ref):
        show_in_window(context, ref)
    windows = [undocked.window(one.ref) for one in (RUNNING, other)]
    assert [window.windowTitle() for window in windows if window] == [
        "web-01 on this-computer - Celadon",
        "web-02 on this-computer - Celadon",
    ]
    for one in (RUNNING, other):
        undocked.dock(one.ref)


def test_who_declined_a_password_is_not_asked_by_every_change_of_the_machine(
    context: LentContext, qtbot: QtBot
) -> None:
    context.engine.answers["display.open_display"] = DisplayDeclined(name="web-01")
    page = DisplayPage(context)
    qtbot.addWidget(page)
    page.wake()
    page.set_record(RUNNING)
    qtbot.waitUntil(lambda: bool(page.screen_view.reason))
    before = len(context.engine.queries)
    page.set_record(replace(RUNNING, notes="other"))
    qtbot.wait(50)
    assert len(context.engine.queries) == before
    page.sleep()
    page.wake()
    qtbot.waitUntil(lambda: len(context.engine.queries) > before)
    page.sleep()
