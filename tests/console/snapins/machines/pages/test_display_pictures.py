"""Without VNC there are pictures to look at, one after the other, while somebody looks."""

import pytest
from pytestqt.qtbot import QtBot

from backend.display.channel import News
from backend.errors import HostNotAnswering, Problem
from backend.model import DomainState
from console.snapins.machines.pages import display_pictures
from console.snapins.machines.pages.display_pictures import DisplayPictures
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain

REF = domain("a", DomainState.RUNNING).ref
SHOT = "domain.screenshot"


def picture(red: int, width: int = 15) -> bytes:
    return b"P6 %d 10 255\n" % width + bytes((red, 2, 3)) * width * 10


class Looker:
    def __init__(self, context: LentContext) -> None:
        self.pictures = DisplayPictures(context)
        self.news: list[News] = []
        self.problems: list[Problem] = []
        self.pictures.arrived.connect(self.news.append)
        self.pictures.failed.connect(self.problems.append)


@pytest.fixture
def looker(context: LentContext, monkeypatch: pytest.MonkeyPatch) -> Looker:
    monkeypatch.setattr(display_pictures, "_INTERVAL_MS", 10)
    context.engine.answers[SHOT] = picture(200)
    return Looker(context)


def test_one_after_the_other_onto_one_surface(
    looker: Looker, context: LentContext, qtbot: QtBot
) -> None:
    looker.pictures.start(REF)
    qtbot.waitUntil(lambda: len(looker.news) == 1)
    first = looker.news[0]
    assert first.surface is not None
    assert (first.surface.pixels & 0xFFFFFF == 0xC80203).all()
    assert not first.standing.takes_input
    context.engine.answers[SHOT] = picture(100)
    count = len(looker.news)
    qtbot.waitUntil(lambda: len(looker.news) > count + 1)
    assert looker.news[-1].surface is first.surface
    assert first.surface.pixels[0, 0] & 0xFFFFFF == 0x640203
    context.engine.answers[SHOT] = picture(100, width=20)
    qtbot.waitUntil(lambda: looker.news[-1].surface is not first.surface)
    looker.pictures.stop()
    count = len(looker.news)
    qtbot.wait(50)
    assert len(looker.news) == count
    assert not looker.pictures.is_on


@pytest.mark.parametrize(
    ("answer", "message_id"),
    [(HostNotAnswering(seconds=5), "HostNotAnswering"), (b"no picture", "ScreenNotAvailable")],
)
def test_where_there_is_none_it_says_so_once(
    looker: Looker, context: LentContext, qtbot: QtBot, answer: object, message_id: str
) -> None:
    context.engine.answers[SHOT] = answer
    looker.pictures.start(REF)
    qtbot.waitUntil(lambda: bool(looker.problems))
    qtbot.wait(50)
    assert [problem.message_id for problem in looker.problems] == [message_id]
    assert not looker.pictures.is_on
