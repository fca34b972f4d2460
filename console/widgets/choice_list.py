"""A list to choose one thing from: an icon, a name, and a sentence, or why it will not do."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from console.sdk.look import GRID, picture, tone_colour
from console.sdk.nodes import Tone

_OPTION_ROLE = Qt.ItemDataRole.UserRole + 1
_ICON = 6 * GRID
_PAD = 2 * GRID
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose. With a `refusal` it can be looked at and will not do for now."""

    key: str
    icon: str
    title: str
    sentence: str = ""
    refusal: str = ""
    tone: Tone = Tone.PLAIN


class ChoiceList(QListWidget):
    """Options below each other, one of them chosen. Those that will not do can be read as well."""

    chosen = Signal(str)
    """str: the key of the option that is the current one now."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(_Delegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        # As tall as what there is to choose; where that is too much, it scrolls.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.currentItemChanged.connect(self._on_current)

    @property
    def key(self) -> str:
        """The key of what is chosen; "" while there is nothing."""
        option = self.option
        return option.key if option else ""

    @property
    def option(self) -> Option | None:
        """What is chosen."""
        item = self.currentItem()
        found = item.data(_OPTION_ROLE) if item else None
        return found if isinstance(found, Option) else None

    def offer(self, options: Sequence[Option]) -> None:
        """Have these to choose from; what was chosen stays chosen if it is still there."""
        before = self.key
        self.blockSignals(True)  # noqa: FBT003  # Qt's own
        while self.count() > len(options):
            self.takeItem(self.count() - 1)
        while self.count() < len(options):
            self.addItem(QListWidgetItem())
        for row, option in enumerate(options):
            _fill(self.item(row), option)
        rows = [option.key for option in options]
        if rows:
            self.setCurrentRow(rows.index(before) if before in rows else 0)
        self.blockSignals(False)  # noqa: FBT003
        self.viewport().update()
        self.updateGeometry()
        if self.key != before:
            self.chosen.emit(self.key)

    def choose(self, key: str) -> None:
        """Choose the option of this key, if there is one."""
        for row in range(self.count()):
            option = self.item(row).data(_OPTION_ROLE)
            if isinstance(option, Option) and option.key == key:
                self.setCurrentRow(row)

    @override
    def sizeHint(self) -> QSize:
        """Take the room that all of them need."""
        rows = sum(self.sizeHintForRow(row) for row in range(self.count()))
        return QSize(super().sizeHint().width(), rows + 2 * self.frameWidth())

    def _on_current(self) -> None:
        self.chosen.emit(self.key)


def _fill(item: QListWidgetItem, option: Option) -> None:
    if item.data(_OPTION_ROLE) == option:
        return
    item.setData(_OPTION_ROLE, option)
    item.setText(option.title)
    told = option.refusal or option.sentence
    item.setData(_SPOKEN, f"{option.title}: {told}" if told else option.title)
    item.setToolTip(option.refusal)


class _Delegate(QStyledItemDelegate):
    """Paints an icon, and two lines beside it."""

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        lines = 2 if _told(_option(index)) else 1
        height = lines * QFontMetrics(option.font).lineSpacing() + 2 * _PAD
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
    flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    first = QRect(area.left(), area.top(), area.width(), line if told else area.height())
    painter.setFont(strong)
    # What is quiet on the base would be too faint on the ground of what is chosen.
    is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    is_faint = bool(shown.refusal) and not is_chosen
    role = QPalette.ColorRole.PlaceholderText if is_faint else QPalette.ColorRole.Text
    painter.setPen(palette.color(role))
    right = Qt.TextElideMode.ElideRight
    title = QFontMetrics(strong).elidedText(shown.title, Qt.TextElideMode.ElideMiddle, area.width())
    painter.drawText(first, flags, title)
    if told:
        painter.setFont(option.font)
        quiet = Tone.PLAIN if is_chosen else Tone.MUTED
        painter.setPen(tone_colour(palette, Tone.WARNING if shown.refusal else quiet))
        words = QFontMetrics(option.font).elidedText(told, right, area.width())
        painter.drawText(first.translated(0, line), flags, words)


def _option(index: QModelIndex | QPersistentModelIndex) -> Option | None:
    found = index.data(_OPTION_ROLE)
    return found if isinstance(found, Option) else None


def _told(option: Option | None) -> str:
    return (option.refusal or option.sentence) if option else ""
