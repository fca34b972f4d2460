"""What is waited for is said after a while, each second, until it comes."""

import pytest
from pytestqt.qtbot import QtBot

from console.snapins.machines.pages import display_silence
from console.snapins.machines.pages.display_silence import DisplaySilence


class Waiting:
    def __init__(self) -> None:
        self.silence = DisplaySilence()
        self.told: list[str] = []
        self.silence.told.connect(self.told.append)


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Waiting:
    monkeypatch.setattr(display_silence, "CONNECTING_AFTER_MS", 20)
    monkeypatch.setattr(display_silence, "UNANSWERED_AFTER_MS", 60)
    monkeypatch.setattr(display_silence, "_AGAIN_MS", 20)
    return Waiting()


def test_one_connects_and_then_it_does_not_answer(waiting: Waiting, qtbot: QtBot) -> None:
    waiting.silence.expect_screen()
    qtbot.waitUntil(lambda: len(waiting.told) > 4)
    assert waiting.told[0] == "Connecting to the screen..."
    assert waiting.told[-1] == "The machine's display has not answered for 0 s."
    waiting.silence.stop()
    assert waiting.told[-1] == ""
    count = len(waiting.told)
    qtbot.wait(60)
    assert len(waiting.told) == count


def test_what_is_answered_in_time_is_no_news(waiting: Waiting, qtbot: QtBot) -> None:
    waiting.silence.expect_answer()
    qtbot.wait(100)
    assert waiting.told == [], "nobody promised an answer"
    waiting.silence.is_answered = True
    waiting.silence.expect_answer()
    waiting.silence.expect_answer()
    waiting.silence.stop()
    qtbot.wait(100)
    assert waiting.told == []
