from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.widgets.heat_map import HeatTile
from console.widgets.top_bars import TopBars

TILES = (
    HeatTile("a", "web-01", "2 %", 0.02),
    HeatTile("b", "build", "97 %", 0.97),
    HeatTile("c", "old", "Off"),
    HeatTile("d", "idle", "0 %", 0.0),
    HeatTile("e", "db", "50 %", 0.5),
)


def test_who_does_most_stands_first_and_who_does_nothing_not_at_all(qtbot: QtBot) -> None:
    bars = TopBars("Most")
    qtbot.addWidget(bars)
    bars.resize(300, 200)
    bars.show()
    bars.show_most(TILES, 8)
    assert [tile.id for tile in bars.tiles] == ["b", "e", "a"]
    bars.show_most(TILES, 2)
    assert [tile.id for tile in bars.tiles] == ["b", "e"]
    chosen: list[str] = []
    bars.chosen.connect(chosen.append)
    bars.setCurrentIndex(bars.model().index(1, 0))
    QTest.keyClick(bars, Qt.Key.Key_Enter)
    assert chosen == ["e"]
    bars.show_most([HeatTile("a", "web-01", "99 %", 0.99), *TILES[1:]], 8)
    assert [tile.id for tile in bars.tiles] == ["a", "b", "e"]
    assert bars.currentIndex().row() == 2, "the keyboard stays with the machine, not the line"
    image = bars.grab().toImage()
    bars.show_most(TILES[:1], 2)
    assert bars.grab().toImage() != image
