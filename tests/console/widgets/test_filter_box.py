"""The filter box."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.widgets.filter_box import FilterBox


def test_it_tells_the_words_and_escape_empties_then_leaves(qtbot: QtBot) -> None:
    box = FilterBox("Filter")
    qtbot.addWidget(box)
    words: list[str] = []
    left: list[bool] = []
    box.words_changed.connect(words.append)
    box.left.connect(lambda: left.append(True))
    QTest.keyClicks(box, " ab ")
    assert words[-1] == "ab"
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert (box.text(), left) == ("", [])
    QTest.keyClick(box, Qt.Key.Key_Escape)
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert left == [True, True]
    assert box.accessibleName() == "Filter"
