"""A form of settings: what each field says below it, and the way back."""

from PySide6.QtWidgets import QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from console.sdk.nodes import Tone
from console.widgets.setting_form import SettingForm
from tests.fakes.turning import turn


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


def test_fields_give_way_before_the_page_scrolls_sideways(qtbot: QtBot) -> None:
    form = SettingForm("Memory")
    lines = [form.add(name, QLineEdit()) for name in ("Startup memory", "Most memory")]
    lines[0].chip.show_word("next start", Tone.WARNING)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(form)
    qtbot.addWidget(area)
    area.resize(900, 300)
    area.show()
    wide = [line.field.width() for line in lines]
    area.resize(form.sizeHint().width() - 20, 300)
    turn()
    narrow = [line.field.width() for line in lines]
    assert wide == [256, 256]
    assert narrow[0] == narrow[1] < 256
    assert area.horizontalScrollBar().maximum() == 0
