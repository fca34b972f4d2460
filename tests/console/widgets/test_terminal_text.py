"""What was written is found, selected and copied."""

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from console.widgets.terminal_text import TerminalText


@pytest.fixture
def terminal(qtbot: QtBot) -> TerminalText:
    made = TerminalText("Terminal of web-01")
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    return made


def write(qtbot: QtBot, terminal: TerminalText, data: bytes) -> None:
    with qtbot.waitSignal(terminal.drained):
        terminal.put(data)


def test_all_is_selected_and_copied(qtbot: QtBot, terminal: TerminalText) -> None:
    write(qtbot, terminal, b"one\r\ntwo")
    QGuiApplication.clipboard().setText("before")
    terminal.copy()
    assert QGuiApplication.clipboard().text() == "before", "nothing is selected"
    terminal.select_all()
    terminal.copy()
    assert QGuiApplication.clipboard().text().split() == ["one", "two"]


def test_text_is_found_backwards_and_forwards_and_around(
    qtbot: QtBot, terminal: TerminalText
) -> None:
    write(qtbot, terminal, b"error 1\r\n" + b"fine\r\n" * 100 + b"Error 2\r\n")
    assert terminal.seek("ERROR", is_back=True)
    assert terminal.found
    last = terminal.found[0].line
    assert terminal.seek("ERROR", is_back=True)
    assert terminal.found[0].line == 0
    assert terminal.first_shown == 0, "it is scrolled to"
    assert terminal.seek("ERROR", is_back=True)
    assert terminal.found[0].line == last
    assert terminal.seek("ERROR", is_back=False)
    assert terminal.found[0].line == 0
    assert terminal.seek("error", is_back=True), "letter by letter from the end, again"
    assert terminal.found[0].line == last
    assert not terminal.seek("missing", is_back=False)
