"""A number of any size, typed as one likes; what is none is kept and is no value."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.widgets.quantity_box import Measure, QuantityBox

HUGE = 2**60


def read(text: str) -> int | None:
    figure = text.split(maxsplit=1)[0] if text.split() else ""
    return int(figure) if figure.isdigit() else None


MEASURE = Measure(lambda value: f"{value} B", read, lambda _value: 256, "no limit")


@pytest.fixture
def box(qtbot: QtBot) -> QuantityBox:
    box = QuantityBox(MEASURE)
    qtbot.addWidget(box)
    return box


def test_a_number_larger_than_qts(box: QuantityBox) -> None:
    box.set_value(HUGE)
    assert (box.value, box.text()) == (HUGE, f"{HUGE} B")


def test_what_is_no_number_stays_and_is_none(box: QuantityBox) -> None:
    QTest.keyClicks(box.lineEdit(), "much")
    assert (box.value, box.text(), box.is_readable) == (None, "much", False)
    box.set_value(None)
    assert (box.value, box.is_readable) == (None, True)


def test_what_was_typed_counts_as_typed_once_it_was_tidied(box: QuantityBox) -> None:
    box.set_value(7)
    box.editingFinished.emit()
    assert not box.lineEdit().isModified()
    box.lineEdit().selectAll()
    QTest.keyClicks(box.lineEdit(), "8")
    box.editingFinished.emit()
    assert box.text() == "8 B"
    assert box.lineEdit().isModified()


def test_empty_is_no_value_where_there_has_to_be_one(qtbot: QtBot) -> None:
    box = QuantityBox(Measure(MEASURE.words, read, MEASURE.step))
    qtbot.addWidget(box)
    assert not box.is_readable


def test_arrows_lead_to_round_numbers_within_the_bounds(box: QuantityBox) -> None:
    heard: list[int | None] = []
    box.edited.connect(lambda: heard.append(box.value))
    box.set_bounds(100, 1000)
    box.set_value(300)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(box, key)
    assert heard == [512, 768, 1000, 768, 512]
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.value == 100
    flags = box.stepEnabled()
    assert not flags & flags.StepDownEnabled


def test_the_way_it_is_told_comes_when_one_has_typed(box: QuantityBox) -> None:
    QTest.keyClicks(box.lineEdit(), "42")
    assert box.text() == "42"
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == "42 B"
