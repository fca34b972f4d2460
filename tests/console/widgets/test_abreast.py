from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.widgets.abreast import Abreast


def test_where_it_is_narrow_one_stands_below_the_other(qtbot: QtBot) -> None:
    room, one, two = QWidget(), QWidget(), QWidget()
    qtbot.addWidget(room)
    abreast = Abreast(200)
    abreast.addWidget(one)
    abreast.addWidget(two)
    QVBoxLayout(room).addLayout(abreast)
    turns = []
    abreast.turned.connect(lambda: turns.append(abreast.is_abreast))
    room.resize(200, 300)
    room.show()
    assert one.y() == two.y()
    room.resize(199, 300)
    assert one.x() == two.x()
    assert one.y() < two.y()
    room.resize(150, 300)
    room.resize(250, 300)
    assert one.y() == two.y()
    assert turns == [False, True]


def test_what_is_set_in_answer_counts_at_once(qtbot: QtBot) -> None:
    room, one, two = QWidget(), QWidget(), QWidget()
    qtbot.addWidget(room)
    abreast = Abreast(200, room)
    abreast.setContentsMargins(0, 0, 0, 0)
    abreast.setSpacing(0)
    abreast.addWidget(one, 1)
    abreast.addWidget(two, 1)
    abreast.turned.connect(lambda: abreast.setStretch(0, 1 if abreast.is_abreast else 3))
    room.resize(200, 100)
    room.show()
    assert (one.width(), two.width()) == (100, 100)
    room.resize(160, 100)
    assert (one.height(), two.height()) == (75, 25)


def test_how_wide_it_has_to_be_may_differ_with_what_is_in_it(qtbot: QtBot) -> None:
    room, least = QWidget(), [100]
    qtbot.addWidget(room)
    abreast = Abreast(lambda: least[0], room)
    for _ in range(2):
        abreast.addWidget(QWidget())
    room.resize(150, 100)
    room.show()
    assert abreast.is_abreast
    least[0] = 151
    abreast.invalidate()
    abreast.activate()
    assert not abreast.is_abreast
