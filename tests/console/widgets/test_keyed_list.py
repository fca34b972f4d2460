"""Lines under headings: one is chosen, and stays so while others come and go."""

from dataclasses import dataclass

import pytest
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
