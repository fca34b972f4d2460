"""What keys and clicks do in a list, and to its headings, however its lines are drawn."""

from typing import Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, SignalInstance
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent

from console.shell.arranger import Arranger
from console.shell.list_model import ListModel
from console.shell.selected import Selected
from console.widgets.headings import ARROW_WIDTH

Index = QModelIndex | QPersistentModelIndex
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FOLDING = (Qt.Key.Key_Space, *_RETURN)


class Pane(Protocol):
    """The view that has the keyboard and the pointer."""

    copy_asked: SignalInstance
    activated: SignalInstance

    def currentIndex(self) -> QModelIndex:
        """Return where one stands."""

    def indexAt(self, p: QPoint) -> QModelIndex:
        """Return what is drawn there."""


class HeadingInput:
    """Folds, opens and selects. Each method returns whether there is nothing left for Qt to do."""

    def __init__(self, model: ListModel, selected: Selected, arranger: Arranger) -> None:
        self._list = model
        self._selected = selected
        self._arranger = arranger

    def press_key(self, pane: Pane, event: QKeyEvent) -> bool:
        """Return does what a double click does; on a heading, keys open and close it."""
        here = pane.currentIndex()
        if self._press_key(event.key(), here):
            return True
        if event.matches(QKeySequence.StandardKey.Copy):
            pane.copy_asked.emit()
            return True
        if event.key() in _RETURN and here.isValid():
            pane.activated.emit(here)
            return True
        return False

    def press_mouse(self, pane: Pane, event: QMouseEvent) -> bool:
        """A click on a heading is for what stands under it."""
        place = event.position()
        is_left = event.button() is Qt.MouseButton.LeftButton
        return is_left and self._press_mouse(pane.indexAt(place.toPoint()), place.x())

    def click_twice(self, pane: Pane, event: QMouseEvent) -> bool:
        """A double click on a heading folds or opens it."""
        heading = self._list.lines.heading(pane.indexAt(event.position().toPoint()).row())
        if heading is not None:
            self._arranger.fold(heading.text)
        return heading is not None

    def _press_key(self, key: int, here: Index) -> bool:
        """Left closes and Right opens; Space and Return turn it; Left on a row goes to it."""
        heading = self._list.lines.heading(here.row())
        if heading is not None:
            turning = Qt.Key.Key_Left if heading.is_open else Qt.Key.Key_Right
            if key == turning or key in _FOLDING:
                self._arranger.fold(heading.text)
                return True
            return False
        if key == Qt.Key.Key_Left and (line := self._list.lines.heading_above(here.row())) >= 0:
            self._stand_on(line)
            return True
        return False

    def _press_mouse(self, index: Index, x: float) -> bool:
        """A click selects what stands under it; on its arrow, or closed, it folds or opens."""
        heading = self._list.lines.heading(index.row())
        if heading is None:
            return False
        if not heading.is_open or x < ARROW_WIDTH:
            self._arranger.fold(heading.text)
        else:
            under = self._list.roster.groups.under(heading, self._list.lines.rows())
            self._selected.choose(row.record.ref for row in under)
        self._stand_on(self._list.lines.place(heading))
        return True

    def _stand_on(self, line: int) -> None:
        flag = self._selected.SelectionFlag.NoUpdate
        self._selected.setCurrentIndex(self._list.index(line, 0), flag)
