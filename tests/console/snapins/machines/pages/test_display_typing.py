"""The clipboard's text is typed, and what is on is said."""

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from backend.display.input import Key, chord
from console.snapins.machines.pages.display_typing import DisplayTyping
from console.widgets.screen_typist import ScreenTypist


class Typed:
    def __init__(self) -> None:
        self.typist = ScreenTypist()
        self.typing = DisplayTyping(self.typist)
        self.told: list[str] = []
        self.felt: list[Key] = []
        self.typing.told.connect(self.told.append)
        self.typist.typed.connect(self.felt.extend)


@pytest.fixture
def typed(qtbot: QtBot) -> Typed:
    return Typed()


def test_it_types_and_says_how_far_it_is(typed: Typed, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("ab")
    typed.typing.start_or_stop()
    assert typed.told[-1].endswith("0 of 2")
    qtbot.waitUntil(lambda: typed.told[-1] == "")
    assert typed.felt == [*chord(0x1E), *chord(0x30)]


def test_the_second_time_it_stops(typed: Typed) -> None:
    QGuiApplication.clipboard().setText("a" * 100)
    typed.typing.start_or_stop()
    typed.typing.start_or_stop()
    assert not typed.typist.is_typing
    assert typed.told[-1] == ""


def test_nothing_to_type_is_said(typed: Typed) -> None:
    QGuiApplication.clipboard().clear()
    typed.typing.start_or_stop()
    assert typed.told == ["There is no text in the clipboard."]
