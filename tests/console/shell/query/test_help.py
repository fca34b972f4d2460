"""What the filter understands, said."""

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.shell.query.help import FilterHelp
from tests.console.shell.query.test_grammar import FIELDS


def test_it_has_examples_and_every_field_of_the_list(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    told = {label.text() for label in FilterHelp(FIELDS, window).findChildren(QLabel)}
    assert {field.id for field in FIELDS.all} <= told
    assert {"cpu>80", "memory:1..4GiB", "CPU Usage: per cent", "Automatic Start: yes or no"} <= told
