"""A list to choose one thing from: an icon, a name, and a sentence, or why it will not do."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from console.sdk.long_words import breakable
from console.sdk.look import GRID, picture, tone_colour
from console.sdk.nodes import Tone
from console.widgets.keyed_list import KeyedList, line_at

_ICON = 6 * GRID
_PAD = 2 * GRID
_WORDS = _PAD + _ICON + 3 * GRID
_FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_WRAP = int(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose. With a `refusal` it can be looked at and will not do for now."""

    key: str
    icon: str
    title: str
    sentence: str = ""
    refusal: str = ""
    tone: Tone = Tone.PLAIN

    @property
    def spoken(self) -> str:
        """Its name, and what there is to say of it."""
        told = self.refusal or self.sentence
        return f"{self.title}: {told}" if told else self.title

    @property
    def tip(self) -> str:
        """Why it will not do."""
        return self.refusal


class ChoiceList(KeyedList):
    """Options below each other, one of them chosen. Those that will not do can be read as well."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, _Delegate(), parent)
        self.setResizeMode(KeyedList.ResizeMode.Adjust)  # why one will not do takes more lines
        # As tall as what there is to choose; where that is too much, it scrolls.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    @property
    def option(self) -> Option | None:
        """What is chosen."""
        return _option(self.currentIndex())

    def offer(self, options: Sequence[Option]) -> None:
        """Have these to choose from; what was chosen stays chosen if it is still there."""
        self.show_lines(options)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have each option as tall as its words need at this width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        """Take the room that all of them need."""
        rows = sum(self.sizeHintForRow(row) for row in range(self.count()))
        return QSize(super().sizeHint().width(), rows + 2 * self.frameWidth())


class _Delegate(QStyledItemDelegate):
    """Paints an icon, and two lines beside it."""

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        shown, metrics = _option(index), QFontMetrics(option.font)
        height = metrics.lineSpacing() + 2 * _PAD
        if told := _told(shown):
            view = option.widget.viewport() if isinstance(option.widget, KeyedList) else None
            room = QRect(0, 0, (view.width() if view else 0) - _WORDS - _PAD, 0)
            is_whole = shown is not None and bool(shown.refusal) and room.width() > _ICON
            wrapped = metrics.boundingRect(room, _FLAGS | _WRAP, told).height() if is_whole else 0
            # Of one line Qt tells a pixel more or less, by the font.
            height += max(1, round(wrapped / metrics.lineSpacing())) * metrics.lineSpacing()
        return QSize(40 * GRID, max(height, _ICON + 2 * GRID))

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        shown = _option(index)
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        if shown is None:
            return
        painter.save()
        area = option.rect.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        tone = Tone.MUTED if shown.refusal else shown.tone
        drawn = picture(shown.icon, tone, _ICON, painter.device().devicePixelRatioF())
        top = area.top() + (area.height() - _ICON) // 2
        painter.drawPixmap(area.left(), top, drawn)
        area.setLeft(area.left() + _ICON + 3 * GRID)
        _paint_words(painter, area, option, shown)
        painter.restore()


def _paint_words(
    painter: QPainter, area: QRect, option: QStyleOptionViewItem, shown: Option
) -> None:
    told, line = _told(shown), QFontMetrics(option.font).lineSpacing()
    palette = option.palette
    strong = QFont(option.font)
    strong.setBold(bool(told))
    first = QRect(area.left(), area.top(), area.width(), line if told else area.height())
    painter.setFont(strong)
    # What is quiet on the base would be too faint on the ground of what is chosen.
    is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    is_faint = bool(shown.refusal) and not is_chosen
    role = QPalette.ColorRole.PlaceholderText if is_faint else QPalette.ColorRole.Text
    painter.setPen(palette.color(role))
    right = Qt.TextElideMode.ElideRight
    title = QFontMetrics(strong).elidedText(shown.title, Qt.TextElideMode.ElideMiddle, area.width())
    painter.drawText(first, _FLAGS, title)
    if told:
        painter.setFont(option.font)
        quiet = Tone.PLAIN if is_chosen else Tone.MUTED
        painter.setPen(tone_colour(palette, Tone.WARNING if shown.refusal else quiet))
        below = area.adjusted(0, line, 0, 0)
        if shown.refusal:
            painter.drawText(below, _FLAGS | _WRAP, told)
            return
        words = QFontMetrics(option.font).elidedText(told, right, area.width())
        painter.drawText(below, _FLAGS, words)


def _option(index: QModelIndex | QPersistentModelIndex) -> Option | None:
    found = line_at(index)
    return found if isinstance(found, Option) else None


def _told(option: Option | None) -> str:
    return breakable(option.refusal or option.sentence) if option else ""
