"""Lines under headings: one is chosen, and stays so while others come and go."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyledItemDelegate
from pytestqt.qtbot import QtBot

from console.widgets.keyed_list import KeyedList


@dataclass(frozen=True)
class Line:
    key: str
    title: str = "a line"
    spoken: str = "a line: quiet"
    tip: str = "a tip"


A, B, C = (Line(key) for key in "abc")


@pytest.fixture
def lines(qtbot: QtBot) -> KeyedList:
    made = KeyedList("Lines", QStyledItemDelegate())
    qtbot.addWidget(made)
    made.show_lines(["Heading", A, B])
    return made


def test_the_first_line_is_chosen_and_no_heading(lines: KeyedList) -> None:
    assert lines.key == "a"
    assert lines.lines() == (A, B)
    assert not lines.choose("Heading")


def test_what_is_chosen_stays_while_it_is_there(lines: KeyedList, qtbot: QtBot) -> None:
    assert lines.choose("b")
    told: list[str] = []
    lines.chosen.connect(told.append)
    lines.show_lines(["Heading", C, A, B])
    assert (lines.key, told) == ("b", [])
    lines.show_lines([C])
    assert (lines.key, told) == ("c", ["c"])
    lines.show_lines([])
    assert (lines.key, told) == ("", ["c", ""])


MANY = tuple(Line(str(number), f"line {number}") for number in range(20))


@pytest.fixture
def long(lines: KeyedList) -> KeyedList:
    """Ten lines under a heading, and ten under another; a few of them are in sight."""
    lines.show_lines(["First", *MANY[:10], "Second", *MANY[10:]])
    lines.resize(200, 5 * lines.sizeHintForRow(0))
    lines.show()
    return lines


@pytest.mark.parametrize("page", [Qt.Key.Key_PageUp, Qt.Key.Key_Up, Qt.Key.Key_Home])
def test_keys_upward_end_at_the_first_line_and_its_heading_is_seen(
    long: KeyedList, page: Qt.Key
) -> None:
    long.choose("19")
    seen = []
    for _ in range(25):
        QTest.keyClick(long, page)
        seen.append(int(long.key))
    assert seen[-1] == 0
    assert seen == sorted(seen, reverse=True)
    assert long.visualItemRect(long.item(0)).top() == 0


@pytest.mark.parametrize("page", [Qt.Key.Key_PageDown, Qt.Key.Key_Down, Qt.Key.Key_End])
def test_keys_downward_end_at_the_last_line(long: KeyedList, page: Qt.Key) -> None:
    seen = []
    for _ in range(25):
        QTest.keyClick(long, page)
        seen.append(int(long.key))
    assert seen[-1] == 19
    assert seen == sorted(seen)


def test_every_line_is_met_by_arrows(long: KeyedList) -> None:
    for number in range(1, 20):
        QTest.keyClick(long, Qt.Key.Key_Down)
        assert long.key == str(number)


def test_letters_go_over_headings(long: KeyedList) -> None:
    long.show_lines(["Memory and more", *MANY[:3], Line("m", "Memory")])
    QTest.keyClicks(long, "me")
    assert long.key == "m"


def test_keys_lead_nowhere_where_there_are_headings_alone(lines: KeyedList) -> None:
    lines.show_lines(["Heading"])
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End):
        QTest.keyClick(lines, key)
    assert lines.key == ""
