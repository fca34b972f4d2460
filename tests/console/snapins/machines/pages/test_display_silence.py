"""What is waited for is said after a while, each second, until it comes."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from backend.errors import HostNotAnswering
from backend.model import DomainState, Host, Prompt, PromptKind
from console.snapins.machines.pages import display_silence
from console.snapins.machines.pages.display import DisplayPage
from console.snapins.machines.pages.display_silence import DisplaySilence
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain, host

SCREENSHOT = "domain.screenshot"


class Waiting:
    def __init__(self, context: LentContext) -> None:
        self.context = context
        self.silence = DisplaySilence(context)
        self.silence.ref = domain("web-01", DomainState.RUNNING).ref
        self.told: list[str] = []
        self.silence.told.connect(self.told.append)


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch, context: LentContext) -> Waiting:
    monkeypatch.setattr(display_silence, "CONNECTING_AFTER_MS", 20)
    monkeypatch.setattr(display_silence, "DOUBTED_AFTER_MS", 30)
    monkeypatch.setattr(display_silence, "UNANSWERED_AFTER_MS", 60)
    monkeypatch.setattr(display_silence, "_AGAIN_MS", 20)
    return Waiting(context)


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


def test_who_is_asked_is_who_is_waited_for(
    waiting: Waiting, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(display_silence, "UNANSWERED_AFTER_MS", 10_000)
    context = waiting.context
    prompt = Prompt(1, PromptKind.DISPLAY_PASSWORD, "web-01")
    context.engine.put(replace(host(), prompt=prompt))
    qtbot.waitUntil(lambda: any(one.prompt for one in context.lookup.records(Host, "here")))
    waiting.silence.expect_screen()
    qtbot.waitUntil(lambda: len(waiting.told) > 2)
    assert set(waiting.told) == {"Waiting for your answer..."}
    context.engine.put(host())
    qtbot.waitUntil(lambda: waiting.told[-1] == "Connecting to the screen...")
    waiting.silence.stop()


def test_what_is_answered_in_time_is_no_news(waiting: Waiting, qtbot: QtBot) -> None:
    waiting.silence.expect_answer()
    waiting.silence.expect_answer()
    waiting.silence.stop()
    qtbot.wait(100)
    assert waiting.told == []
    assert waiting.context.engine.queries == []


def test_a_screen_that_is_idle_is_told_from_one_that_hangs(waiting: Waiting, qtbot: QtBot) -> None:
    engine = waiting.context.engine
    engine.answers[SCREENSHOT] = b"a picture"
    waiting.silence.expect_answer()
    qtbot.waitUntil(lambda: len(engine.queries) == 1)
    qtbot.wait(100)
    assert waiting.told == [], "nothing changed there, and QEMU answers"
    del engine.answers[SCREENSHOT]
    waiting.silence.expect_answer()
    qtbot.waitUntil(lambda: "not answered" in "".join(waiting.told))
    assert len(engine.queries) == 2, "it is not asked again before it answered"
    engine.waiting.settle(SCREENSHOT, HostNotAnswering(seconds=4))
    qtbot.waitUntil(lambda: len(engine.queries) == 3)
    assert waiting.told[-1] != ""
    engine.waiting.settle(SCREENSHOT, b"a picture")
    qtbot.waitUntil(lambda: waiting.told[-1] == "")


def test_of_a_machine_that_is_off_no_screen_is_waited_for(
    context: LentContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(display_silence, "CONNECTING_AFTER_MS", 1)
    told: list[str] = []
    page = DisplayPage(context)
    qtbot.addWidget(page)
    page.silence.told.connect(told.append)
    page.set_record(domain("web-01", DomainState.OFF))
    page.wake()
    qtbot.wait(30)
    assert told == [], "the page was shown its machine as it was woken"
    page.sleep()
    page.set_record(domain("web-01", DomainState.RUNNING))
    page.wake()
    qtbot.waitUntil(lambda: told[-1:] == ["Connecting to the screen..."])
    page.set_record(None)
    qtbot.wait(30)
    assert told[-1] == "", "nobody is waited for"
    page.sleep()
