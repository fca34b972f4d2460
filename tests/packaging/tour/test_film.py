"""The video: what stands still for long is cut short, and too many pictures are thinned out."""

import io
from itertools import pairwise
from pathlib import Path

import pytest
from celadon_tour import film
from celadon_tour.film import Film, filmed
from celadon_tour.pictures import Album
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def frame(grey: int) -> bytes:
    packed = io.BytesIO()
    Image.new("RGB", (64, 40), (grey, grey, grey)).save(packed, "JPEG")
    return packed.getvalue()


def paint(window: QLabel, colour: Qt.GlobalColor) -> None:
    picture = QPixmap(64, 40)
    picture.fill(colour)
    window.setPixmap(picture)


def test_what_stands_still_is_one_picture_and_shown_briefly() -> None:
    made = Film()
    for at, grey in ((0.0, 10), (0.5, 10), (60.0, 90), (60.2, 200)):
        made.add(at, frame(grey))
    assert [at for at, _frame in made.frames] == [0.0, 60.0, 60.2]
    assert made.durations_ms() == [1200, 200, 1200]


def test_of_too_many_every_other_goes() -> None:
    made = Film()
    for number in range(film.FRAMES_MAXIMUM + 1):
        made.add(float(number), bytes([number % 256, number // 256]))
    assert len(made.frames) == film.FRAMES_MAXIMUM // 2 + 1
    assert {after - before for (before, _), (after, _) in pairwise(made.frames)} == {2.0}


def test_it_is_an_animated_picture(tmp_path: Path) -> None:
    made = Film()
    for at, grey in enumerate((10, 90, 200)):
        made.add(float(at), frame(grey))
    made.write(tmp_path / film.FILE)
    with Image.open(tmp_path / film.FILE) as read:
        assert read.format == "WEBP"
        assert getattr(read, "n_frames", 0) == 3


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_window_is_taken_until_the_block_ends(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Windows that other tests left open would be drawn in front of it.
    monkeypatch.setattr(film, "picture", lambda shown: shown.grab())
    window = QLabel()
    paint(window, Qt.GlobalColor.black)
    qtbot.addWidget(window)
    window.show()
    with filmed(Album(tmp_path, window)) as made:
        qtbot.waitUntil(lambda: len(made.frames) == 1)
        paint(window, Qt.GlobalColor.white)
        qtbot.waitUntil(lambda: len(made.frames) == 2)
    paint(window, Qt.GlobalColor.red)
    qtbot.wait(2 * film.INTERVAL_MS)
    assert len(made.frames) == 2
