"""A way that is kept open while somebody looks, and let go when nobody does."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from backend.display.channel import News, Transport
from backend.display.failures import DisplayDeclined, DisplayTaken
from backend.display.input import Key
from backend.display.synthetic import SyntheticChannel
from backend.errors import (
    DisplayEnded,
    DisplayMissing,
    DisplayRefused,
    DisplayUnreachable,
)
from backend.model import DomainState
from console.snapins.machines.pages import display_link
from console.snapins.machines.pages.display_link import DisplayLink
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain

RUNNING, OFF = domain("a", DomainState.RUNNING), domain("a", DomainState.OFF)
OPEN = "display.open_display"


class Looker:
    def __init__(self, context: LentContext) -> None:
        self.context = context
        self.link = DisplayLink(context)
        self.news: list[News] = []
        self.away: list[str] = []
        self.link.arrived.connect(self.news.append)
        self.link.is_away.connect(self.away.append)

    def offer(self) -> SyntheticChannel:
        """Have the next question answered by a new channel."""
        channel = SyntheticChannel(8, 8)
        self.context.engine.answers[OPEN] = channel
        return channel


@pytest.fixture
def looker(context: LentContext, monkeypatch: pytest.MonkeyPatch) -> Looker:
    monkeypatch.setattr(display_link, "_PAUSES_S", (0.02,))
    return Looker(context)


def test_it_opens_when_somebody_looks_and_closes_when_not(looker: Looker, qtbot: QtBot) -> None:
    channel = looker.offer()
    looker.link.set_domain(RUNNING)
    assert not looker.link.is_live
    looker.link.wake()
    qtbot.waitUntil(lambda: bool(looker.news))
    looker.link.send((Key(1, is_down=True),))
    assert channel.sent == [Key(1, is_down=True)]
    looker.link.sleep()
    assert channel.is_closed
    assert not looker.link.is_live
    looker.link.send((Key(1, is_down=False),))
    assert len(channel.sent) == 1


def test_another_machine_is_another_channel(looker: Looker, qtbot: QtBot) -> None:
    first = looker.offer()
    looker.link.wake()
    looker.link.set_domain(RUNNING)
    qtbot.waitUntil(lambda: looker.link.is_live)
    second = looker.offer()
    looker.link.set_domain(domain("b", DomainState.RUNNING))
    assert first.is_closed
    qtbot.waitUntil(lambda: looker.link.is_live)
    assert not second.is_closed
    looker.link.sleep()


def test_an_answer_that_comes_too_late_is_closed(looker: Looker, qtbot: QtBot) -> None:
    channel = looker.offer()
    looker.link.wake()
    looker.link.set_domain(RUNNING)
    looker.link.sleep()
    qtbot.waitUntil(lambda: channel.is_closed)
    assert not looker.link.is_live
    assert looker.news == []


def test_it_comes_back_after_the_other_side_closed(looker: Looker, qtbot: QtBot) -> None:
    first = looker.offer()
    looker.link.wake()
    looker.link.set_domain(RUNNING)
    qtbot.waitUntil(lambda: looker.link.is_live)
    second = looker.offer()
    first.end(DisplayEnded().problem)
    qtbot.waitUntil(lambda: bool(looker.away))
    assert "closed by the other side" in looker.away[0]
    assert first.is_closed
    qtbot.waitUntil(lambda: looker.link.is_live)
    assert not second.is_closed
    looker.link.sleep()


def test_a_machine_that_is_off_says_so_and_is_opened_when_it_starts(
    looker: Looker, qtbot: QtBot
) -> None:
    looker.link.wake()
    looker.link.set_domain(OFF)
    assert looker.away == ["a is off."]
    looker.offer()
    looker.link.set_domain(RUNNING)
    qtbot.waitUntil(lambda: looker.link.is_live)
    looker.link.set_domain(OFF)
    assert not looker.link.is_live
    assert looker.away[-1] == "a is off."


def test_what_cannot_be_reached_is_tried_again_and_what_is_not_there_is_not(
    looker: Looker, qtbot: QtBot
) -> None:
    answers = looker.context.engine.answers
    answers[OPEN] = DisplayUnreachable(place="rack-2:5900", detail=("refused",))
    looker.link.wake()
    looker.link.set_domain(RUNNING)
    qtbot.waitUntil(lambda: len(looker.away) > 2)
    assert "rack-2:5900" in looker.away[0]
    assert looker.away[0].endswith("\nrefused")
    answers[OPEN] = DisplayRefused(detail=("security: VeNCrypt",))
    qtbot.waitUntil(lambda: looker.away[-1].endswith("VeNCrypt"))
    count = len(looker.away)
    qtbot.wait(100)
    assert len(looker.away) == count
    looker.offer()
    looker.link.set_domain(replace(RUNNING, notes="it takes anybody now"))
    qtbot.waitUntil(lambda: looker.link.is_live)
    looker.link.sleep()


def test_a_machine_without_vnc_is_shown_in_pictures_to_look_at(
    looker: Looker, qtbot: QtBot
) -> None:
    answers = looker.context.engine.answers
    answers[OPEN] = DisplayMissing(name="a")
    answers["domain.screenshot"] = b"P6 16 10 255\n" + bytes((200, 30, 30)) * 160
    looker.link.wake()
    looker.link.set_domain(RUNNING)
    qtbot.waitUntil(lambda: bool(looker.news))
    assert looker.link.is_live
    assert not looker.news[0].standing.takes_input
    assert looker.away == []
    looker.link.set_domain(OFF)
    assert looker.away == ["a is off."]
    assert not looker.link.is_live


def test_who_declined_is_not_asked_again_by_every_change(looker: Looker, qtbot: QtBot) -> None:
    looker.context.engine.answers[OPEN] = DisplayDeclined(name="a")
    looker.link.set_domain(RUNNING)
    looker.link.wake()
    qtbot.waitUntil(lambda: bool(looker.away))
    looker.link.set_domain(replace(RUNNING, name="b"))
    channel = looker.offer()
    qtbot.wait(100)
    assert not looker.news
    looker.link.sleep()
    looker.link.wake()  # looked at anew, it is tried anew
    qtbot.waitUntil(lambda: bool(looker.news))
    looker.link.sleep()
    assert channel.is_closed


def test_a_screen_that_was_taken_goes_on_another_way_and_is_not_taken_back(
    looker: Looker, qtbot: QtBot
) -> None:
    first = looker.offer()
    looker.link.wake()
    looker.link.set_domain(RUNNING)
    qtbot.waitUntil(lambda: bool(looker.news))
    second = looker.offer()
    first.end(DisplayTaken().problem)
    qtbot.waitUntil(lambda: looker.link.is_taken)
    ways = [query.arguments for query in looker.context.engine.queries]
    assert ways == [(Transport.BEST,), (Transport.VNC,)]
    assert looker.away == [], "there is no gap that would have to be explained"
    # Whoever looks away and back again takes it from nobody either.
    looker.link.sleep()
    third = looker.offer()
    looker.link.wake()
    qtbot.waitUntil(lambda: looker.link.is_live)
    assert looker.context.engine.queries[-1].arguments == (Transport.VNC,)
    assert second.is_closed
    mine = looker.offer()
    looker.link.take_back()
    qtbot.waitUntil(lambda: third.is_closed)
    qtbot.waitUntil(lambda: looker.link.is_live and not looker.link.is_taken)
    assert looker.context.engine.queries[-1].arguments == (Transport.DBUS,)
    assert not mine.is_closed
    looker.link.sleep()


def test_a_screen_that_was_taken_back_for_nobody_is_let_go(looker: Looker, qtbot: QtBot) -> None:
    first = looker.offer()
    looker.link.wake()
    looker.link.set_domain(RUNNING)
    qtbot.waitUntil(lambda: bool(looker.news))
    looker.offer()
    first.end(DisplayTaken().problem)
    qtbot.waitUntil(lambda: looker.link.is_taken)
    mine = looker.offer()
    looker.link.take_back()
    looker.link.sleep()
    qtbot.waitUntil(lambda: mine.is_closed)


def test_that_one_was_taken_is_not_said_of_the_next_machine(looker: Looker, qtbot: QtBot) -> None:
    first = looker.offer()
    looker.link.wake()
    looker.link.set_domain(RUNNING)
    qtbot.waitUntil(lambda: bool(looker.news))
    looker.offer()
    first.end(DisplayTaken().problem)
    qtbot.waitUntil(lambda: looker.link.is_taken)
    del looker.context.engine.answers[OPEN]  # the next one takes its time
    with qtbot.waitSignal(looker.link.taken):
        looker.link.set_domain(domain("b", DomainState.RUNNING))
    assert not looker.link.is_taken
    with qtbot.waitSignal(looker.link.taken):
        looker.link.set_domain(RUNNING)
    qtbot.waitUntil(lambda: looker.link.is_taken)
    looker.link.sleep()


def test_what_cannot_be_taken_back_is_said_and_goes_on_as_it_was(
    looker: Looker, qtbot: QtBot
) -> None:
    first = looker.offer()
    looker.link.wake()
    looker.link.set_domain(RUNNING)
    qtbot.waitUntil(lambda: bool(looker.news))
    second = looker.offer()
    first.end(DisplayTaken().problem)
    qtbot.waitUntil(lambda: looker.link.is_taken)
    looker.context.engine.answers[OPEN] = DisplayUnreachable(place="here")
    looker.link.take_back()
    qtbot.waitUntil(lambda: bool(looker.context.problems))
    assert looker.link.is_live
    assert looker.link.is_taken
    assert not second.is_closed
    looker.link.sleep()


def test_a_screen_that_was_taken_goes_on_in_pictures_where_there_is_nothing_else(
    looker: Looker, qtbot: QtBot
) -> None:
    first = looker.offer()
    looker.link.wake()
    looker.link.set_domain(RUNNING)
    qtbot.waitUntil(lambda: bool(looker.news))
    answers = looker.context.engine.answers
    answers[OPEN] = DisplayMissing(name="a")
    answers["domain.screenshot"] = b"P6 16 10 255\n" + bytes((200, 30, 30)) * 160
    first.end(DisplayTaken().problem)
    qtbot.waitUntil(lambda: looker.link.is_taken)
    assert not looker.news[-1].standing.takes_input
    # The next run of the machine is nobody's yet.
    looker.link.set_domain(OFF)
    assert not looker.link.is_taken
    looker.offer()
    looker.link.set_domain(RUNNING)
    qtbot.waitUntil(lambda: looker.link.is_live)
    assert looker.context.engine.queries[-1].arguments == (Transport.BEST,)
    looker.link.sleep()
