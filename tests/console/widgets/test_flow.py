from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.widgets.flow import Flow


def test_what_has_no_room_in_a_line_stands_in_the_next(qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    flow = Flow(4, room)
    parts = [QWidget() for _ in range(5)]
    for part in parts:
        part.setFixedSize(100, 20)
        flow.addWidget(part)
    assert flow.sizeHint() == QSize(520, 20)
    assert flow.minimumSize() == QSize(100, 20)
    room.resize(520, 100)
    room.show()
    assert [part.y() for part in parts] == [0] * 5
    room.resize(320, 100)
    assert [part.y() for part in parts] == [0, 0, 0, 24, 24]
    assert [part.x() for part in parts] == [0, 104, 208, 0, 104]
    assert flow.heightForWidth(320) == 44
    parts[0].hide()
    flow.activate()
    assert [part.y() for part in parts[1:]] == [0, 0, 0, 24]
    taken = flow.takeAt(4)
    assert taken is not None
    assert flow.count() == 4
    assert flow.takeAt(9) is None
    assert flow.itemAt(9) is None
