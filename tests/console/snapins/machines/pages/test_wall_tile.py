"""A tile shows a machine live while it is awake, and is opened by click and key."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend.display.failures import DisplayAsks
from backend.display.synthetic import SyntheticChannel
from backend.model import DomainState
from console.snapins.machines.pages.wall_tile import WallTile
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain

RUNNING = domain("web-01", DomainState.RUNNING)


@pytest.fixture
def channel(context: LentContext) -> SyntheticChannel:
    made = SyntheticChannel(640, 400)
    made.fill(made.surface.whole, 0xFF0000)
    context.engine.answers["display.open_display"] = made
    return made


@pytest.fixture
def tile(context: LentContext, channel: SyntheticChannel, qtbot: QtBot) -> Iterator[WallTile]:
    made = WallTile(context, RUNNING)
    qtbot.addWidget(made)
    made.resize(260, 200)
    made.show()
    yield made
    made.sleep()


def test_it_is_live_while_it_is_awake(
    tile: WallTile, channel: SyntheticChannel, qtbot: QtBot
) -> None:
    assert tile.accessibleName() == "Screen of web-01"
    assert not tile.link.is_live
    tile.wake()
    qtbot.waitUntil(lambda: tile.screen_view.surface is channel.surface)
    middle = tile.grab().toImage().pixelColor(130, 80)
    assert middle == QColor("red")
    tile.sleep()
    assert channel.is_closed
    picture = tile.screen_view.picture()
    assert not picture.isNull(), "the last picture stays"
    assert picture.width() <= 260, "and not the memory of the whole screen"
    assert tile.grab().toImage().pixelColor(130, 80) == QColor("red")


def test_it_asks_nobody_anything(tile: WallTile, context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["display.open_display"] = DisplayAsks(name="web-01")
    tile.wake()
    qtbot.waitUntil(lambda: tile.screen_view.reason.endswith("Open it to answer."))
    tile.set_domain(replace(RUNNING, notes="other"))
    qtbot.wait(50)
    (query,) = context.engine.queries
    assert query.options == {"may_ask": False}


def test_it_is_opened_by_click_and_by_key(tile: WallTile, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tile.opened):
        QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        with qtbot.waitSignal(tile.opened):
            QTest.keyClick(tile, key)


def test_it_says_why_there_is_nothing_to_see(tile: WallTile) -> None:
    tile.wake()
    tile.set_domain(domain("web-01", DomainState.OFF))
    assert tile.screen_view.reason == "web-01 is off."
    assert tile.accessibleDescription() == "Off"
