"""On a real X server pictures go past Qt, and in no state is another picture on the display."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSplitter, QWidget
from pytestqt.qtbot import QtBot

from backend.display.surface import Rect, Surface
from console.widgets import x_server
from console.widgets.screen_direct import ScreenDirect, _is_below, _within
from console.widgets.screen_place import Placement
from tests.console.widgets.x_display import needs_x, x_display

ROOT = Path(__file__).parents[3]
PLACED = Placement(1024, 768, 1.0, 0.0, 0.0, 1.0)


def states(display: str, scale: str, *arguments: str) -> dict[str, dict[str, Any]]:
    """Return what the program saw, by the names of the states."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.console.widgets.direct_screen", *arguments],
        env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_SCALE_FACTOR": scale},
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert ran.stderr == ""
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    return {state["state"]: state for state in told}


@needs_x
def test_the_display_shows_the_guest_whatever_happens() -> None:
    with x_display() as display:
        seen = states(display, "1")
    assert len(seen) == 25
    assert {name: state["wrong"] for name, state in seen.items() if state["wrong"] != [0, 0]} == {}
    by_qt = {name for name, state in seen.items() if not state["drawn"]}
    assert by_qt == {"veil", "board", "double", "away", "forgotten"}


@needs_x
def test_a_guests_pixel_is_one_of_the_display_at_twice_the_size_too() -> None:
    with x_display() as display:
        (plain,) = states(display, "2", "brief").values()
    assert plain["drawn"]
    assert plain["wrong"] == [0, 0]


@needs_x
def test_without_shared_memory_qt_paints() -> None:
    with x_display("-extension", "MIT-SHM") as display:
        (plain,) = states(display, "1", "brief").values()
    assert not plain["drawn"]
    assert plain["wrong"] == [0, 0]


def test_only_large_pictures_that_come_fast_ask_for_an_x_server_and_only_on_x(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[None] = []
    monkeypatch.setattr(x_server, "server", lambda: asked.append(None))
    platforms = ["offscreen"]
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: platforms[-1])
    canvas = QWidget()
    qtbot.addWidget(canvas)
    canvas.show()
    direct = ScreenDirect(canvas)
    surface = Surface(1024, 768)

    def draws(*rects: Rect) -> bool:
        return direct.draw(rects, PLACED)

    direct.take(surface)
    assert not draws(Rect(0, 0, 16, 16))
    assert not draws(surface.whole), "the first may be the only one"
    assert not draws(surface.whole)
    assert not asked, "this is no X server"
    platforms.append("xcb")
    direct.take(surface)
    assert not draws(Rect(0, 0, 16, 16))
    assert not asked, "it is small"
    assert not draws(surface.whole), "none that can: Qt paints"
    assert not draws(surface.whole)
    assert len(asked) == 1
    assert not direct.is_ahead
    direct.painted()


def test_what_cannot_be_seen_is_not_drawn() -> None:
    rects = (Rect(0, 0, 30, 30), Rect(105, 60, 50, 50), Rect(300, 300, 5, 5))
    assert _within(rects, Rect(10, 20, 100, 50)) == (Rect(10, 20, 20, 10), Rect(105, 60, 5, 10))
    assert _within(rects[:1], Rect(0, 0, 30, 30)) == rects[:1]


def test_what_lies_over_a_picture_is_what_is_drawn_there(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    halves = QSplitter(window)
    halves.setHandleWidth(1)
    beside, room = QWidget(), QWidget()
    halves.addWidget(beside)
    halves.addWidget(room)
    canvas = QWidget(room)
    halves.resize(400, 200)
    window.show()
    canvas.setGeometry(room.rect())
    handle = halves.handle(1)
    corner = canvas.mapTo(window, canvas.rect().topLeft())
    assert handle.geometry().intersects(canvas.rect().translated(corner)), "one may seize it there"
    assert not _is_below(canvas, canvas.rect())
    over = QWidget(window)
    over.setGeometry(300, 150, 20, 20)
    assert not _is_below(canvas, canvas.rect()), "nobody sees it"
    over.show()
    assert _is_below(canvas, canvas.rect())
    assert not _is_below(canvas, QRect(0, 0, 10, 10)), "nobody sees what it covers"
