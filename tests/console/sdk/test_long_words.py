"""A word as long as a line breaks, and is copied as it is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.sdk.forms import Remark, ToneLabel
from console.sdk.long_words import breakable, whole
from tests.fakes.turning import turn

NAME = "Accounting" * 20
IDENTITY = "64e5e8da-15df-4b5e-97ec-3bec765a327b"


@pytest.mark.parametrize(
    "text", ["", "web-01", "a sentence of usual words", "/srv/images/debian-12-generic.qcow2"]
)
def test_usual_words_stay_as_they_are(text: str) -> None:
    assert breakable(text) == text


@pytest.mark.parametrize(
    "text", [NAME, IDENTITY, f"Turn off “{NAME}”?", "ä" * 40, "x" * 30 + "é" + "x" * 30]
)
def test_it_is_whole_again(text: str) -> None:
    assert whole(breakable(text)) == text


def test_a_label_is_no_wider_for_a_long_word(qtbot: QtBot) -> None:
    label = ToneLabel(f"What {NAME} wrote")
    qtbot.addWidget(label)
    label.setWordWrap(True)
    assert label.text() == f"What {NAME} wrote"
    assert label.minimumSizeHint().width() < 200
    lines = label.heightForWidth(300) / label.fontMetrics().lineSpacing()
    assert lines == pytest.approx(label.fontMetrics().horizontalAdvance(NAME) / 300, abs=2)


def test_an_identity_goes_on_after_a_hyphen(qtbot: QtBot) -> None:
    label = ToneLabel(IDENTITY)
    qtbot.addWidget(label)
    label.setWordWrap(True)
    assert label.text() == IDENTITY
    assert label.minimumSizeHint().width() < label.fontMetrics().horizontalAdvance(IDENTITY) / 2


def test_a_remark_has_room_for_all_its_lines(qtbot: QtBot) -> None:
    remark = Remark("About it")
    qtbot.addWidget(remark)
    remark.resize(300, 20)
    remark.show()
    remark.setText(NAME)
    assert remark.height() > 3 * remark.fontMetrics().lineSpacing()


def test_what_is_copied_has_no_places_to_break(qtbot: QtBot) -> None:
    label = ToneLabel()
    qtbot.addWidget(label)
    label.setWordWrap(True)
    label.setText(NAME)
    label.resize(300, 200)
    label.show()
    label.activateWindow()
    qtbot.waitUntil(label.isActiveWindow)
    label.setFocus()
    label.setSelection(0, len(label.shown))
    QTest.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    turn()
    assert QApplication.clipboard().text() == NAME


def test_what_is_copied_elsewhere_stays_as_it_is(qtbot: QtBot) -> None:
    label = ToneLabel()
    qtbot.addWidget(label)
    label.setWordWrap(True)
    label.setText(NAME)
    QApplication.clipboard().setText("a\u200bb")
    turn()
    assert QApplication.clipboard().text() == "a\u200bb"
