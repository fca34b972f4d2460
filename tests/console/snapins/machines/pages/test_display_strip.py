"""A sentence with its buttons, while there is one."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.snapins.machines.pages.display_strip import Deed, DisplayStrip


def test_it_says_one_thing_and_offers_what_helps(qtbot: QtBot) -> None:
    done: list[str] = []
    home = QWidget()
    qtbot.addWidget(home)
    strip = DisplayStrip(home)
    home.show()
    assert not strip.isVisible()
    strip.say("Another program has it.", Deed("Take Back", lambda: done.append("back")))
    (button,) = strip.buttons
    assert strip.isVisible()
    assert strip.accessibleDescription() == "Another program has it."
    button.click()
    assert done == ["back"]
    strip.say("Another program has it.", Deed("Take Back", lambda: done.append("again")))
    assert strip.buttons == [button], "the same again is nothing new: the keyboard stays there"
    strip.say("It is here.")
    assert strip.buttons == []
    strip.clear()
    assert not strip.isVisible()
