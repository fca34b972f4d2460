"""One machine on the wall: its screen as it is now, and its name; a click opens it."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from backend.model import Domain
from console.sdk import wording
from console.sdk.context import Context
from console.sdk.look import GRID, icon, tone_colour
from console.sdk.nodes import Tone
from console.snapins.machines import standing
from console.snapins.machines.pages.display_link import DisplayLink
from console.widgets.elided_label import ElidedLabel
from console.widgets.screen_picture import ScreenPicture

FRAME_MS = 100
"""A tile is to show that something happens, not to be worked in."""

_WAYS: Final[dict[int, QPoint]] = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class WallTile(QWidget):
    """Live while it is awake, to be looked at only."""

    opened = Signal()
    """Somebody wants to use it."""
    stepped = Signal(QPoint)
    """The keyboard is to go on: by so many tiles right and down."""

    def __init__(self, context: Context, domain: Domain, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.domain = domain
        self.screen_view = ScreenPicture("")
        self.screen_view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.screen_view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.link = DisplayLink(context, self, frame_ms=FRAME_MS, may_ask=False)
        self.link.stands.connect(lambda _standing: self.screen_view.set_away(""))
        self.link.arrived.connect(self.screen_view.show_news)
        self.link.is_away.connect(self.screen_view.set_away)
        self._mark, self._name = QLabel(), ElidedLabel(least=40)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        caption = QHBoxLayout()
        caption.setSpacing(2 * GRID)
        caption.addWidget(self._mark)
        caption.addWidget(self._name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(self.screen_view, 1)
        column.addLayout(caption)
        self.set_domain(domain)

    def set_domain(self, domain: Domain) -> None:
        """Show this standing of the machine."""
        self.domain = domain
        self._name.setText(domain.name)
        name = _tr("Screen of {name}").format(name=domain.name)
        self.setAccessibleName(name)
        self.setAccessibleDescription(wording.state(domain))
        self.setToolTip(f"{domain.name}\n{wording.state(domain)}")
        self.screen_view.setAccessibleName(_tr("Picture of {name}").format(name=domain.name))
        self._tint()
        self.link.set_domain(domain)

    def wake(self) -> None:
        """Somebody sees it."""
        self.link.wake()

    def sleep(self) -> None:
        """Nobody does: the screen is let go, and the last picture stays, as large as it stood."""
        self.link.sleep()
        self.screen_view.shrink()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open it by Return or Space, go on by an arrow."""
        if way := _WAYS.get(event.key()):
            self.stepped.emit(way)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            event.ignore()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open it by a click."""
        is_inside = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and is_inside:
            self.opened.emit()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is here."""
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it is not."""
        super().focusOutEvent(event)
        self.update()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Take the mark in the colours of the palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_name"):
            self._tint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame the one that has the keyboard."""
        del event
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(tone_colour(self.palette(), Tone.GOOD))
            for inset in (0, 1):
                painter.drawRect(QRect(self.rect()).adjusted(inset, inset, -1 - inset, -1 - inset))

    def _tint(self) -> None:
        mark = standing.mark(self.domain)
        self._mark.setPixmap(icon(mark.icon, mark.tone).pixmap(QSize(16, 16)))
