"""The keys themselves are pressed in test_time_charts; here, what they leave to others."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from console.widgets.time_keys import press_key
from console.widgets.time_view import TimeView


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_A, Qt.Key.Key_Space, Qt.Key.Key_Escape])
def test_what_means_nothing_here_is_left_to_others(key: Qt.Key, qtbot: QtBot) -> None:
    view = TimeView(60)
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
    assert not press_key(view, event)
    assert (view.cross, view.is_live) == (None, True)
