"""A picture is in the file that was named as a whole, or not at all, and it is said."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from backend.display.channel import ChannelState, News, Standing
from backend.display.surface import Surface
from console.snapins.machines.pages.display_camera import DisplayCamera
from console.widgets.screen_picture import ScreenPicture


@pytest.fixture
def camera(qtbot: QtBot) -> Iterator[DisplayCamera]:
    screen, home = ScreenPicture("Screen"), QWidget()
    screen.setParent(home)
    qtbot.addWidget(home)
    surface = Surface(64, 48)
    surface.pixels[:] = 0x336699
    screen.show_news(News(Standing(ChannelState.LIVE), surface, (surface.whole,)))
    yield DisplayCamera(screen, home)
    home.close()


def save(qtbot: QtBot, camera: DisplayCamera, path: Path) -> str:
    told: list[str] = []
    camera.told.connect(told.append)
    camera.save("a/b")
    home = camera.parent()
    assert isinstance(home, QWidget)
    dialog = home.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name.startswith("a-b ")
    dialog.fileSelected.emit(str(path))
    dialog.close()
    assert camera.aside.finish(5)
    qtbot.waitUntil(lambda: bool(told))
    return told[0]


def test_it_is_there_and_said(qtbot: QtBot, camera: DisplayCamera, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    assert save(qtbot, camera, path) == f"The picture is in {path}."
    image = QImage(str(path))
    assert image.size().width() == 64
    assert image.pixel(1, 1) & 0xFFFFFF == 0x336699


def test_a_full_disk_leaves_the_older_picture_and_is_one_line(
    qtbot: QtBot, camera: DisplayCamera, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(_number: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "a.png"
    path.write_bytes(b"older")
    monkeypatch.setattr("console.sdk.whole_file.sync", no_room)
    told = save(qtbot, camera, path)
    assert told.startswith("There is no room left in")
    assert "\n" not in told
    assert path.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [path], "nothing half written lies about"
