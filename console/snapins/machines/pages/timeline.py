"""What happened and what the screen showed, along the time of the charts above."""

import time
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from backend.model import Domain
from console.sdk.context import Context, Unsubscribe
from console.sdk.look import GRID
from console.sdk.tall_sheet import WINDOW_FRAME
from console.snapins.machines.film import INTERVAL_S, watched
from console.snapins.machines.pages.reel import Reel
from console.widgets.event_strip import EventStrip
from console.widgets.filmstrip import Filmstrip, Frame
from console.widgets.plot import AXIS_WIDTH
from console.widgets.thumbnail import Thumbnail
from console.widgets.time_span import moment
from console.widgets.time_view import TimeView

_AGAIN_S: Final = 5.0
_PIECE_S: Final = 1.2 * INTERVAL_S
_LARGE: Final = QSize(960, 600)


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class Timeline(QWidget):
    """Events in words, pictures below them; while it is awake the machine is filmed."""

    def __init__(self, context: Context, view: TimeView) -> None:
        super().__init__()
        self._context = context
        self._view = view
        self._domain: Domain | None = None
        self._end: Unsubscribe | None = None
        self._asked_at = 0.0
        self.events = EventStrip(view)
        self.film = Filmstrip(_tr("The screen in that time"), view, _PIECE_S)
        self._reel = Reel(context, self.film.show_frames, self)
        self.film.wished.connect(self._wish)
        self.film.opened.connect(self._open)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(0)
        line = QHBoxLayout()
        line.setContentsMargins(AXIS_WIDTH, 0, 0, 0)
        line.addWidget(self.events)
        column.addLayout(line)
        column.addWidget(self.film)

    def follow(self, domain: Domain | None) -> None:
        """Be of this machine; None: of none, and film none."""
        before, self._domain = self._domain, domain
        if (before and before.ref) == (domain and domain.ref):
            return
        if self._end:
            self._end()
        self._reel.forget()
        self.film.show_frames((), ())
        self._end = watched.watch(domain.ref) if domain else None
        self._asked_at = 0.0

    def show_time(self) -> None:
        """Stand as the view has it now, with the pictures that came meanwhile."""
        self.events.show_marks()
        if time.monotonic() - self._asked_at >= _AGAIN_S:
            self._wish()
        self.film.follow()

    def _wish(self) -> None:
        if self._domain is not None and self.film.isVisible():
            self._asked_at = time.monotonic()
            self._reel.wish(self._domain.ref, self.film.stretches())

    def _open(self, frame: Frame) -> None:
        name = self._domain.name if self._domain else ""
        seen = frame.seen(frame.until if self._view.cross is None else self._view.cross)
        words = _tr("{machine}, {moment}").format(
            machine=name, moment=moment(seen, 0.0, self._view.now)
        )
        picture = Thumbnail(words)
        picture.show_image(frame.image)
        dialog = QDialog()
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(words)
        column = QVBoxLayout(dialog)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(picture)
        room = dialog.screen().availableSize() - WINDOW_FRAME
        dialog.resize(frame.image.size().expandedTo(_LARGE).boundedTo(room))
        self._context.show_dialog(dialog)
