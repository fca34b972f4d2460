"""The dialog in which columns are chosen and put in order. What one does there is seen at once."""

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from console.sdk.dialog import KeyedDialog
from console.sdk.list_layout import stand_beside
from console.sdk.look import GRID
from console.shell.arranger import Arranger
from console.widgets.filter_box import FilterBox

_ID = Qt.ItemDataRole.UserRole
_On, _Off = Qt.CheckState.Checked, Qt.CheckState.Unchecked


def _tr(text: str) -> str:
    return QCoreApplication.translate("column_chooser", text)


class ColumnChooser(KeyedDialog):
    """Every column with a box to tick, in the order in which they stand."""

    def __init__(self, arranger: Arranger, list_title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._arranger = arranger
        self._is_filling = False
        self.setWindowTitle(_tr("Columns of {list}").format(list=list_title))
        self.setAccessibleName(self.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._search = FilterBox(_tr("Find a column"))
        self._search.words_changed.connect(self._filter)
        self._columns = QListWidget()
        self._search.left.connect(self._columns.setFocus)
        self._columns.setAccessibleName(_tr("Columns"))
        self._columns.itemChanged.connect(self._on_ticked)
        self._columns.currentRowChanged.connect(self._settle)
        self._up = self._button(_tr("Move Up"), "Alt+Up", -1)
        self._down = self._button(_tr("Move Down"), "Alt+Down", 1)
        self._reset = QPushButton(_tr("Reset"))
        self._reset.setToolTip(_tr("The columns, widths and order of the first day"))
        self._reset.clicked.connect(arranger.reset)
        self._lay_out()
        arranger.changed.connect(self._fill)
        self._fill()
        self._columns.setCurrentRow(0)

    def _button(self, text: str, keys: str, step: int) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setToolTip(f"{text} ({QKeySequence(keys).toString(_NATIVE)})")
        button.clicked.connect(lambda: self._move(step))
        QShortcut(QKeySequence(keys), self).activated.connect(button.click)
        return button

    def _lay_out(self) -> None:
        self._reset.setAutoDefault(False)
        buttons = (self._up, self._down, self._reset)
        stand_beside(self, self._columns, buttons, above=self._search)
        self.resize(110 * GRID, 120 * GRID)

    def _fill(self) -> None:
        """Show how the columns stand; what one stands on stays."""
        titles = {column.id: column.title for column in self._arranger.columns}
        order = [name for name in self._arranger.arrangement.order if name in titles]
        here = self._columns.currentItem()
        name_here = here.data(_ID) if here else ""
        self._is_filling = True
        if order != [self._id(row) for row in range(self._columns.count())]:
            self._columns.clear()
            for name in order:
                item = QListWidgetItem(titles[name], self._columns)
                item.setData(_ID, name)
                item.setSizeHint(QSize(0, 6 * GRID))
                if name == self._arranger.columns[0].id:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
            self._filter(self._search.text())
        for row, name in enumerate(order):
            is_hidden = name in self._arranger.arrangement.hidden
            self._columns.item(row).setCheckState(_Off if is_hidden else _On)
        self._is_filling = False
        if name_here in order:
            self._columns.setCurrentRow(order.index(name_here))
        self._settle()

    def _on_ticked(self, item: QListWidgetItem) -> None:
        if not self._is_filling:
            turn = self._arranger.show if item.checkState() is _On else self._arranger.hide
            turn(str(item.data(_ID)))

    def _filter(self, words: str) -> None:
        wanted = words.casefold().split()
        for row in range(self._columns.count()):
            item = self._columns.item(row)
            item.setHidden(not all(word in item.text().casefold() for word in wanted))
        found = (r for r in range(self._columns.count()) if not self._columns.item(r).isHidden())
        here = self._columns.currentItem()
        if wanted and (here is None or here.isHidden()):
            self._columns.setCurrentRow(next(found, -1))
        self._settle()

    def _move(self, step: int) -> None:
        row = self._columns.currentRow()
        self._arranger.move(self._id(row), row + step)

    def _settle(self) -> None:
        # Among those found a step would be one past columns that cannot be seen.
        row, is_whole = self._columns.currentRow(), not self._search.text()
        self._up.setEnabled(is_whole and row > 0)
        self._down.setEnabled(is_whole and 0 <= row < self._columns.count() - 1)

    def _id(self, row: int) -> str:
        return str(self._columns.item(row).data(_ID))


_NATIVE = QKeySequence.SequenceFormat.NativeText
