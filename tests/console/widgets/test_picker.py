from pytestqt.qtbot import QtBot

from console.widgets.picker import Picker


def test_what_was_chosen_stays_chosen_while_it_is_offered(qtbot: QtBot) -> None:
    picker = Picker("Disk of")
    qtbot.addWidget(picker)
    chosen: list[str] = []
    picker.chosen.connect(chosen.append)
    picker.offer((("", "All drives"),))
    assert picker.isHidden()
    picker.offer((("", "All drives"), ("vda", "vda"), ("vdb", "vdb")))
    assert not picker.isHidden()
    picker.setCurrentIndex(2)
    picker.activated.emit(2)
    assert chosen == ["vdb"]
    picker.offer((("", "All drives"), ("vdb", "vdb"), ("vdc", "vdc")))
    assert picker.current == "vdb"
    picker.offer((("", "All drives"), ("vdc", "vdc")))
    assert picker.current == ""
    picker.offer(())
    assert picker.current == ""
    assert picker.isHidden()
    assert chosen == ["vdb"], "only what the user does is told"
