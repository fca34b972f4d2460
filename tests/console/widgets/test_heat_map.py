import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.sdk.look import tone_colour
from console.sdk.nodes import Tone
from console.widgets.heat_map import HeatMap, HeatTile, accent, warmth

IDLE = HeatTile("a", "web-01", "2 %", 0.02, (0.0, 0.02))
BUSY = HeatTile("b", "build", "97 %", 0.97, (0.9, 0.97))
OFF = HeatTile("c", "old", "Off")


@pytest.fixture
def heat(qtbot: QtBot) -> HeatMap:
    made = HeatMap("All machines")
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    made.show_tiles((IDLE, BUSY, OFF))
    return made


def test_a_click_or_return_leads_to_a_machine(heat: HeatMap) -> None:
    chosen: list[str] = []
    heat.chosen.connect(chosen.append)
    place = heat.visualRect(heat.model().index(1, 0)).center()
    QTest.mouseClick(heat.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen == ["b"]
    heat.setCurrentIndex(heat.model().index(0, 0))
    QTest.keyClick(heat, Qt.Key.Key_Right)
    QTest.keyClick(heat, Qt.Key.Key_Right)
    QTest.keyClick(heat, Qt.Key.Key_Return)
    assert chosen == ["b", "c"]


def test_it_keeps_its_place_while_figures_change(heat: HeatMap) -> None:
    heat.setCurrentIndex(heat.model().index(1, 0))
    before = heat.grab().toImage()
    heat.show_tiles((IDLE, HeatTile("b", "build", "1 %", 0.01), OFF))
    assert heat.currentIndex().row() == 1
    assert heat.grab().toImage() != before
    heat.show_tiles((OFF,))
    assert [tile.id for tile in heat.tiles] == ["c"]


def test_each_tile_says_what_it_shows(heat: HeatMap) -> None:
    index = heat.model().index(1, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "build, 97 %"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "build, 97 %"
    assert heat.model().index(9, 0).data() is None


def test_the_more_the_warmer_and_much_is_red_only_where_it_is_bad(qtbot: QtBot) -> None:
    palette = QPalette()

    def ground(share: float | None, *, is_relative: bool = False) -> tuple[str, int]:
        colour = warmth(palette, HeatTile("a", "a", "", share, is_relative=is_relative))
        return colour.name(), colour.alpha()

    assert ground(None)[1] == 0
    assert ground(0.1)[1] < ground(0.5)[1]
    assert ground(0.5)[0] == accent(palette).name()
    assert ground(0.7)[0] == tone_colour(palette, Tone.WARNING).name()
    assert ground(0.9)[0] == tone_colour(palette, Tone.BAD).name()
    assert ground(1.0, is_relative=True)[0] == accent(palette).name()
