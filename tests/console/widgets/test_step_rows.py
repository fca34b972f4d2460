"""Steps: what turns, what is said to whoever cannot see it, and what stays as it was."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.widgets.step_rows import Mark, MarkIcon, StepLine, StepRows


@pytest.fixture
def rows(qtbot: QtBot) -> StepRows:
    rows = StepRows("Steps")
    qtbot.addWidget(rows)
    rows.show()
    return rows


def test_only_what_is_under_way_and_in_sight_turns(rows: StepRows) -> None:
    rows.set_lines((StepLine("Ask", Mark.DONE, "0.02 s"), StepLine("Wait", Mark.UNDER_WAY, "")))
    icons = rows.findChildren(MarkIcon)
    assert [icon.turns for icon in icons] == [False, True]
    rows.hide()
    assert not any(icon.turns for icon in icons)
    rows.show()
    assert icons[1].turns
    rows.set_lines((StepLine("Ask", Mark.DONE, "0.02 s"), StepLine("Wait", Mark.FAILED, "failed")))
    assert not icons[1].turns


def test_each_says_all_of_itself(rows: StepRows) -> None:
    rows.set_lines(
        (
            StepLine("Driver bound", Mark.DONE, "0.64 s", "eth1"),
            StepLine("Address", Mark.NOT_KNOWN, "not known"),
        )
    )
    assert rows.accessibleDescription() == "Driver bound, 0.64 s, eth1; Address, not known"
    names = [label.accessibleName() for label in rows.findChildren(QLabel)]
    assert "Address, not known" in names


def test_fewer_steps_leave_no_rest(rows: StepRows) -> None:
    rows.set_lines([StepLine(str(n), Mark.AHEAD, "") for n in range(4)])
    rows.set_lines([StepLine("only", Mark.DONE, "")])
    shown = [label.text() for label in rows.findChildren(QLabel) if label.isVisible()]
    assert [text for text in shown if text] == ["only"]


@pytest.mark.parametrize("mark", Mark)
def test_every_mark_is_painted(mark: Mark, rows: StepRows, qtbot: QtBot) -> None:
    blank = MarkIcon()
    qtbot.addWidget(blank)
    blank.set_mark(Mark.AHEAD)
    ahead = blank.grab().toImage()
    blank.set_mark(mark)
    assert (blank.grab().toImage() == ahead) is (mark is Mark.AHEAD)
