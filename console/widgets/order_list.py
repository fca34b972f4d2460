"""Things to be tried one after the other: which of them, and in which order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone

_KEY: Final = Qt.ItemDataRole.UserRole + 1
_ROWS_SHOWN: Final = 8
_ROWS_LEAST: Final = 3
_ROW: Final = 7 * GRID
_UP, _DOWN = -1, 1


def _tr(text: str) -> str:
    return QCoreApplication.translate("order_list", text)


@dataclass(frozen=True, slots=True)
class Ordered:
    """One thing: its key, its picture and its words, or why it will not do."""

    key: str
    icon: str
    words: str
    refusal: str = ""


class OrderList(QWidget):
    """A list with a box before each thing; dragged, or moved by buttons and Alt with an arrow.

    Those that are on come first; what is turned on joins them at their end.
    """

    edited = Signal()
    """The user has changed which there are, or their order."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = _Rows(self)
        self.rows.itemChanged.connect(self._on_checked)
        self.rows.moved.connect(self.edited)
        self.rows.shifted.connect(self.shift)
        self.rows.currentRowChanged.connect(self._enable)
        self.up, self.down = QPushButton(_tr("Move Up")), QPushButton(_tr("Move Down"))
        for button, picture, step in (
            (self.up, "ph.arrow-up", _UP),
            (self.down, "ph.arrow-down", _DOWN),
        ):
            button.setIcon(icon(picture))
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, by=step: self.shift(by))
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GRID)
        buttons.addWidget(self.up)
        buttons.addWidget(self.down)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.rows)
        column.addLayout(buttons)
        self.setAccessibleName(name)
        self.rows.setAccessibleName(name)
        self._is_locked = False

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Give the keyboard to the rows.

        As their proxy it would be met by Tab once more, after the last button of the window: what
        stands before the rows would never be met again.
        """
        self.rows.setFocus(event.reason())

    @property
    def value(self) -> tuple[str, ...]:
        """The keys of what is on, in their order."""
        items = (self.rows.item(row) for row in range(self.rows.count()))
        return tuple(str(i.data(_KEY)) for i in items if i.checkState() is Qt.CheckState.Checked)

    def show_things(self, things: Sequence[Ordered], on: Sequence[str]) -> None:
        """Offer these, those that are `on` first and in that order."""
        known = {thing.key: thing for thing in things}
        first = [known.get(key, Ordered(key, "", key)) for key in on]
        rest = [thing for thing in things if thing.key not in on]
        self.rows.blockSignals(True)  # noqa: FBT003  # Qt's own
        at = self.rows.currentItem().data(_KEY) if self.rows.currentItem() else None
        self.rows.clear()
        for thing in (*first, *rest):
            self.rows.addItem(_item(thing, is_on=thing.key in on))
        keys = [thing.key for thing in (*first, *rest)]
        self.rows.setCurrentRow(keys.index(at) if at in keys else 0)
        self.rows.blockSignals(False)  # noqa: FBT003
        self.rows.updateGeometry()
        self._enable()

    def shift(self, by: int) -> None:
        """Move the current thing by so many places, within those that there are."""
        row = self.rows.currentRow()
        to = row + by
        if self._is_locked or row < 0 or not 0 <= to < self.rows.count():
            return
        self.rows.blockSignals(True)  # noqa: FBT003
        self.rows.insertItem(to, self.rows.takeItem(row))
        self.rows.setCurrentRow(to)
        self.rows.blockSignals(False)  # noqa: FBT003
        self._enable()
        self.edited.emit()

    def lock(self, is_locked: bool) -> None:  # noqa: FBT001  # as Qt's own setters
        """Have nothing be changed."""
        self._is_locked = is_locked
        self.rows.setEnabled(not is_locked)
        self._enable()

    def _on_checked(self, _item: QListWidgetItem) -> None:
        self._enable()
        self.edited.emit()

    def _enable(self, _row: int = 0) -> None:
        row, last = self.rows.currentRow(), self.rows.count() - 1
        self.up.setEnabled(not self._is_locked and row > 0)
        self.down.setEnabled(not self._is_locked and 0 <= row < last)


class _Rows(QListWidget):
    """The list itself, which can be reordered by hand."""

    moved = Signal()
    shifted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setIconSize(QSize(4 * GRID, 4 * GRID))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        """Show a few rows."""
        shown = min(max(self.count(), _ROWS_LEAST), _ROWS_SHOWN)
        return QSize(60 * GRID, shown * _ROW + 2 * self.frameWidth())

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        """Tell that the order is another one."""
        super().dropEvent(event)
        self.moved.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Alt and an arrow."""
        by = {Qt.Key.Key_Up: _UP, Qt.Key.Key_Down: _DOWN}.get(Qt.Key(event.key()))
        if by and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.shifted.emit(by)
        else:
            super().keyPressEvent(event)


def _item(thing: Ordered, *, is_on: bool) -> QListWidgetItem:
    item = QListWidgetItem(icon(thing.icon, Tone.PLAIN), thing.words)
    item.setData(_KEY, thing.key)
    item.setToolTip(thing.refusal or thing.words)
    flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
    item.setFlags(flags | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
    item.setSizeHint(QSize(0, _ROW))
    return item
