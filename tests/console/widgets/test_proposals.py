"""What is proposed below a field."""

from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.widgets.proposals import Proposal, ProposalList, applied


@dataclass(frozen=True)
class Words:
    text: str
    start: int = 0
    end: int = 0
    remark: str = ""


def shown(qtbot: QtBot) -> tuple[QWidget, ProposalList]:
    window = QWidget()
    qtbot.addWidget(window)
    field = QLineEdit()
    QVBoxLayout(window).addWidget(field)
    window.resize(600, 500)
    window.show()
    return window, ProposalList(field)


def test_it_stands_within_the_window_while_there_is_something(qtbot: QtBot) -> None:
    window, listed = shown(qtbot)
    listed.propose([Words("state:", remark="State"), Words("a very long way to go on " * 9)])
    assert listed.isVisible()
    assert listed.parentWidget() is window
    assert listed.geometry().left() >= 0
    assert listed.item(0).text() == "state:   State"
    listed.propose(())
    assert not listed.isVisible()


def test_steps_go_round_and_nothing_is_chosen_at_first(qtbot: QtBot) -> None:
    _window, listed = shown(qtbot)
    listed.propose([Words("a"), Words("b")])
    assert listed.chosen() is None
    seen: list[str] = []
    for rows in (1, 1, 1, -1, -1):
        listed.step(rows)
        chosen = listed.chosen()
        seen.append(chosen.text if chosen else "")
    assert seen == ["a", "b", "a", "b", "a"]
    listed.propose([Words("c"), Words("d")])
    listed.step(-1)
    assert listed.chosen() == Words("d")


def test_a_click_takes_one(qtbot: QtBot) -> None:
    _window, listed = shown(qtbot)
    taken: list[Proposal] = []
    listed.taken.connect(taken.append)
    listed.propose([Words("a"), Words("b")])
    listed.itemClicked.emit(listed.item(1))
    assert taken == [Words("b")]


def test_what_is_taken_stands_in_place_of_what_was_typed() -> None:
    assert applied("web st x", Words("state:", 4, 6)) == ("web state: x", 10)
