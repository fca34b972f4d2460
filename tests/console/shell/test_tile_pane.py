"""Large icons: the same list, drawn otherwise."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from typing_extensions import override

from backend.model import Record, Ref
from console.sdk.context import Context
from console.sdk.pictures import PictureSource
from console.sdk.views import Tile
from console.shell.arrangement import Mode
from console.shell.list_area import ListArea
from console.shell.settings import Settings
from console.shell.window import MainWindow
from tests.console.shell.steps import page
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain
from tests.fakes.snapin import machines_view


class Pictures(PictureSource):
    made: list["Pictures"] = []  # noqa: RUF012  # of the test that runs

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.shown: list[str] = []
        self.image = QImage(64, 40, QImage.Format.Format_RGB32)
        self.image.fill(Qt.GlobalColor.red)
        Pictures.made.append(self)

    @override
    def show(self, records: Sequence[Record]) -> None:
        self.shown = [record.ref.key.removeprefix("uuid-") for record in records]

    @override
    def picture(self, ref: Ref) -> QImage | None:
        return self.image if ref.key == "uuid-build" else None


def tile(machine: object, _lookup: object) -> Tile:
    return Tile(getattr(machine, "name", ""), "Running", "5 %", "ph.play-circle-fill")


@pytest.fixture
def area(shell: MainWindow, settings: Settings, qtbot: QtBot) -> ListArea:
    Pictures.made.clear()
    view = replace(machines_view("here"), tile=tile, pictures=Pictures)
    area = ListArea(view, shell.context, shell.actions_of, settings, "tiles")
    qtbot.addWidget(area)
    area.model.load(shell.bridge.mirror.every_record())
    area.settle()
    area.resize(760, 300)
    area.show()
    area.arranger.draw_as(Mode.LARGE_ICONS)
    qtbot.waitUntil(lambda: bool(Pictures.made and Pictures.made[0].shown))
    return area


def reds(area: ListArea, name: str) -> int:
    image = area.tiles.viewport().grab().toImage()
    rect = area.tiles.visualRect(area.model.index(area.model.line_of(domain(name).ref), 0))
    points = ((x, y) for x in range(rect.left(), rect.right(), 4) for y in range(
        rect.top(), min(rect.bottom(), image.height() - 1), 4))  # fmt: skip
    return sum(image.pixelColor(x, y).name() == "#ff0000" for x, y in points)


def test_pictures_are_taken_of_what_is_in_sight_and_nothing_else(
    area: ListArea, qtbot: QtBot
) -> None:
    (pictures,) = Pictures.made
    assert pictures.shown == [r.ref.key.removeprefix("uuid-") for r in area.tiles.in_sight()]
    assert 0 < len(pictures.shown) < 9
    area.tiles.verticalScrollBar().setValue(area.tiles.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: "win-11" in pictures.shown)
    assert "build" not in pictures.shown
    area.arranger.draw_as(Mode.DETAILS)
    assert pictures.shown == []
    area.arranger.draw_as(Mode.LARGE_ICONS)
    qtbot.waitUntil(lambda: bool(pictures.shown))
    assert len(Pictures.made) == 1


def test_a_picture_stands_in_its_tile_and_only_there(area: ListArea) -> None:
    assert reds(area, "build") > 100
    assert reds(area, "cache-01") == 0


def test_selection_and_keyboard_are_those_of_the_details(area: ListArea) -> None:
    area.choose([domain("web-01").ref, domain("build").ref])
    area.arranger.draw_as(Mode.DETAILS)
    assert [r.ref.key for r in area.selected.records()] == ["uuid-build", "uuid-web-01"]
    area.arranger.draw_as(Mode.LARGE_ICONS)
    area.choose([domain("build").ref])
    QTest.keyClick(area.tiles, Qt.Key.Key_Right)
    assert [r.ref.key for r in area.selected.records()] == ["uuid-cache-01"]
    QTest.keyClick(area.tiles, Qt.Key.Key_Left)
    assert [r.ref.key for r in area.selected.records()] == ["uuid-build"]
    told: list[int] = []
    area.activated.connect(lambda: told.append(1))
    QTest.keyClick(area.tiles, Qt.Key.Key_Return)
    assert told == [1]


def test_a_heading_has_a_line_of_its_own_and_folds(area: ListArea, qtbot: QtBot) -> None:
    area.arranger.group_by("state")
    area.tiles.executeDelayedItemsLayout()
    heading = area.tiles.visualRect(area.model.index(0, 0))
    first = area.tiles.visualRect(area.model.index(1, 0))
    assert heading.width() > 700
    assert first.top() >= heading.bottom()
    count = len(area.model.lines)
    place = QPoint(10, heading.center().y())
    QTest.mouseClick(
        area.tiles.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
    )
    assert len(area.model.lines) < count
    QTest.keyClick(area.tiles, Qt.Key.Key_Right)
    assert len(area.model.lines) == count


def test_a_list_without_tiles_has_no_large_icons(shell: MainWindow, engine: FakeEngine) -> None:
    page(shell).area.arranger.draw_as(Mode.LARGE_ICONS)
    assert page(shell).area.currentWidget() is page(shell).area.pane
    shell.lists.follow()
    assert not shell.lists.modes[Mode.LARGE_ICONS].isEnabled()


def test_a_tile_can_be_heard(area: ListArea) -> None:
    index = area.model.index(area.model.line_of(domain("build").ref), 0)
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "Running, 5 %"
    tiles = QAccessible.queryAccessibleInterface(area.tiles)
    assert tiles.text(QAccessible.Text.Name)
    heard = [tiles.child(i) for i in range(tiles.childCount())]
    told = {
        (child.text(QAccessible.Text.Name), child.text(QAccessible.Text.Description))
        for child in heard
    }
    assert ("build", "Running, 5 %") in told


def test_a_heading_can_be_heard(area: ListArea) -> None:
    area.arranger.group_by("state")
    tiles = QAccessible.queryAccessibleInterface(area.tiles)
    names = {tiles.child(i).text(QAccessible.Text.Name) for i in range(tiles.childCount())}
    assert "Running (4), open" in names


def test_news_of_a_row_is_painted_and_lays_no_tile_out_anew(
    area: ListArea, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out: list[bool] = []
    monkeypatch.setattr(area.tiles, "doItemsLayout", lambda: laid_out.append(True))
    Pictures.made[0].image.fill(Qt.GlobalColor.blue)
    area.model.touch([domain("build").ref, domain("win-11").ref])
    qtbot.wait(50)
    assert laid_out == []
    assert reds(area, "build") == 0
    area.tiles.scheduleDelayedItemsLayout()
    qtbot.waitUntil(lambda: bool(laid_out))
