"""Shows pictures that come fast on a real X server, in all that may happen to a window.

A program of its own, since Qt reads its platform once. It prints a line of JSON for each state: its
name, how many pictures were drawn past Qt in it, and how many points of the display were wrong,
then and once all has come to rest. With a folder as argument it leaves what was seen there;
"brief" is the first state alone.
"""

import json
import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from backend.display.channel import ChannelState, News, Standing
from backend.display.surface import Rect, Surface
from console.widgets import x_server
from console.widgets.screen import Screen
from console.widgets.screen_direct import ScreenDirect
from console.widgets.screen_place import Zoom

Points = npt.NDArray[np.uint32]
SIZE = (800, 600)
PARTS = (Rect(3, 5, 500, 300), Rect(600, 400, 200, 200), Rect(0, 590, 800, 10))
PICTURES = 4
PAUSE_S, REST_S, ROUNDS = 0.02, 0.12, 5
LIVE = Standing(ChannelState.LIVE)


class Veil(QWidget):
    """What lies over a part of a window and is seen through: only its middle is drawn."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect().adjusted(20, 20, -20, -20), QColor("red"))


class Stage:
    """A window with a screen in it, and what is compared."""

    def __init__(self, application: QApplication, folder: Path | None) -> None:
        self.application, self._folder = application, folder
        self._noise = np.random.default_rng(1)
        self._drawn = 0
        self.screen = Screen("Screen")
        self.screen.set_zoom(Zoom.ACTUAL)
        self.room = QScrollArea()
        self.room.setWidget(self.screen)
        self.room.setWidgetResizable(True)
        self.room.setFrameShape(QFrame.Shape.NoFrame)
        self.window = self.make_window()
        self.surface = Surface(*SIZE)
        self._count_draws()

    def make_window(self) -> QWidget:
        """Have the screen in a new window."""
        window = QWidget()
        window.setPalette(QPalette(QColor("#204060")))
        column = QVBoxLayout(window)
        column.setContentsMargins(40, 30, 20, 10)
        column.addWidget(self.room)
        window.move(60, 50)
        self.resize(window, 900, 700)
        window.show()
        self.turn(0.15)
        return window

    def resize(self, window: QWidget, width: int, height: int) -> None:
        """Have a window of that size, in points of the display."""
        ratio = window.devicePixelRatioF()
        window.resize(int(width / ratio), int(height / ratio))

    def turn(self, seconds: float) -> None:
        """Let Qt do what there is to do."""
        end, rounds = time.monotonic() + seconds, 0
        while time.monotonic() < end or rounds < ROUNDS:
            self.application.processEvents()
            time.sleep(0.002)
            rounds += 1

    def play(self, meanwhile: Callable[[], object] | None = None) -> None:
        """Show pictures, whole and in parts, each soon after the other; do something between."""
        for number in range(PICTURES):
            if number == PICTURES - 1 and meanwhile:
                meanwhile()
            parts = PARTS if number % 2 else (self.surface.whole,)
            news = tuple(_clipped(part, self.surface) for part in parts)
            for part in news:
                colours = self._noise.integers(0, 1 << 24, part[3:1:-1], dtype=np.uint32)
                self.surface.pixels[part.y : part.bottom, part.x : part.right] = colours
            self.screen.show_news(News(LIVE, self.surface, news))
            self.turn(PAUSE_S)

    def seen(self) -> Points:
        """Return what the display shows."""
        if server := x_server.server():
            server.wait()
        image = self.window.screen().grabWindow(0).toImage()
        rows = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
        return rows[:, : image.width()] & np.uint32(0xFFFFFF)

    def place(self, widget: QWidget) -> QRect:
        """Return where a widget stands, in points of the display."""
        ratio = int(self.window.devicePixelRatioF())
        corner, size = widget.mapToGlobal(QPoint(0, 0)) * ratio, widget.size() * ratio
        return QRect(corner, size)

    def wrong(self, hole: QRect | None = None) -> int:
        """Count the points of the screen that are others; `hole` is left out."""
        placed = self.screen.placement()
        assert placed is not None
        scale = int(placed.scale)
        wanted = (self.surface.pixels & 0xFFFFFF).repeat(scale, 0).repeat(scale, 1)
        corner = self.place(self.screen).topLeft()
        left, top = int(corner.x() + placed.x), int(corner.y() + placed.y)
        area = self.place(self.room.viewport())
        seen = self.seen()
        differs = np.zeros(seen.shape, bool)
        whole = QRect(left, top, wanted.shape[1], wanted.shape[0])
        shown = whole & area & QRect(0, 0, seen.shape[1], seen.shape[0])
        rows, columns = _slices(shown)
        part = wanted[_slices(shown.translated(-left, -top))]
        differs[rows, columns] = seen[rows, columns] != part
        if hole is not None:
            differs[_slices(hole)] = False
        return int(differs.sum())

    def colours(self, place: QRect, colour: int) -> int:
        """Count the points there that have another colour than this."""
        return int(np.count_nonzero(self.seen()[_slices(place)] != colour))

    def tell(
        self, name: str, judge: Callable[[], int], meanwhile: Callable[[], object] | None = None
    ) -> None:
        """Play in this state, and print what came of it."""
        before = self._drawn
        self.play(meanwhile)
        at_once = judge()
        self.turn(REST_S)
        told = {"state": name, "drawn": self._drawn - before, "wrong": (at_once, judge())}
        print(json.dumps(told), flush=True)  # noqa: T201
        if self._folder:
            self.window.screen().grabWindow(0).save(str(self._folder / f"{name}.png"))

    def _count_draws(self) -> None:
        server = x_server.server()
        if server is None:
            return
        draw = server.draw

        def counted(*arguments: object) -> None:
            self._drawn += 1
            draw(*arguments)  # type: ignore[arg-type]

        server.draw = counted  # type: ignore[method-assign, assignment]


def main(folder: Path | None, *, is_brief: bool) -> None:
    """Go through the states, or only the first."""
    ScreenDirect.fast_s, ScreenDirect.settle_ms = 5.0, 40
    stage = Stage(QApplication(sys.argv[:1]), folder)
    stage.tell("plain", stage.wrong)
    if is_brief:
        return
    _below_a_veil(stage)
    _below_a_board(stage)
    _below_windows(stage)
    _elsewhere(stage)
    _otherwise(stage)


def _below_a_veil(stage: Stage) -> None:
    """Something lies over the screen that is seen through."""
    window = stage.window
    veil = Veil(window)
    veil.setGeometry(200, 200, 240, 160)
    place = stage.place(veil)
    edge = 20 * int(window.devicePixelRatioF())
    middle = place.adjusted(edge, edge, -edge, -edge)

    def beside() -> int:
        return stage.wrong(middle) + stage.colours(middle, 0xFF0000)

    stage.tell("veil comes", beside, veil.show)
    stage.tell("veil", beside)
    stage.tell("veil goes", stage.wrong, veil.hide)


def _below_a_board(stage: Stage) -> None:
    """Something lies over it that is not."""
    window = stage.window
    board = QFrame(window)
    board.setStyleSheet("")
    board.setPalette(QPalette(QColor("lime")))
    board.setAutoFillBackground(True)
    board.setGeometry(240, 0, 200, 120)
    place = stage.place(board)

    def below() -> int:
        return stage.wrong(place) + stage.colours(place, 0x00FF00)

    stage.tell("board comes", below, board.show)
    stage.tell("board", below)
    stage.tell("board goes", stage.wrong, board.hide)


def _below_windows(stage: Stage) -> None:
    """Other windows lie over it."""
    window = stage.window
    menu = QMenu(window)
    menu.setStyleSheet("background: #ffff00")
    for _ in range(4):
        menu.addAction("                    ")
    menu.popup(window.mapToGlobal(QPoint(300, 300)))
    stage.turn(0.1)
    place = stage.place(menu)
    inside = place.adjusted(4, 4, -4, -4)
    stage.tell("menu", lambda: stage.wrong(place) + stage.colours(inside, 0xFFFF00))
    menu.close()
    stage.tell("menu gone", stage.wrong)
    other = QWidget()
    other.setStyleSheet("background: #ff00ff")
    other.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
    other.setGeometry(300, 300, 300, 200)
    other.show()
    stage.turn(0.1)
    place = stage.place(other)
    around = place.adjusted(-40, -40, 40, 40)  # a window manager's frame
    stage.tell("covered", lambda: stage.wrong(around) + stage.colours(place, 0xFF00FF))
    other.hide()
    stage.turn(0.1)
    stage.tell("uncovered", stage.wrong)


def _elsewhere(stage: Stage) -> None:
    """The window is another, of another size, or away for a while."""
    window = stage.window
    stage.resize(window, 500, 400)
    stage.turn(0.1)
    stage.tell("small", stage.wrong)
    bar, down = stage.room.horizontalScrollBar(), stage.room.verticalScrollBar()
    bar.setValue(120)
    stage.tell("scrolled", stage.wrong, lambda: down.setValue(77))
    stage.resize(window, 950, 720)
    stage.turn(0.1)
    window.hide()
    stage.play()
    window.show()
    stage.turn(0.1)
    stage.tell("back", stage.wrong)
    window.showMinimized()
    stage.turn(0.1)
    stage.play()
    window.showNormal()
    stage.turn(0.1)
    stage.tell("restored", stage.wrong)
    window.showFullScreen()
    stage.turn(0.1)
    stage.tell("full screen", stage.wrong)
    stage.window = stage.make_window()
    window.close()
    stage.turn(0.1)
    stage.tell("undocked", stage.wrong)


def _otherwise(stage: Stage) -> None:
    """The picture is shown in another way for a while, or is another."""
    screen = stage.screen
    ground = QColor("#101514").rgb() & 0xFFFFFF
    for zoom, name in ((Zoom.DOUBLE, "double"), (Zoom.ACTUAL, "actual")):
        screen.set_zoom(zoom)
        stage.turn(0.1)
        stage.tell(name, stage.wrong)
    screen.set_away("Away")
    stage.turn(0.1)
    stage.play()
    bright = int((stage.seen() == (stage.surface.pixels[0, 0] & 0xFFFFFF)).sum())
    print(json.dumps({"state": "away", "drawn": 0, "wrong": (bright, bright)}))  # noqa: T201
    screen.set_away("")
    stage.turn(0.1)
    stage.tell("here", stage.wrong)
    stage.surface = Surface(1024, 768)
    stage.resize(stage.window, 1150, 850)
    stage.turn(0.1)
    stage.tell("larger", stage.wrong)
    screen.forget()
    stage.turn(0.1)
    left = stage.colours(stage.place(screen), ground)
    print(json.dumps({"state": "forgotten", "drawn": 0, "wrong": (left, left)}))  # noqa: T201
    stage.tell("again", stage.wrong)
    if server := x_server.server():
        with socket.socket(fileno=os.dup(server.fileno())) as line:
            line.shutdown(socket.SHUT_RDWR)
        x_server.server.cache_clear()
        stage.tell("cut off", stage.wrong)


def _clipped(part: Rect, surface: Surface) -> Rect:
    width, height = surface.width - part.x, surface.height - part.y
    return Rect(part.x, part.y, min(part.width, width), min(part.height, height))


def _slices(place: QRect) -> tuple[slice, slice]:
    rows = slice(place.y(), place.y() + place.height())
    return rows, slice(place.x(), place.x() + place.width())


if __name__ == "__main__":
    given = sys.argv[1:]
    main(Path(given[0]) if given not in ([], ["brief"]) else None, is_brief=given == ["brief"])
