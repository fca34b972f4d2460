from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from console.sdk.nodes import Tone
from console.widgets.elided_label import ElidedLabel

LONG = "production-kubernetes-worker-frankfurt-availability-zone-b-node-042"


def drawn(label: ElidedLabel) -> QImage:
    return label.grab().toImage()


def test_what_has_no_room_is_elided_in_the_middle(qtbot: QtBot) -> None:
    label, other = ElidedLabel(least=80), ElidedLabel(least=80)
    for one in (label, other):
        qtbot.addWidget(one)
    label.setText(LONG)
    other.setText(LONG.replace("frankfurt", "amsterdam"))
    assert drawn(label) != drawn(other)
    for one in (label, other):
        one.resize(160, 20)
    assert drawn(label) == drawn(other)
    other.setText(LONG.replace("042", "043"))
    assert drawn(label) != drawn(other)


def test_it_gives_way_and_tells_the_whole(qtbot: QtBot) -> None:
    label = ElidedLabel(least=80)
    qtbot.addWidget(label)
    label.setText(LONG)
    assert label.minimumSizeHint().width() < label.sizeHint().width()
    assert label.toolTip() == LONG
    label.setText("a")
    assert label.minimumSizeHint().width() == label.sizeHint().width()


def test_a_screen_reader_is_told_the_words_of_one_that_has_a_name(qtbot: QtBot) -> None:
    label = ElidedLabel(least=1)
    qtbot.addWidget(label)
    label.setText("80 x 24")
    assert label.accessibleDescription() == "", "Qt tells what it says by itself"
    label.setAccessibleName("Size of the terminal")
    label.setText("132 x 43")
    assert label.accessibleDescription() == "132 x 43"


def test_dots_alone_are_not_painted(qtbot: QtBot) -> None:
    label, blank = ElidedLabel(least=1), ElidedLabel(least=1)
    for one in (label, blank):
        qtbot.addWidget(one)
        one.resize(14, 20)
    label.setText(LONG)
    assert drawn(label) == drawn(blank)


def test_it_takes_the_colour_of_a_tone(qtbot: QtBot) -> None:
    label = ElidedLabel(least=80, mode=Qt.TextElideMode.ElideRight)
    qtbot.addWidget(label)
    label.setText(LONG)
    label.resize(160, 20)
    plain = drawn(label)
    label.set_tone(Tone.WARNING)
    assert drawn(label) != plain
