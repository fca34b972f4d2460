"""Pictures of a screen for the user: into a file that he names, or the clipboard."""

import errno
from pathlib import Path
from typing import Final

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QDateTime,
    QIODevice,
    QObject,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter
from PySide6.QtWidgets import QWidget

from console.bridge.aside import Aside
from console.sdk.file_question import ask_where
from console.sdk.whole_file import why_not, why_unwritten
from console.widgets.screen_picture import ScreenPicture

_IMPOSSIBLE: Final = "/\0"


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class DisplayCamera(QObject):
    """Takes what the screen shows at the moment it is asked, not when the file is named."""

    told = Signal(str)
    """How it went, in a sentence."""

    def __init__(self, screen: ScreenPicture, parent: QWidget) -> None:
        super().__init__(parent)
        self._screen = screen
        self.aside = Aside("save a picture", self)

    def copy(self) -> None:
        """Put the picture into the clipboard."""
        QGuiApplication.clipboard().setImage(self._screen.picture())

    def save(self, name: str) -> None:
        """Ask where to, and write it there: whole, or not at all."""
        picture = self._screen.picture()
        moment = QDateTime.currentDateTime().toString("yyyy-MM-dd HH.mm.ss")
        plain = "".join("-" if sign in _IMPOSSIBLE else sign for sign in name)
        ask_where(
            self._screen,  # over it, wherever it stands: behind a full screen nobody would see it
            _tr("Save Screenshot"),
            lambda path, _kind: self._write(path, picture),
            name=f"{plain} {moment}",
            kinds={"png": _tr("PNG image (*.png)")},
        )

    def _write(self, path: Path, picture: QImage) -> None:
        # To make a PNG of a large screen takes a while, and a file server more.
        done = _tr("The picture is in {path}.").format(path=path)
        self.aside.run(lambda: _written(path, picture) or done, self.told.emit)


def _written(path: Path, picture: QImage) -> str:
    """Write it; return in a sentence why not, "" if it is there."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, QByteArray(b"PNG")).write(picture):
        return why_not(OSError(errno.EINVAL, _tr("there is no picture")), path)
    return why_unwritten(path, bytes(buffer.data().data()))
