"""A list view on the screen: columns one can move, choose and size; the selection stays."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QCoreApplication,
    QItemSelectionModel,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QMenu, QTreeView, QWidget
from typing_extensions import override

from backend.model import Record, Ref
from console.sdk.look import GRID
from console.shell.list_model import ListModel
from console.shell.settings import Settings
from console.widgets.cells import CellDelegate

SORT_AGAIN_MS = 3000


def _tr(text: str) -> str:
    return QCoreApplication.translate("list_pane", text)


class ListPane(QTreeView):
    """The rows of a `ListModel`."""

    records_chosen = Signal(tuple)
    """tuple[Record, ...]: what is selected now, from top to bottom."""

    def __init__(
        self, model: ListModel, settings: Settings, key: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._list = model
        self._is_arranged = False
        self._is_fitting = False
        self._settings = settings
        columns = ",".join(column.id for column in model.view.columns)
        self._key = f"columns/{key}/{columns}"
        self._chosen: tuple[Ref, ...] = ()
        self._is_resetting = False
        self.setModel(model)
        self._delegate = CellDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(model.view.title or _tr("List"))
        self._set_up()
        self._set_up_header()
        model.modelAboutToBeReset.connect(self._on_reset_begins)
        model.modelReset.connect(self._on_reset_ends)
        # An order by figures follows them, but slowly: rows that jump each second cannot be read.
        self._order = QTimer(self)
        self._order.setInterval(SORT_AGAIN_MS)
        self._order.timeout.connect(self._sort_again)
        self._order.start()

    def chosen(self) -> tuple[Record, ...]:
        """Return what is selected, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._list.record_at(row) for row in rows)

    def set_faint(self, is_faint: object) -> None:
        """Draw the rows faint: what they say was true once."""
        if bool(is_faint) != self._delegate.is_faint:
            self._delegate.is_faint = bool(is_faint)
            self.viewport().update()

    def choose(self, refs: Sequence[Ref]) -> None:
        """Select these where they are shown."""
        model = self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        rows = [row for ref in refs if (row := self._list.row_of(ref)) >= 0]
        model.clearSelection()
        for row in rows:
            model.select(self._list.index(row, 0), flags.Select | flags.Rows)
        if rows:
            index = self._list.index(rows[0], 0)
            model.setCurrentIndex(index, flags.NoUpdate)
            self.scrollTo(index)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the room there is, until the user has arranged them himself."""
        super().resizeEvent(event)
        if not self._is_arranged:
            self._fit()

    def save(self) -> None:
        """Remember columns and order, if the user has arranged them."""
        if self._is_arranged:
            self._settings.put(self._key, self.header().saveState())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return does what a double click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setItemsExpandable(False)
        self.setAllColumnsShowFocus(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.selectionModel().selectionChanged.connect(self._on_selection)

    def _set_up_header(self) -> None:
        header = self.header()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(10 * GRID)
        header.setFixedHeight(8 * GRID)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self.show_column_menu)
        for number, column in enumerate(self._list.view.columns):
            header.resizeSection(number, self._wish(number))
            header.setSectionHidden(number, not column.is_shown)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self._is_arranged = header.restoreState(self._settings.blob(self._key))
        self.setSortingEnabled(True)
        for signal in (header.sectionMoved, header.sortIndicatorChanged, header.sectionResized):
            signal.connect(self._on_arranged)

    def _on_arranged(self, section: int) -> None:
        # The last one is stretched by Qt, whoever moved the window's edge.
        header = self.header()
        last = max(
            (i for i in range(header.count()) if not header.isSectionHidden(i)),
            key=header.visualIndex,
        )
        if not self._is_fitting and section != last:
            self._is_arranged = True

    def _fit(self) -> None:
        self._is_fitting = True
        header, room = self.header(), self.viewport().width()
        shown = [i for i in range(header.count()) if not header.isSectionHidden(i)]
        is_narrow = sum(self._wish(i) for i in shown) > room
        for i in shown[:-1]:
            header.resizeSection(
                i, min(self._wish(i), self._need(i)) if is_narrow else self._wish(i)
            )
        used = sum(header.sectionSize(i) for i in shown[:-1])
        header.resizeSection(shown[-1], max(room - used, 30 * GRID))
        self._is_fitting = False

    def _need(self, column: int) -> int:
        """Return the width that what stands in a column now takes, and a little that may come."""
        title = self.fontMetrics().horizontalAdvance(self._list.view.columns[column].title)
        now = self.sizeHintForColumn(column) + 3 * GRID
        return max(title + 7 * GRID, now, self._wish(column) * 3 // 4)

    def _wish(self, column: int) -> int:
        average = self.fontMetrics().averageCharWidth()
        return self._list.view.columns[column].width * average + 6 * GRID

    def show_column_menu(self, place: QPoint) -> None:
        """Open the menu of columns at a place of the header."""
        menu = self.column_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.header().mapToGlobal(place))

    def column_menu(self) -> QMenu:
        """Return a menu in which columns are chosen."""
        menu = QMenu(self)
        header = self.header()
        for number, column in enumerate(self._list.view.columns):
            action = QAction(column.title, menu)
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(number))
            action.setEnabled(number > 0)
            action.setData(number)
            menu.addAction(action)
        menu.triggered.connect(self._on_column)
        return menu

    def _on_column(self, action: QAction) -> None:
        self.header().setSectionHidden(int(action.data()), not action.isChecked())

    def _on_selection(self) -> None:
        if self._is_resetting:
            return
        records = self.chosen()
        self._chosen = tuple(record.ref for record in records)
        self.records_chosen.emit(records)

    def _on_reset_begins(self) -> None:
        self._is_resetting = True

    def _on_reset_ends(self) -> None:
        scroll = self.verticalScrollBar().value()
        self.choose(self._chosen)
        self.verticalScrollBar().setValue(scroll)
        self._is_resetting = False
        self._on_selection()

    def _sort_again(self) -> None:
        if self.isVisible() and self._list.is_sorted_by_figures:
            self._list.sort_again()
