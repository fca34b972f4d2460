"""The screens of a server side by side: those that run, and only those in sight are open."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend.display.synthetic import SyntheticChannel
from backend.model import DomainState, Record
from console.snapins.machines.open_screens import open_screens
from console.snapins.machines.pages.wall import LEAST_WIDTH, WallPage, placed
from console.snapins.machines.pages.wall_tile import WallTile
from console.snapins.machines.wishes import wishes
from tests.console.snapins.lent import LentContext
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain, host

NAMES = tuple(f"vm-{number:02}" for number in range(12))


@pytest.fixture
def engine() -> FakeEngine:
    machines = (domain(name, DomainState.RUNNING) for name in NAMES)
    return FakeEngine(host(), *machines, domain("off", DomainState.OFF))


@pytest.fixture
def channels(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> list[SyntheticChannel]:
    made: list[SyntheticChannel] = []
    ask = engine.query

    def query(*args: object, **kwargs: object) -> object:
        made.append(SyntheticChannel(64, 40))
        engine.answers["display.open_display"] = made[-1]
        return ask(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "query", query)
    return made


@pytest.fixture
def wall(
    context: LentContext, channels: list[SyntheticChannel], qtbot: QtBot
) -> Iterator[WallPage]:
    page = WallPage(context)
    qtbot.addWidget(page)
    page.resize(560, 420)
    page.show()
    page.set_record(host())
    page.wake()
    yield page
    page.sleep()
    qtbot.waitUntil(lambda: all(channel.is_closed for channel in channels))


def live(wall: WallPage) -> list[str]:
    return [tile.domain.name for tile in wall.tiles.values() if tile.link.is_live]


def test_only_those_in_sight_are_open(wall: WallPage, qtbot: QtBot) -> None:
    assert wall.told.text().startswith("12 of 13 machines run.")
    assert [tile.domain.name for tile in wall.tiles.values()] == list(NAMES)
    qtbot.waitUntil(lambda: bool(live(wall)))
    seen = live(wall)
    assert seen == list(NAMES[: len(seen)])
    assert len(seen) < len(NAMES)
    bar = wall._area.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: NAMES[-1] in live(wall))
    assert NAMES[0] not in live(wall)
    wall.sleep()
    assert live(wall) == []


def test_what_is_told_stands_in_line_with_the_pictures(wall: WallPage) -> None:
    tile = wall.tiles[next(iter(wall.tiles))]
    margins = tile.layout().contentsMargins()  # type: ignore[union-attr]
    assert wall.told.contentsMargins().left() == tile.x() + margins.left()


def test_machines_come_and_go(wall: WallPage, until: Callable[[Record], None]) -> None:
    until(domain(NAMES[0], DomainState.OFF))
    assert NAMES[0] not in [tile.domain.name for tile in wall.tiles.values()]
    until(domain("aaa", DomainState.RUNNING))
    assert next(iter(wall.tiles.values())).domain.name == "aaa"
    tiles = [one for one in wall.findChildren(WallTile) if one in wall.tiles.values()]
    assert tiles == list(wall.tiles.values()), "Tab goes as they stand"


def test_one_goes_there_by_arrows_and_opens_it(wall: WallPage, context: LentContext) -> None:
    tiles = list(wall.tiles.values())
    tiles[0].setFocus()
    QTest.keyClick(tiles[0], Qt.Key.Key_Right)
    assert wall.focusWidget() is tiles[1]
    QTest.keyClick(tiles[1], Qt.Key.Key_Down)
    assert wall.focusWidget() is tiles[3]
    QTest.keyClick(tiles[3], Qt.Key.Key_Left)
    QTest.keyClick(tiles[2], Qt.Key.Key_Left)
    assert wall.focusWidget() is tiles[2], "there is nothing further"
    QTest.keyClick(tiles[2], Qt.Key.Key_Return)
    ref = tiles[2].domain.ref
    assert context.places == [(f"machine:{ref.host}:{ref.key}", None)]
    assert wishes.grant(ref)


def test_a_screen_that_is_open_elsewhere_is_not_fetched_again(
    wall: WallPage, channels: list[SyntheticChannel], qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: bool(live(wall)))
    before = len(channels)
    view = open_screens.join(next(iter(wall.tiles)))
    assert view is not None
    assert len(channels) == before
    view.close()


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 9, 16])
@pytest.mark.parametrize("room", [(900, 700), (1600, 500), (500, 900)])
def test_tiles_fill_the_room_and_lie_beside_each_other(count: int, room: tuple[int, int]) -> None:
    places, height = placed(count, *room)
    assert len(places) == count
    area = QRect(0, 0, room[0], max(height, room[1]))
    for number, place in enumerate(places):
        assert area.contains(place)
        assert place.width() >= LEAST_WIDTH or room[0] < LEAST_WIDTH
        assert not any(place.intersects(other) for other in places[number + 1 :])
    if count in (1, 4):
        assert height <= room[1], "few are all in sight"
