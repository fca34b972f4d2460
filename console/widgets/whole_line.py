"""What a table cuts off in the line that has the keyboard, in full below it."""

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem
from typing_extensions import override

from console.sdk.forms import WholeLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.sdk.views import Cell
from console.widgets.cells import CELL_ROLE, cell_width
from console.widgets.table import Table


def _tr(text: str) -> str:
    return QCoreApplication.translate("whole_line", text)


class WholeLine(WholeLabel):
    """The cells of the current line that are seen in part alone; it is not there without any.

    Without a pointer there is no tooltip, and a column is made wider by the pointer alone.
    """

    def __init__(self, table: Table) -> None:
        super().__init__(Tone.MUTED)
        self._table = table
        self._has_come = False
        self.setAccessibleName(_tr("In full"))
        self.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, GRID)
        self._soon = QTimer(self, singleShot=True, interval=0)  # columns change one by one
        self._soon.timeout.connect(self._settle)
        model = table.lines_model
        for told in (table.chosen, table.header().sectionResized, model.dataChanged):
            told.connect(lambda *_: self._soon.start())
        for gone in (model.rowsRemoved, model.rowsInserted):
            gone.connect(lambda *_: self._soon.start())
        self.hide()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is chosen in sight: the table has become lower for these words."""
        super().resizeEvent(event)
        if self._has_come and event.size().height() > event.oldSize().height():
            QTimer.singleShot(0, self._table, self._show_chosen)

    def _show_chosen(self) -> None:
        self._has_come = False
        self._table.scrollTo(self._table.currentIndex())

    def _settle(self) -> None:
        text = "\n".join(cut_off(self._table))
        if text == self.text():
            return
        self._has_come = bool(text)
        self.setText(text)
        self.setVisible(bool(text))


def cut_off(table: Table) -> tuple[str, ...]:
    """Return what of the current line is not seen whole, each under its column's title."""
    index, model = table.currentIndex(), table.lines_model
    if not index.isValid() or model.line(index).is_heading:
        return ()
    option = QStyleOptionViewItem()
    option.initFrom(table)
    found = []
    for number, column in enumerate(model.columns):
        place = index.siblingAtColumn(number)
        cell = place.data(CELL_ROLE)
        room = table.visualRect(place).width()
        if isinstance(cell, Cell) and (whole := _whole(cell, room, option)):
            found.append(f"{column.title}: {whole}")
    return tuple(found)


def _whole(cell: Cell, room: int, option: QStyleOptionViewItem) -> str:
    if cell.text and cell.text in cell.tooltip and cell.text != cell.tooltip:
        return cell.tooltip  # a file's whole path, all lines of a description
    return cell.text if cell_width(option, cell) - GRID > room else ""
