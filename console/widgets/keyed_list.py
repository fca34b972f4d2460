"""A list of lines that are known by keys, of which one is chosen: for delegates that paint them."""

from collections.abc import Sequence
from typing import Final, Protocol, runtime_checkable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QWidget,
)
from typing_extensions import override

_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_SPOKEN: Final = Qt.ItemDataRole.AccessibleTextRole
_Move = QAbstractItemView.CursorAction
_UPWARD: Final = (_Move.MoveUp, _Move.MovePageUp, _Move.MoveLeft, _Move.MovePrevious, _Move.MoveEnd)


@runtime_checkable
class Keyed(Protocol):
    """A line that can be chosen."""

    @property
    def key(self) -> str:
        """What it is known by."""

    @property
    def title(self) -> str:
        """What it is called, and found by as one types."""

    @property
    def spoken(self) -> str:
        """What is told to who does not see it."""

    @property
    def tip(self) -> str:
        """What is told where there is no room for all of it."""


def line_at(index: QModelIndex | QPersistentModelIndex) -> object:
    """Return what stands at an index: a Keyed, or the words of a heading."""
    return index.data(_ROLE)


class KeyedList(QListWidget):
    """Lines, and headings between them, which cannot be chosen."""

    chosen = Signal(str)
    """str: the key of the line that is the current one now."""

    def __init__(
        self, name: str, delegate: QStyledItemDelegate, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.currentItemChanged.connect(lambda: self.chosen.emit(self.key))

    @property
    def key(self) -> str:
        """The key of what is chosen; "" while there is nothing."""
        found = line_at(self.currentIndex())
        return found.key if isinstance(found, Keyed) else ""

    def choose(self, key: str) -> bool:
        """Choose the line of this key; return whether there is one."""
        for row in range(self.count()):
            found = self._line(row)
            if isinstance(found, Keyed) and found.key == key:
                self.setCurrentRow(row)
                return True
        return False

    def lines(self) -> tuple[Keyed, ...]:
        """Return what there is to choose from."""
        found = (self._line(row) for row in range(self.count()))
        return tuple(one for one in found if isinstance(one, Keyed))

    def show_lines(self, lines: Sequence[Keyed | str]) -> None:
        """Show these. What is chosen stays so if it is still there, else the first one is."""
        before = self.key
        self.blockSignals(True)  # noqa: FBT003  # Qt's own
        while self.count() > len(lines):
            self.takeItem(self.count() - 1)
        while self.count() < len(lines):
            self.addItem(QListWidgetItem())
        for row, line in enumerate(lines):
            _fill(self.item(row), line)
        if not self.choose(before):
            self.choose(next((one.key for one in self.lines()), ""))
        self.blockSignals(False)  # noqa: FBT003
        self.viewport().update()
        self.updateGeometry()
        if self.key != before:
            self.chosen.emit(self.key)

    @override
    def moveCursor(self, action: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Go from line to line: where a key leads to a heading, it leads to the line beyond it."""
        target = self._target(action, super().moveCursor(action, modifiers).row())
        rows = [row for row in range(self.count()) if isinstance(self._line(row), Keyed)]
        beyond = [row for row in rows if (row <= target if action in _UPWARD else row >= target)]
        if not beyond:
            return self.currentIndex()
        return self.model().index(max(beyond) if action in _UPWARD else min(beyond), 0)

    @override
    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Have a line in sight, and the heading right above it."""
        if index.row() > 0 and isinstance(self._line(index.row() - 1), str):
            super().scrollTo(self.model().index(index.row() - 1, 0), hint)
        super().scrollTo(index, hint)

    def _target(self, action: _Move, usual: int) -> int:
        # Qt's own pages end below a heading, and its Home at one.
        now, page = self.visualRect(self.currentIndex()), self.viewport().height()
        bottoms = [self.visualItemRect(self.item(row)).bottom() for row in range(self.count())]
        match action:
            case _Move.MoveHome:
                return 0
            case _Move.MoveEnd:
                return self.count() - 1
            case _Move.MovePageUp:
                return sum(bottom < now.bottom() - page for bottom in bottoms)
            case _Move.MovePageDown:
                return sum(bottom <= now.top() + page for bottom in bottoms[:-1])
        return usual

    def _line(self, row: int) -> object:
        return self.item(row).data(_ROLE)


def _fill(item: QListWidgetItem, line: Keyed | str) -> None:
    if item.data(_ROLE) == line:
        return
    item.setData(_ROLE, line)
    if isinstance(line, str):
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setText(line)
        item.setData(_SPOKEN, line)
        item.setToolTip("")
        return
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    item.setText(line.title)
    item.setData(_SPOKEN, line.spoken)
    item.setToolTip(line.tip)
