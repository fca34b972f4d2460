"""The fields of what is chosen stand in one place."""

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from console.snapins.machines.creation.parts import Parts, align
from console.snapins.machines.dialogs.making import form_of


def test_one_at_a_time(qtbot: QtBot) -> None:
    parts, one, two = Parts(), QLineEdit(), QLineEdit()
    qtbot.addWidget(parts)
    parts.add("one", form_of((("One", one),)))
    parts.add("two", form_of((("Two", two),)), "In words.")
    parts.add("three", None, "Only words.")
    parts.show()
    assert (one.isVisible(), two.isVisible()) == (True, False)
    parts.show_part("two")
    assert (one.isVisible(), two.isVisible()) == (False, True)
    parts.show_part("three")
    assert not one.isVisible()
    assert not two.isVisible()


def test_fields_begin_in_one_line(qtbot: QtBot) -> None:
    parts, one, two = Parts(), QLineEdit(), QLineEdit()
    qtbot.addWidget(parts)
    forms = form_of((("A", one),)), form_of((("Something longer", two),))
    align(*forms)
    parts.add("one", forms[0])
    parts.add("two", forms[1])
    parts.show()
    left = one.pos().x()
    parts.show_part("two")
    qtbot.waitUntil(lambda: two.pos().x() > 0)
    assert two.pos().x() == left
