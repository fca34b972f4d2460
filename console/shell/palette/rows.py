"""The lines of the palette: what was found, drawn with the letters that fit."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.shell.palette.catalogue import Hit

HIT_ROLE = Qt.ItemDataRole.UserRole + 1
ROW_HEIGHT = 8 * GRID
ICON_SIZE = 18
_KEYS_MAXIMUM = 160
Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


def _tr(text: str) -> str:
    return QCoreApplication.translate("palette", text)


def in_words(hit: Hit) -> str:
    """Return a line as one hears it."""
    find = hit.find
    further = _tr("Tab for its actions") if find.further else ""
    parts = (find.title, find.beside, find.refusal, find.keys, further)
    return ", ".join(part for part in parts if part)


class HitModel(QAbstractListModel):
    """The hits, in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: Sequence[Hit] = ()

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show these and no others."""
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.hits)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a line shows, and how it reads."""
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.find.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return in_words(hit)
        if role == Qt.ItemDataRole.ToolTipRole:
            return hit.find.refusal or None
        return hit if role == HIT_ROLE else None


class HitDelegate(QStyledItemDelegate):
    """Draws a line: icon, title, what stands beside it, and its keys at the right."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give every line one height."""
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the line that is chosen on the colour of choice."""
        hit = index.data(HIT_ROLE)
        if not isinstance(hit, Hit):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(option.palette.brush(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(option.rect.adjusted(GRID, 0, -GRID, 0), 4, 4)
        _Line(painter, option, hit, is_chosen).paint()
        painter.restore()


class _Line:
    """One line on its way to the screen; what is drawn takes room from what comes after it."""

    def __init__(
        self, painter: QPainter, option: QStyleOptionViewItem, hit: Hit, is_chosen: object
    ) -> None:
        self._painter = painter
        self._hit = hit
        self._is_chosen = bool(is_chosen)
        self._palette: QPalette = option.palette
        self._font: QFont = option.font
        self._room: QRect = option.rect.adjusted(3 * GRID, 0, -3 * GRID, 0)

    def paint(self) -> None:
        """Draw it, from what must be seen to what may be cut."""
        find = self._hit.find
        self._icon()
        keys = find.keys
        if self._is_chosen and find.further:
            keys = _tr("Tab: its actions")
        if keys:
            self._at_right(keys)
        self._title()
        self._beside(find.refusal or find.beside)

    def _ink(self, tone: Tone) -> QColor:
        if self._hit.find.refusal:
            return self._palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
        is_muted = tone is Tone.MUTED and not self._is_chosen
        role = QPalette.ColorRole.PlaceholderText if is_muted else QPalette.ColorRole.Text
        return self._palette.color(role)

    def _icon(self) -> None:
        find = self._hit.find
        middle = self._room.center().y() - ICON_SIZE // 2 + 1
        spot = QRect(self._room.left(), middle, ICON_SIZE, ICON_SIZE)
        mark = find.icon if isinstance(find.icon, QIcon) else icon(find.icon, find.tone)
        mode = QIcon.Mode.Disabled if find.refusal else QIcon.Mode.Normal
        mark.paint(self._painter, spot, Qt.AlignmentFlag.AlignCenter, mode)
        self._room.setLeft(spot.right() + 3 * GRID)

    def _at_right(self, text: str) -> None:
        metrics = QFontMetrics(self._font)
        width = min(metrics.horizontalAdvance(text), _KEYS_MAXIMUM)
        self._painter.setFont(self._font)
        self._painter.setPen(self._ink(Tone.MUTED))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        self._painter.drawText(self._room, right, text)
        self._room.setRight(self._room.right() - width - 4 * GRID)

    def _title(self) -> None:
        self._painter.setPen(self._ink(Tone.PLAIN))
        for text, font in self._pieces():
            metrics = QFontMetrics(font)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, self._room.width())
            self._painter.setFont(font)
            self._painter.drawText(self._room, int(Qt.AlignmentFlag.AlignVCenter), shown)
            self._room.setLeft(self._room.left() + metrics.horizontalAdvance(shown))

    def _pieces(self) -> list[tuple[str, QFont]]:
        """Return the title in pieces: what fits what was typed is bold."""
        bold = QFont(self._font)
        bold.setBold(True)
        title, at = self._hit.find.title, 0
        pieces: list[tuple[str, QFont]] = []
        for first, last in self._hit.spans:
            pieces += [(title[at:first], self._font), (title[max(at, first) : last], bold)]
            at = max(at, last)
        return [piece for piece in (*pieces, (title[at:], self._font)) if piece[0]]

    def _beside(self, text: str) -> None:
        room = self._room.adjusted(3 * GRID, 0, 0, 0)
        if room.width() < 10 * GRID:
            return
        metrics = QFontMetrics(self._font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        self._painter.setFont(self._font)
        self._painter.setPen(self._ink(Tone.MUTED))
        self._painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)
