"""A list of entries under headings: an icon, a name, and how it stands now in a line below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QListWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from console.sdk.look import GRID, picture, tone_colour
from console.sdk.nodes import Tone
from console.widgets.keyed_list import Keyed, KeyedList, line_at

_ICON: Final = 4 * GRID + 2
_PAD: Final = 4 * GRID
_ABOVE: Final = 2 * GRID - 1
_MARK: Final = 3
_WORDS: Final = _PAD + _ICON + 3 * GRID
_TYPICAL: Final = 68 * GRID


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One entry. `tone` is that of the line below its name."""

    key: str
    icon: str
    title: str
    standing: str = ""
    tone: Tone = Tone.MUTED

    @property
    def spoken(self) -> str:
        """Its name, and how it stands."""
        return f"{self.title}: {self.standing}" if self.standing else self.title

    @property
    def tip(self) -> str:
        """How it stands."""
        return self.standing


@dataclass(frozen=True, slots=True)
class EntryGroup:
    """A heading and what stands below it."""

    title: str
    entries: tuple[ListEntry, ...]


class EntryList(KeyedList):
    """Entries in groups, one of them chosen; arrows go from entry to entry, over the headings."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, _Delegate(), parent)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)

    def entries(self) -> tuple[ListEntry, ...]:
        """Return what there is to choose from."""
        return tuple(one for one in self.lines() if isinstance(one, ListEntry))

    def show_groups(self, groups: Sequence[EntryGroup]) -> None:
        """Show these. What is chosen stays so if it is still there, else the first one is."""
        lines: list[Keyed | str] = []
        for group in groups:
            lines += [group.title, *group.entries]
        self.show_lines(lines)

    @override
    def sizeHint(self) -> QSize:
        """Take room for a name and a line of the usual length."""
        return QSize(_TYPICAL, super().sizeHint().height())


def _entry(index: QModelIndex | QPersistentModelIndex) -> ListEntry | None:
    found = line_at(index)
    return found if isinstance(found, ListEntry) else None


def _smaller(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(max(font.pointSizeF() - 1, 8.0))
    return small


def _heading(font: QFont) -> QFont:
    strong = _smaller(font)
    strong.setBold(True)
    strong.setCapitalization(QFont.Capitalization.AllUppercase)
    return strong


class _Delegate(QStyledItemDelegate):
    """Paints headings quietly, and entries in two lines beside their icon."""

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        small = QFontMetrics(_smaller(option.font)).lineSpacing()
        if _entry(index) is None:
            return QSize(0, small + (2 if index.row() == 0 else 4) * GRID + GRID)
        words = QFontMetrics(option.font).lineSpacing() + small
        return QSize(0, words + 2 * _ABOVE + 1)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        entry = _entry(index)
        if entry is None:
            _paint_heading(painter, option, str(line_at(index) or ""))
        else:
            _paint_entry(painter, option, entry)
        painter.restore()


def _paint_heading(painter: QPainter, option: QStyleOptionViewItem, title: str) -> None:
    painter.setFont(_heading(option.font))
    # What cannot be chosen is told in Qt's colours of what is off, which are too faint to read.
    palette = QPalette(option.palette)
    palette.setCurrentColorGroup(QPalette.ColorGroup.Active)
    painter.setPen(tone_colour(palette, Tone.MUTED))
    area = option.rect.adjusted(_PAD, 0, -_PAD, -GRID)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
    painter.drawText(area, int(flags), title)


def _paint_entry(painter: QPainter, option: QStyleOptionViewItem, entry: ListEntry) -> None:
    palette, area = option.palette, option.rect
    is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    if is_chosen:
        painter.fillRect(area, palette.brush(QPalette.ColorRole.Highlight))
        mark = QRect(area.left(), area.top(), _MARK, area.height())
        painter.fillRect(mark, palette.brush(QPalette.ColorRole.Accent))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        wash = palette.color(QPalette.ColorRole.WindowText)
        wash.setAlpha(14)
        painter.fillRect(area, wash)
    drawn = picture(entry.icon, Tone.PLAIN, _ICON, painter.device().devicePixelRatioF())
    painter.drawPixmap(area.left() + _PAD, area.center().y() - _ICON // 2, drawn)
    _paint_words(painter, option, entry)
    by_keys = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_KeyboardFocusChange
    if option.state & by_keys == by_keys:
        painter.setPen(palette.color(QPalette.ColorRole.Accent))
        painter.drawRect(area.adjusted(0, 0, -1, -1))


def _paint_words(painter: QPainter, option: QStyleOptionViewItem, entry: ListEntry) -> None:
    palette, area = option.palette, option.rect
    is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    small = _smaller(option.font)
    first, second = QFontMetrics(option.font), QFontMetrics(small)
    room = area.width() - _WORDS - _PAD
    top = QRect(area.left() + _WORDS, area.top() + _ABOVE, room, first.lineSpacing())
    below = QRect(top.left(), top.bottom() + 1, room, second.lineSpacing())
    if not entry.standing:
        top = QRect(top.left(), area.top(), room, area.height())
    flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    middle = Qt.TextElideMode.ElideMiddle
    painter.setFont(option.font)
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    painter.drawText(top, flags, first.elidedText(entry.title, middle, room))
    # What is quiet on the base would be too faint on the ground of what is chosen.
    quiet = Tone.PLAIN if is_chosen and entry.tone is Tone.MUTED else entry.tone
    painter.setFont(small)
    painter.setPen(tone_colour(palette, quiet))
    painter.drawText(below, flags, second.elidedText(entry.standing, middle, room))
