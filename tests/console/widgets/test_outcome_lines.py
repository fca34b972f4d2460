"""What something will do: a line each, or that it is nothing; it keeps its room."""

from pytestqt.qtbot import QtBot

from console.sdk.nodes import Tone
from console.widgets.outcome_lines import OutcomeLine, OutcomeLines

NOW = OutcomeLine("ph.lightning", Tone.GOOD, "Now: notes")
LATER = OutcomeLine("ph.clock-counter-clockwise", Tone.WARNING, "At the next start: memory")


def test_without_a_line_it_says_so(qtbot: QtBot) -> None:
    outcome = OutcomeLines("What OK will do", "Nothing.")
    qtbot.addWidget(outcome)
    assert outcome.accessibleDescription() == "Nothing."
    height = outcome.sizeHint().height()
    outcome.show_lines((NOW, LATER))
    assert outcome.accessibleDescription() == "Now: notes; At the next start: memory"
    assert outcome.sizeHint().height() == height
    outcome.show_lines(())
    assert outcome.accessibleDescription() == "Nothing."


def test_many_lines_scroll(qtbot: QtBot) -> None:
    outcome = OutcomeLines("What OK will do", "Nothing.")
    qtbot.addWidget(outcome)
    outcome.show_lines((NOW,) * 5)
    height = outcome.sizeHint().height()
    outcome.show_lines((NOW,) * 50)
    assert outcome.sizeHint().height() == height


def test_a_line_that_is_broken_is_seen_whole(qtbot: QtBot) -> None:
    outcome = OutcomeLines("What OK will do", "Nothing.")
    qtbot.addWidget(outcome)
    outcome.resize(300, 300)
    outcome.show()
    outcome.show_lines((NOW, LATER))
    height = outcome.area.height()
    long = OutcomeLine("ph.lightning", Tone.GOOD, "Now: a name that is long " * 4)
    outcome.show_lines((NOW, long))
    assert outcome.area.height() > height
    assert outcome.area.verticalScrollBar().maximum() == 0
