"""Whether one came by keys outlasts what Qt forgets."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.sdk.by_keys import begin_by_keys, bring_back, is_by_keys, remember

MARK = Qt.WidgetAttribute.WA_KeyboardFocusChange


def window_of(qtbot: QtBot) -> tuple[QWidget, QPushButton]:
    window, button = QWidget(), QPushButton("OK")
    QVBoxLayout(window).addWidget(button)
    qtbot.addWidget(window)
    return window, button


def test_a_dialog_has_it_from_the_first_moment_on(qtbot: QtBot) -> None:
    window, button = window_of(qtbot)
    assert not is_by_keys(button)
    begin_by_keys(window)
    assert is_by_keys(button)
    window.setAttribute(MARK, on=False)  # as Qt does when it becomes the active one
    assert bring_back(window)
    assert is_by_keys(button)


def test_who_clicked_there_is_ringed_no_more(qtbot: QtBot) -> None:
    window, button = window_of(qtbot)
    begin_by_keys(window)
    window.setAttribute(MARK, on=False)  # as Qt does for a click
    remember(window)
    assert not bring_back(window)
    assert not is_by_keys(button)
