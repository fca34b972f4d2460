"""A line for each text that is asked."""

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.sdk.recording import AskedText
from console.shell.script_fields import ScriptFields


def asked(label: str, text: str) -> AskedText:
    return AskedText("t", label, text, lambda _text: "")


def test_lines_come_filled_and_are_told_when_typed_in(qtbot: QtBot) -> None:
    fields = ScriptFields()
    qtbot.addWidget(fields)
    fields.ask((asked("New name", "a"), asked("Why", "")))
    assert fields.texts() == ("a", "")
    assert [line.accessibleName() for line in fields.lines] == ["New name", "Why"]
    with qtbot.waitSignal(fields.edited):
        QTest.keyClicks(fields.lines[1], "b")
    assert fields.texts() == ("a", "b")


def test_it_is_seen_only_while_something_is_asked(qtbot: QtBot) -> None:
    fields = ScriptFields()
    qtbot.addWidget(fields)
    assert fields.isHidden()
    fields.ask((asked("New name", "a"),))
    assert not fields.isHidden()
    fields.judge("No.")
    fields.ask(())
    assert fields.isHidden()
    assert fields.texts() == ()
