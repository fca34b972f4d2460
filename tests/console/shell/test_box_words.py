"""A box of choices is no wider for a long name, shows both its ends, and tells the whole."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QComboBox, QStyleOptionComboBox, QToolTip
from pytestqt.qtbot import QtBot

from console.shell.box_words import WIDEST, elided
from console.shell.theme import Appearance, Theme

NAME = "Accounting" * 20


@pytest.fixture
def box(qapp: QApplication, qtbot: QtBot) -> Iterator[QComboBox]:
    Theme(qapp, Appearance.LIGHT)
    box = QComboBox()
    qtbot.addWidget(box)
    box.addItems([f"{NAME}, 50 GiB free", "default"])
    box.resize(300, 24)
    box.show()
    yield box
    QToolTip.hideText()


def words(box: QComboBox) -> str:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    return elided(box.style(), option, box)


def hover(box: QComboBox) -> str:
    QToolTip.hideText()
    at = QPoint(5, 5)
    QApplication.sendEvent(box, QHelpEvent(QEvent.Type.ToolTip, at, box.mapToGlobal(at)))
    return QToolTip.text()


def test_it_asks_for_no_more_than_a_window_has(box: QComboBox) -> None:
    assert box.sizeHint().width() == WIDEST
    assert box.minimumSizeHint().width() <= WIDEST


def test_both_ends_of_what_is_chosen_are_seen(box: QComboBox) -> None:
    assert words(box).startswith("Account")
    assert words(box).endswith("50 GiB free")
    box.setCurrentIndex(1)
    assert words(box) == "default"


@pytest.mark.parametrize("text", ["above", "below", "SCSI", "virtio (fastest)"])
def test_what_has_its_room_is_shown_whole(qapp: QApplication, qtbot: QtBot, text: str) -> None:
    Theme(qapp, Appearance.LIGHT)
    box = QComboBox()
    qtbot.addWidget(box)
    box.addItem(text)
    box.resize(box.sizeHint())
    assert words(box) == text


def test_the_whole_is_told(box: QComboBox) -> None:
    assert hover(box) == f"{NAME}, 50 GiB free"
    box.setToolTip("What it is for")
    assert hover(box) == "What it is for"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_its_list_shows_both_ends_as_well(box: QComboBox) -> None:
    box.showPopup()
    assert box.view().textElideMode() is Qt.TextElideMode.ElideMiddle
    box.hidePopup()


def test_as_wide_as_it_asks_to_be_it_shows_all(box: QComboBox) -> None:
    box.clear()
    box.addItems(["Throughput", "Use"])
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.resize(box.sizeHint())
    assert words(box) == "Throughput"
