"""A text is typed in its order, a character at a time, and can be stopped."""

from pytestqt.qtbot import QtBot

from backend.display.input import Key
from backend.display.typing import US
from console.widgets.screen_typist import ScreenTypist


class Listener:
    def __init__(self) -> None:
        self.typist = ScreenTypist()
        self.keys: list[Key] = []
        self.told: list[tuple[int, int]] = []
        self.typist.typed.connect(self.keys.extend)
        self.typist.told.connect(lambda done, total: self.told.append((done, total)))


def test_it_types_to_the_end(qtbot: QtBot) -> None:
    listener = Listener()
    listener.typist.start("Hi\n")
    assert listener.typist.is_typing
    qtbot.waitUntil(lambda: not listener.typist.is_typing)
    strokes = [US.strokes_for(letter) or () for letter in "Hi\n"]
    assert listener.keys == [key for one in strokes for key in one]
    assert listener.told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_it_can_be_stopped_and_begins_anew(qtbot: QtBot) -> None:
    listener = Listener()
    listener.typist.stop()
    assert listener.told == []
    listener.typist.start("x" * 1000)
    qtbot.waitUntil(lambda: bool(listener.keys))
    listener.typist.stop()
    assert listener.told[-1] == (1000, 1000)
    listener.keys.clear()
    qtbot.wait(60)
    assert listener.keys == []
    listener.typist.start("a")
    qtbot.waitUntil(lambda: len(listener.keys) == 2)
    listener.typist.stop()
