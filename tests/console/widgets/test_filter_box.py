"""The filter box."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
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


@dataclass(frozen=True)
class Words:
    text: str
    start: int
    end: int
    remark: str = ""


@pytest.fixture
def box(qtbot: QtBot) -> Iterator[FilterBox]:
    window = QWidget()
    qtbot.addWidget(window)
    box = FilterBox("Filter", window)
    window.resize(500, 400)
    window.show()
    window.activateWindow()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)

    def propose(text: str, cursor: int) -> list[Words]:
        word = text[:cursor].rpartition(" ")[2]
        start = cursor - len(word)
        if word.endswith(":"):
            return [Words("running", cursor, cursor)]
        found = [name for name in ("state:", "status:") if name.startswith(word)]
        return [Words(name, start, cursor) for name in found]

    box.offer(propose)
    yield box
    window.close()


def press(box: FilterBox, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(box, key)


def test_keys_choose_and_take_what_is_proposed(box: FilterBox) -> None:
    QTest.keyClicks(box, "web st")
    press(box, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert box.text() == "web state:"
    press(box, Qt.Key.Key_Down, Qt.Key.Key_Tab)
    assert box.text() == "web state:running"
    assert box.hasFocus()
    assert not box._list.isVisible()


def test_escape_closes_the_proposals_before_it_empties_the_box(box: FilterBox) -> None:
    QTest.keyClicks(box, "st")
    assert box._list.isVisible()
    press(box, Qt.Key.Key_Escape)
    assert (box.text(), box._list.isVisible()) == ("st", False)
    press(box, Qt.Key.Key_Escape)
    assert box.text() == ""


def test_return_with_none_chosen_leaves_to_the_list(box: FilterBox) -> None:
    left: list[bool] = []
    box.left.connect(lambda: left.append(True))
    QTest.keyClicks(box, "st")
    press(box, Qt.Key.Key_Return)
    assert (left, box.text(), box._list.isVisible()) == ([True], "st", False)


def test_nothing_is_proposed_unasked_between_words_and_all_when_asked(box: FilterBox) -> None:
    QTest.keyClicks(box, "web ")
    assert not box._list.isVisible()
    QTest.keyClick(box, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert box._list.count() == 2
    assert box.text() == "web "


def test_its_button_asks_for_help_only_where_there_are_proposals(box: FilterBox) -> None:
    asked: list[bool] = []
    box.help_asked.connect(lambda: asked.append(True))
    next(a for a in box.actions() if "F1" in a.text()).trigger()
    assert asked == [True]
    assert not any("F1" in a.text() for a in FilterBox("Plain").actions())
