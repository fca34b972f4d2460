"""The clipboard's text is typed, and what is on is said."""

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from backend.display.input import CAPS_LOCK, Key, Leds, chord
from backend.display.layouts import layout
from console.snapins.machines.pages.display_strip import DisplayStrip
from console.snapins.machines.pages.display_typing import DisplayTyping
from console.widgets.screen_typist import ScreenTypist


class Typed:
    def __init__(self) -> None:
        self.typist = ScreenTypist()
        self.strip = DisplayStrip()
        self.typing = DisplayTyping(self.typist, self.strip)
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


def test_it_types_by_the_keyboard_that_the_guest_has(typed: Typed, qtbot: QtBot) -> None:
    german = layout("de")
    assert german is not None
    typed.typing.layout = german
    QGuiApplication.clipboard().setText("ß")
    typed.typing.start_or_stop()
    assert typed.told[0] == "Typing on the keyboard German: 0 of 1"
    qtbot.waitUntil(lambda: typed.told[-1] == "")
    assert typed.felt == [*chord(0x0C)]


def test_what_the_keyboard_does_not_have_is_named_before_anything_is_typed(
    typed: Typed, qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setText("aλ\u200b→")
    typed.typing.start_or_stop()
    assert typed.strip.words.text() == "The keyboard US does not have: λ U+200B →"
    assert not typed.typist.is_typing
    rest, no = typed.strip.buttons
    no.click()
    assert typed.strip.isHidden()
    assert typed.felt == []
    typed.typing.start_or_stop()
    rest = typed.strip.buttons[0]
    assert rest.text() == "Type the Rest"
    rest.click()
    qtbot.waitUntil(lambda: typed.felt == [*chord(0x1E)])
    qtbot.waitUntil(lambda: not typed.typist.is_typing)


def test_many_that_it_does_not_have_are_still_one_line(typed: Typed) -> None:
    QGuiApplication.clipboard().setText("бгджзийклмн")
    typed.typing.start_or_stop()
    assert typed.strip.words.text().endswith("й к and 3 more.")
    assert [button.text() for button in typed.strip.buttons] == ["Do Not Type"]


def test_nothing_to_type_is_said(typed: Typed) -> None:
    QGuiApplication.clipboard().clear()
    typed.typing.start_or_stop()
    assert typed.told == ["There is no text in the clipboard."]


@pytest.mark.parametrize("stops", [False, True])
def test_caps_lock_is_taken_back_for_as_long_as_it_types(
    typed: Typed, qtbot: QtBot, stops: bool
) -> None:
    QGuiApplication.clipboard().setText("a" * (1000 if stops else 1))
    typed.typing.leds = Leds.CAPS | Leds.NUM
    typed.typing.start_or_stop()
    assert typed.felt == [*chord(CAPS_LOCK)]
    if stops:
        typed.typing.start_or_stop()
        assert typed.felt == [*chord(CAPS_LOCK), *chord(CAPS_LOCK)]
        return
    qtbot.waitUntil(lambda: typed.told[-1] == "")
    assert typed.felt == [*chord(CAPS_LOCK), *chord(0x1E), *chord(CAPS_LOCK)]
    typed.felt.clear()
    typed.typing.leds = Leds.NUM
    typed.typing.start_or_stop()
    qtbot.waitUntil(lambda: typed.told[-1] == "")
    assert typed.felt == [*chord(0x1E)]
