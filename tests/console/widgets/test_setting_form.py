"""A form of settings: what each field says below it, and the way back."""

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from console.sdk.nodes import Tone
from console.widgets.setting_form import SettingForm


def test_a_line_says_when_and_why(qtbot: QtBot) -> None:
    form = SettingForm("Memory", "The host has 8 GiB.")
    qtbot.addWidget(form)
    field = QLineEdit()
    line = form.add("Startup memory", field)
    form.show()
    assert field.accessibleName() == "Startup memory"
    assert line.label.buddy() is field
    assert not line.remark.isVisible()
    line.chip.show_word("next start", Tone.WARNING)
    line.say("It runs.", Tone.MUTED)
    assert line.remark.isVisible()
    assert field.accessibleDescription() == "next start. It runs"


def test_the_way_back_is_there_while_it_leads_somewhere(qtbot: QtBot) -> None:
    form = SettingForm("Memory")
    qtbot.addWidget(form)
    line = form.add("Startup memory", QLineEdit())
    form.show()
    assert not line.revert.isVisible()
    line.offer_revert("Back to 2 GiB")
    assert (line.revert.isVisible(), line.revert.toolTip()) == (True, "Back to 2 GiB")
    with qtbot.waitSignal(line.taken_back):
        line.revert.click()
