"""The strip above a list of the past."""

import time
from dataclasses import replace

from pytestqt.qtbot import QtBot

from console.sdk.views import Message
from console.shell.outdated_strip import OutdatedStrip
from console.shell.window import MainWindow


def test_it_says_why_counts_and_goes(shell: MainWindow, qtbot: QtBot) -> None:
    strip = OutdatedStrip(shell.actions_of)
    qtbot.addWidget(strip)
    strip.show_message(Message("Away", "Next try in {left}.", counts_to=time.time() + 4.5))
    assert not strip.isHidden()
    assert strip._words.text() == "Next try in 5 s."
    strip.show_message(replace(Message("Away", "Trying now."), actions=("machines.refresh",)))
    assert strip._words.text() == "Trying now."
    assert strip._buttons.count() == 1
    strip.show_message(None)
    assert strip.isHidden()
