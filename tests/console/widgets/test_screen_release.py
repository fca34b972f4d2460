"""The keys that give the keyboard back."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from console.widgets.screen_release import Release, release_named

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def pressed(key: Qt.Key, modifiers: Qt.KeyboardModifier, scan_code: int = 0) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan_code, 0, 0)


def test_chords_need_both_modifiers() -> None:
    for release, key in (
        (Release.LEFT, Qt.Key.Key_Left),
        (Release.RIGHT, Qt.Key.Key_Right),
        (Release.SPACE, Qt.Key.Key_Space),
        (Release.HOME, Qt.Key.Key_Home),
    ):
        assert release.is_pressed(pressed(key, BOTH))
        assert not release.is_pressed(pressed(key, Qt.KeyboardModifier.ControlModifier))
        assert not release.is_pressed(pressed(Qt.Key.Key_A, BOTH))


def test_the_right_ctrl_is_told_from_the_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "xcb"))
    none = Qt.KeyboardModifier.NoModifier
    right, left = 97 + 8, 29 + 8
    assert Release.RIGHT_CTRL.is_pressed(pressed(Qt.Key.Key_Control, none, right))
    assert not Release.RIGHT_CTRL.is_pressed(pressed(Qt.Key.Key_Control, none, left))


def test_what_was_remembered_and_is_no_more_is_the_first() -> None:
    assert release_named("Ctrl+Alt+Space") is Release.SPACE
    assert release_named("Hyper+Q") is Release.LEFT
    assert release_named("") is Release.LEFT
