"""Words in the middle of an empty list."""

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QTreeWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from console.widgets.emptiness import paint_words


class Empty(QTreeWidget):
    words = ""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_words(self, self.words)


@pytest.mark.parametrize("words", ["", "Nothing is here"])
def test_words_are_seen_in_the_middle_where_there_are_any(qtbot: QtBot, words: str) -> None:
    empty = Empty()
    qtbot.addWidget(empty)
    empty.words = words
    empty.resize(400, 200)
    picture = empty.viewport().grab().toImage()
    ground = picture.pixelColor(1, 1)
    across = range(picture.width())
    lines = range(picture.height() // 2 - 4, picture.height() // 2 + 4)
    is_written = any(picture.pixelColor(x, y) != ground for x in across for y in lines)
    assert is_written is bool(words)
