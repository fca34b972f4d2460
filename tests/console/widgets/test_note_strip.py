"""A strip: there while it has something to say, and told which button was pressed."""

from pytestqt.qtbot import QtBot

from console.sdk.nodes import Tone
from console.widgets.note_strip import NoteStrip


def test_it_comes_with_words_and_goes_without(qtbot: QtBot) -> None:
    strip = NoteStrip("To know")
    qtbot.addWidget(strip)
    strip.show_note("Changed.", Tone.WARNING, (("mine", "Keep Mine"), ("theirs", "Take Theirs")))
    assert not strip.isHidden()
    assert strip.accessibleDescription() == "Changed."
    heard: list[str] = []
    strip.pressed.connect(heard.append)
    first, second = strip.buttons()
    second.click()
    assert (first.text(), heard) == ("Keep Mine", ["theirs"])
    strip.show_note("")
    assert strip.isHidden()


def test_the_same_note_keeps_its_buttons(qtbot: QtBot) -> None:
    strip = NoteStrip("To know")
    qtbot.addWidget(strip)
    strip.show_note("Changed.", Tone.PLAIN, (("read", "Dismiss"),))
    before = strip.buttons()
    strip.show_note("Changed.", Tone.PLAIN, (("read", "Dismiss"),))
    assert strip.buttons() == before
