from pytestqt.qtbot import QtBot

from console.snapins.machines.pages.serial_bar import SerialBar, port_words
from tests.fakes.serial_machine import FIRST, SECOND, VIRTIO


def test_a_port_is_chosen_only_where_there_are_several(qtbot: QtBot) -> None:
    bar = SerialBar()
    qtbot.addWidget(bar)
    chosen: list[object] = []
    bar.port_chosen.connect(chosen.append)
    bar.set_ports((FIRST,), FIRST)
    assert bar.ports.isHidden()
    bar.set_ports((FIRST, SECOND, VIRTIO), SECOND)
    assert not bar.ports.isHidden()
    assert bar.ports.currentText() == "Serial port 2 (COM2)"
    assert not chosen, "what is shown was not chosen here"
    bar.ports.setCurrentIndex(2)
    assert chosen == [VIRTIO]
    assert port_words(VIRTIO) == "virtio console 1"


def test_each_button_says_what_it_is_for(qtbot: QtBot) -> None:
    bar = SerialBar()
    qtbot.addWidget(bar)
    asked: list[str] = []
    bar.asked.connect(asked.append)
    for word, button in bar.buttons.items():
        assert button.accessibleName()
        button.click()
        assert asked[-1] == word
    bar.set_live(is_live=False)
    assert not bar.buttons["paste"].isEnabled()
    assert bar.buttons["save"].isEnabled(), "what was written can be kept"
