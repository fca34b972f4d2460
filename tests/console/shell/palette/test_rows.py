"""A line of the palette, seen and heard."""

from dataclasses import replace

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QListView, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from console.shell.palette.catalogue import Hit
from console.shell.palette.finds import Find
from console.shell.palette.rows import HitDelegate, HitModel, in_words

SHUT_DOWN = Find(id="x", title="Shut Down", beside="web-01", keys="F4", run=lambda: None)


def drawn(
    qtbot: QtBot, find: Find, spans: tuple[tuple[int, int], ...] = (), width: int = 400
) -> QImage:
    view = QListView()
    qtbot.addWidget(view)
    model = HitModel(view)
    model.show_hits([Hit(find, spans)])
    picture = QImage(width, 32, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, width, 32)
    with QPainter(picture) as painter:
        HitDelegate(view).paint(painter, option, model.index(0))
    return picture


def test_it_reads_all_that_it_shows() -> None:
    assert in_words(Hit(SHUT_DOWN)) == "Shut Down, web-01, F4"
    refused = replace(SHUT_DOWN, refusal="It is off.")
    assert in_words(Hit(refused)) == "Shut Down, web-01, It is off., F4"
    place = replace(SHUT_DOWN, further=lambda: (), keys="")
    assert in_words(Hit(place)).endswith("Tab for its actions")


def test_the_model_gives_both(qtbot: QtBot) -> None:
    model = HitModel()
    model.show_hits([Hit(SHUT_DOWN)])
    index = model.index(0)
    assert index.data() == "Shut Down"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Shut Down, web-01, F4"


def test_what_fits_and_what_is_refused_can_be_seen(qtbot: QtBot) -> None:
    plain = drawn(qtbot, SHUT_DOWN)
    assert drawn(qtbot, SHUT_DOWN, ((0, 4),)) != plain
    assert drawn(qtbot, replace(SHUT_DOWN, refusal="web-01")) != plain


def test_a_long_name_leaves_the_keys_in_sight(qtbot: QtBot) -> None:
    long = replace(SHUT_DOWN, title="a very long name " * 20)
    right = QRect(370, 0, 30, 32)
    assert drawn(qtbot, long).copy(right) == drawn(qtbot, SHUT_DOWN).copy(right)
