from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.widgets.heat_map import HeatTile
from console.widgets.top_bars import TopBars, ranked

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
    other = (HeatTile("a", "web-01", "99 %", 0.99), HeatTile("b", "build", "60 %", 0.6))
    bars.show_most([*other, *TILES[2:]], 8)
    assert [tile.id for tile in bars.tiles] == ["a", "b", "e"]
    assert bars.currentIndex().row() == 2, "the keyboard stays with the machine, not the line"
    image = bars.grab().toImage()
    bars.show_most(TILES[:1], 2)
    assert bars.grab().toImage() != image


def test_who_does_much_the_same_stays_where_it_is() -> None:
    first = ranked((), {"a": 0.50, "b": 0.48, "c": 0.10})
    assert first == ("a", "b", "c")
    assert ranked(first, {"a": 0.48, "b": 0.50, "c": 0.10}) == first
    assert ranked(first, {"a": 0.30, "b": 0.50, "c": 0.10}) == ("b", "a", "c")
    assert ranked(first, {"a": 0.50, "c": 0.90, "d": 0.70, "b": 0.01}) == ("c", "d", "a", "b")
    assert ranked(first, {"c": 0.01, "b": 0.02}) == ("b", "c"), "next to nothing is nothing"
    slope = ranked((), {"a": 0.56, "b": 0.53, "c": 0.50})
    rising = {"a": 0.50, "b": 0.56, "c": 0.62}
    assert ranked(slope, rising) == ("c", "a", "b"), "nobody stands below who has clearly less"


def test_what_is_compared_by_something_else_is_put_in_order_anew(qtbot: QtBot) -> None:
    bars = TopBars("Most")
    qtbot.addWidget(bars)
    bars.show_most([HeatTile("a", "a", "", 0.50), HeatTile("b", "b", "", 0.49)], 8)
    other = [HeatTile("a", "a", "", 0.49), HeatTile("b", "b", "", 0.50)]
    bars.show_most(other, 8)
    assert [tile.id for tile in bars.tiles] == ["a", "b"]
    bars.begin_anew()
    bars.show_most(other, 8)
    assert [tile.id for tile in bars.tiles] == ["b", "a"]
