"""What was chosen is so in every window, and the next time."""

import pytest
from pytestqt.qtbot import QtBot

from backend.model import DomainState
from console.snapins.machines import keyboards
from console.snapins.machines.pages.display_bar import DisplayBar
from console.snapins.machines.pages.display_choices import DisplayChoices
from console.snapins.machines.pages.display_strip import DisplayStrip
from console.snapins.machines.pages.display_typing import DisplayTyping
from console.widgets.screen import Screen
from console.widgets.screen_release import Release
from console.widgets.screen_typist import ScreenTypist
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain

WEB, DB = (domain(name, DomainState.RUNNING).ref for name in ("web-01", "db-01"))


class Desk:
    def __init__(self, context: LentContext, qtbot: QtBot) -> None:
        self.bar, self.screen, self.strip = DisplayBar(), Screen("Screen"), DisplayStrip()
        for widget in (self.bar, self.screen, self.strip):
            qtbot.addWidget(widget)
        self.typing = DisplayTyping(ScreenTypist(self.screen), self.strip)
        self.choices = DisplayChoices(context.memory, self.bar, self.screen, self.typing)


def test_the_keyboard_is_the_machines_and_the_way_out_is_the_users(
    context: LentContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyboards, "guessed", lambda: "us")
    desk = Desk(context, qtbot)
    desk.choices.recall(WEB)
    with qtbot.waitSignal(desk.choices.changed):
        desk.bar.keyboard_chosen.emit("fr")
    desk.bar.release_chosen.emit(Release.HOME)
    assert desk.typing.layout.name == "fr"
    other = Desk(context, qtbot)
    other.choices.recall(DB)
    assert other.typing.layout.name == "us"
    assert other.screen.release is Release.HOME
    other.choices.recall(WEB)
    assert other.typing.layout.name == "fr"
