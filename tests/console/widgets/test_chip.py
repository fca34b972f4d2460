"""A chip: a word in its tone, with the reason behind it, and its room without a word."""

from pytestqt.qtbot import QtBot

from console.sdk.nodes import Tone
from console.widgets.chip import Chip


def test_it_says_a_word_and_why(qtbot: QtBot) -> None:
    chip = Chip()
    qtbot.addWidget(chip)
    chip.show_word("next start", Tone.WARNING, "It runs.")
    assert (chip.text(), chip.tone, chip.toolTip()) == ("next start", Tone.WARNING, "It runs.")
    assert chip.accessibleDescription() == "It runs."
    assert chip.sizeHint().width() > chip.fontMetrics().horizontalAdvance("next start")


def test_without_a_word_nothing_is_painted(qtbot: QtBot) -> None:
    chip = Chip()
    qtbot.addWidget(chip)
    chip.resize(60, 20)
    empty = chip.grab().toImage()
    chip.show_word("now", Tone.GOOD)
    assert chip.grab().toImage() != empty
    chip.show_word("", Tone.GOOD)
    assert chip.grab().toImage() == empty
