"""The tool bar says what was chosen, and offers only what makes sense."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QPalette
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from backend.display import input as keys
from backend.display.input import chord
from console.snapins.machines.pages.display_bar import DisplayBar, chords
from console.widgets.screen_place import Zoom
from console.widgets.screen_release import Release


@pytest.fixture
def bar(qtbot: QtBot) -> DisplayBar:
    made = DisplayBar()
    qtbot.addWidget(made)
    return made


def test_chords_press_what_they_say(qtbot: QtBot, bar: DisplayBar) -> None:
    secure = chord(keys.CTRL, keys.ALT, keys.DELETE)
    with qtbot.waitSignal(bar.pressed, check_params_cb=lambda sent: sent == secure):
        bar.secure.click()
    menu = bar.keys.menu()
    pressed = [one.text() for one in menu.actions() if one.text() and one.menu() is None]
    assert pressed == [text for text, _keys in chords()]
    third = chord(keys.CTRL, keys.ALT, keys.F1 + 2)
    action = next(one for one in menu.actions() if one.text() == "Ctrl+Alt+F3")
    with qtbot.waitSignal(bar.pressed, check_params_cb=lambda sent: sent == third):
        action.trigger()


def test_how_the_screen_comes_is_told_to_all(bar: DisplayBar) -> None:
    bar.show_standing("25 pictures a second", "1024 x 768")
    assert bar.status.text() == "25 pictures a second"
    assert bar.status.toolTip() == "1024 x 768"
    assert bar.status.accessibleDescription() == "25 pictures a second\n1024 x 768"


def test_what_gives_the_keyboard_back_is_chosen(qtbot: QtBot, bar: DisplayBar) -> None:
    bar.set_release(Release.LEFT)
    offered = [one for one in bar.findChildren(QAction) if isinstance(one.data(), Release)]
    assert [one.data() for one in offered if one.isChecked()] == [Release.LEFT]
    wanted = next(one for one in offered if one.text() == "Right Ctrl")
    with qtbot.waitSignal(
        bar.release_chosen, check_params_cb=lambda one: one is Release.RIGHT_CTRL
    ):
        wanted.trigger()


def test_it_says_the_way_there_and_the_way_back(bar: DisplayBar) -> None:
    bar.set_docked(is_docked=False)
    assert bar.window_of_its_own.accessibleName() == "Dock"
    bar.set_full(is_full=True)
    assert bar.full.accessibleName() == "Leave Full Screen"
    assert bar.window_of_its_own.isHidden()


def test_sizes(qtbot: QtBot, bar: DisplayBar) -> None:
    with qtbot.waitSignal(bar.zoom_chosen, check_params_cb=lambda zoom: zoom is Zoom.DOUBLE):
        bar.zoom.setCurrentText("200 %")


def test_what_needs_a_live_screen_is_offered_with_one(bar: DisplayBar) -> None:
    bar.set_live(is_live=False)
    assert not bar.secure.isEnabled()
    bar.set_live(is_live=True)
    assert bar.secure.isEnabled()
    assert bar.type.isEnabled()
    bar.view_only.setChecked(True)
    bar.set_live(is_live=True)
    assert not bar.keys.isEnabled()


def test_typing_can_be_stopped_where_it_was_begun(bar: DisplayBar) -> None:
    bar.set_typing(is_typing=True)
    assert bar.type.accessibleName() == "Stop Typing"
    bar.set_typing(is_typing=False)
    assert bar.type.accessibleName() == "Type Clipboard Text"


def test_everything_has_a_name(bar: DisplayBar) -> None:
    assert all(button.accessibleName() for button in bar.findChildren(QToolButton))
    assert bar.zoom.accessibleName()


def test_icons_follow_the_palette(qtbot: QtBot, bar: DisplayBar) -> None:
    def is_red() -> bool:
        image = bar.full.icon().pixmap(18).toImage()
        points = [image.pixelColor(x, y) for x in range(18) for y in range(18)]
        return all(p.red() > 200 and p.green() < 60 for p in points if p.alpha() > 128)

    bar.show()
    before, palette = QApplication.palette(), QPalette()
    assert not is_red()
    palette.setColor(QPalette.ColorRole.Text, QColor("#ff0000"))
    QApplication.setPalette(palette)
    try:
        qtbot.waitUntil(is_red)
    finally:
        QApplication.setPalette(before)
    qtbot.waitUntil(lambda: not is_red())


def test_it_gives_way_where_there_is_little_room(bar: DisplayBar) -> None:
    beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    bar.resize(1200, 40)
    bar.show()
    assert bar.keys.toolButtonStyle() is beside
    narrow = bar.minimumSizeHint().width()
    bar.resize(narrow, 40)
    assert bar.keys.toolButtonStyle() is not beside
    assert bar.keys.accessibleName() == "Keys"
    assert bar.full.geometry().right() <= bar.width()
    assert narrow < 460
