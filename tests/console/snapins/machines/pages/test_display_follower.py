"""A guest is asked for the size of the widget once it rests there, and never without being told."""

import pytest
from pytestqt.qtbot import QtBot
from typing_extensions import override

from backend.display.synthetic import SyntheticChannel
from backend.errors import DisplayEnded
from backend.model import DomainState
from console.snapins.machines.pages import display_follower, display_link
from console.snapins.machines.pages.display import DisplayPage
from console.widgets.screen_place import Zoom
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain


class Guest(SyntheticChannel):
    """A screen that keeps which sizes it was asked for."""

    def __init__(self) -> None:
        super().__init__(320, 200)
        self.asked: list[tuple[int, int]] = []

    @override
    def resize(self, width: int, height: int) -> None:
        self.asked.append((width, height))
        super().resize(width, height)


@pytest.fixture
def guest(context: LentContext, monkeypatch: pytest.MonkeyPatch) -> Guest:
    monkeypatch.setattr(display_follower, "_REST_MS", 20)
    monkeypatch.setattr(display_link, "_PAUSES_S", (0.02,))
    made = Guest()
    context.engine.answers["display.open_display"] = made
    return made


@pytest.fixture
def page(context: LentContext, guest: Guest, qtbot: QtBot) -> DisplayPage:
    made = DisplayPage(context)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.wake()
    made.set_record(domain("web-01", DomainState.RUNNING))
    qtbot.waitUntil(lambda: made.screen_view.surface is not None)
    return made


def wanted(page: DisplayPage) -> tuple[int, int]:
    size = page.screen_view.size()
    return (size.width() // 8 * 8, size.height())


def test_it_follows_once_it_is_told_to(page: DisplayPage, guest: Guest, qtbot: QtBot) -> None:
    page.resize(850, 550)
    qtbot.wait(60)
    assert guest.asked == []
    page.bar.zoom.setCurrentText("Guest follows")
    qtbot.waitUntil(lambda: guest.asked == [wanted(page)])
    qtbot.waitUntil(lambda: page.screen_view.surface is guest.surface)
    placed = page.screen_view.placement()
    assert placed is not None
    assert placed.scale == 1
    page.resize(701, 501)
    qtbot.waitUntil(lambda: guest.asked[-1] == wanted(page) and len(guest.asked) == 2)
    page.sleep()


def test_a_guest_that_came_back_is_asked_again(
    page: DisplayPage, guest: Guest, context: LentContext, qtbot: QtBot
) -> None:
    page.bar.zoom.setCurrentText("Guest follows")
    qtbot.waitUntil(lambda: len(guest.asked) == 1)
    second = Guest()
    context.engine.answers["display.open_display"] = second
    guest.end(DisplayEnded().problem)
    qtbot.waitUntil(lambda: second.asked == [wanted(page)])
    page.screen_view.set_zoom(Zoom.FIT)
    page.resize(800, 500)
    qtbot.wait(60)
    assert len(second.asked) == 1
    page.sleep()
