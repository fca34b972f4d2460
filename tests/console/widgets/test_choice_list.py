"""A list of options: what is chosen stays so, and those that will not do say why."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.widgets.choice_list import ChoiceList, Option

ONE = Option("one", "ph.disc", "One", "The first.")
TWO = Option("two", "ph.disc", "Two", "The second.", refusal="There is no room for two.")


@pytest.fixture
def choices(qtbot: QtBot) -> ChoiceList:
    choices = ChoiceList("Numbers")
    qtbot.addWidget(choices)
    choices.offer((ONE, TWO))
    return choices


def test_the_first_is_proposed_and_arrows_go_on(choices: ChoiceList, qtbot: QtBot) -> None:
    heard: list[str] = []
    choices.chosen.connect(heard.append)
    assert choices.key == "one"
    QTest.keyClick(choices, Qt.Key.Key_Down)
    assert (choices.key, choices.option) == ("two", TWO)
    assert heard == ["two"]


def test_what_was_chosen_stays_while_it_is_offered(choices: ChoiceList) -> None:
    heard: list[str] = []
    choices.choose("two")
    choices.chosen.connect(heard.append)
    choices.offer((Option("zero", "", "Zero"), TWO))
    assert choices.key == "two"
    assert heard == []
    choices.offer((ONE,))
    assert choices.key == "one"
    assert heard == ["one"]


def test_who_cannot_see_hears_the_sentence_or_the_reason(choices: ChoiceList) -> None:
    spoken = Qt.ItemDataRole.AccessibleTextRole
    told = [choices.item(row).data(spoken) for row in range(2)]
    assert told == ["One: The first.", "Two: There is no room for two."]
    assert choices.item(1).toolTip() == "There is no room for two."


def test_it_is_as_tall_as_its_options(choices: ChoiceList) -> None:
    rows = 2 * choices.sizeHintForIndex(choices.model().index(0, 0, QModelIndex())).height()
    assert choices.sizeHint().height() == rows + 2 * choices.frameWidth()


def test_a_long_name_is_painted_within_its_row(choices: ChoiceList, qtbot: QtBot) -> None:
    choices.offer((Option("long", "ph.disc", "x" * 500, "y" * 500),))
    choices.resize(200, 100)
    choices.show()
    qtbot.waitExposed(choices)
    assert not choices.grab().isNull()
    assert choices.horizontalScrollBar().maximum() == 0


def test_why_one_will_not_do_is_read_whole(choices: ChoiceList) -> None:
    long = Option("long", "ph.disc", "Long", refusal="Why this one will not do is told. " * 4)
    choices.offer((ONE, long))
    choices.show()
    heights, first = {}, 0
    for width in (1200, 300):
        choices.resize(width, 400)
        choices.doItemsLayout()
        heights[width] = choices.visualItemRect(choices.item(1)).height()
        first = choices.visualItemRect(choices.item(0)).height()
        assert choices.sizeHint().height() == first + heights[width] + 2 * choices.frameWidth()
    assert heights[1200] == first
    assert heights[300] >= first + 2 * choices.fontMetrics().lineSpacing()
