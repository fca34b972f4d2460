"""What is done once the frame is painted."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from console.sdk import afterwards
from console.sdk.afterwards import Afterwards


class Seen(QWidget):
    def __init__(self, done: list[str]) -> None:
        super().__init__()
        self.done = done

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self.done.append("painted")


def test_it_is_done_after_the_frame_and_once(qtbot: QtBot) -> None:
    done: list[str] = []
    seen = Seen(done)
    qtbot.addWidget(seen)
    seen.show()
    qtbot.waitUntil(lambda: bool(done))
    QApplication.processEvents()
    done.clear()
    later = Afterwards(lambda: done.append("done"), seen)
    later.begin()
    later.begin()
    seen.update()
    qtbot.waitUntil(lambda: "done" in done)
    QApplication.processEvents()
    assert done == ["painted", "done"]


def test_it_can_be_cancelled_begun_anew_or_done_at_once(qtbot: QtBot) -> None:
    done: list[str] = []
    around = QObject()
    later = Afterwards(lambda: done.append("done"), around)
    later.begin()
    later.cancel()
    afterwards.at_once()
    assert done == []
    later.begin()
    afterwards.at_once()
    QApplication.processEvents()
    assert done == ["done"]
