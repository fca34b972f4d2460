"""What can be done with a list as a list, from the menu bar: by keyboard alone, without its header.

Each menu is filled as it opens, for the list that is shown then.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from console.shell.arrangement import Mode
from console.shell.arranger import Arranger
from console.shell.exporter import Exporter
from console.shell.list_view import ListPage
from console.shell.notices import Notice


def _tr(text: str) -> str:
    return QCoreApplication.translate("list_commands", text)


class ListCommands:
    """The menus and actions of the list that `shown` returns; off while there is none."""

    def __init__(
        self,
        window: QWidget,
        shown: Callable[[], ListPage | None],
        tell: Callable[[Notice], None],
    ) -> None:
        self._shown = shown
        self._exporter = Exporter(window, tell)
        self.export = QAction(_tr("Export List..."), window)
        self.export.setShortcut(QKeySequence("Ctrl+Shift+E"))
        self.export.triggered.connect(self._export)
        self.copy = QAction(_tr("Copy Rows"), window)
        self.copy.setShortcut(QKeySequence.StandardKey.Copy)
        # Of the list alone: everywhere else Ctrl+C is for what is selected there.
        self.copy.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.copy.triggered.connect(self._copy)
        self._modes = QActionGroup(window)
        self.modes = {
            Mode.DETAILS: self._mode(_tr("Details"), "Ctrl+Alt+1", Mode.DETAILS),
            Mode.LARGE_ICONS: self._mode(_tr("Large Icons"), "Ctrl+Alt+2", Mode.LARGE_ICONS),
        }
        window.addActions([self.export, *self.modes.values()])
        self.sort = QMenu(_tr("Sort By"), window)
        self.sort.aboutToShow.connect(self._fill_sort)
        self.group = QMenu(_tr("Group By"), window)
        self.group.aboutToShow.connect(self._fill_group)

    def follow(self) -> None:
        """Be on or off, as there is a list or none, and say how it is drawn."""
        page = self._shown()
        for action in (self.sort.menuAction(), self.group.menuAction(), self.export, self.copy):
            action.setEnabled(page is not None)
        for mode, action in self.modes.items():
            action.setEnabled(page is not None and (page.has_tiles or mode is Mode.DETAILS))
            action.setChecked(page is not None and page.area.arranger.arrangement.mode is mode)
        if page is not None and self.copy not in page.area.actions():
            page.area.addAction(self.copy)

    def _mode(self, text: str, keys: str, mode: Mode) -> QAction:
        action = QAction(text, self._modes)
        action.setCheckable(True)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: self._draw_as(mode))
        return action

    def _draw_as(self, mode: Mode) -> None:
        if page := self._shown():
            page.area.arranger.draw_as(mode)

    def _export(self) -> None:
        if page := self._shown():
            self._exporter.ask(page.area.table(), page.title)

    def _copy(self) -> None:
        if page := self._shown():
            page.area.copy()

    def _fill_sort(self) -> None:
        if not (page := self._shown()):
            return
        arranger, menu = page.area.arranger, _emptied(self.sort)
        columns = _Choice(menu)
        for column in arranger.columns:
            is_it = column.id == arranger.arrangement.sort
            columns.add(column.title, _sorting(arranger, column.id), is_chosen=is_it)
        menu.addSeparator()
        ways = _Choice(menu)
        is_down = arranger.arrangement.is_descending
        ways.add(_tr("Ascending"), arranger.ascend, is_chosen=not is_down)
        ways.add(_tr("Descending"), arranger.descend, is_chosen=is_down)

    def _fill_group(self) -> None:
        if not (page := self._shown()):
            return
        arranger, menu = page.area.arranger, _emptied(self.group)
        group = arranger.arrangement.group
        columns = _Choice(menu)
        columns.add(_tr("None"), _grouping(arranger, ""), is_chosen=not group)
        for column in arranger.columns:
            if column.is_groupable:
                is_it = column.id == group
                columns.add(column.title, _grouping(arranger, column.id), is_chosen=is_it)
        menu.addSeparator()
        for text, headings in ((_tr("Open All"), ()), (_tr("Close All"), page.area.headings())):
            action = menu.addAction(text)
            action.setEnabled(bool(group))
            action.triggered.connect(_folding(arranger, headings))


class _Choice:
    """Entries of a menu of which one is chosen."""

    def __init__(self, menu: QMenu) -> None:
        self._menu = menu
        self._group = QActionGroup(menu)

    def add(self, text: str, deed: Callable[[], None], *, is_chosen: bool) -> None:
        """Add an entry."""
        action = QAction(text, self._menu)
        action.setCheckable(True)
        action.setChecked(is_chosen)
        action.triggered.connect(deed)
        self._group.addAction(action)
        self._menu.addAction(action)


def _emptied(menu: QMenu) -> QMenu:
    menu.clear()
    return menu


def _sorting(arranger: Arranger, column_id: str) -> Callable[[], None]:
    return lambda: arranger.sort_by(column_id)


def _grouping(arranger: Arranger, column_id: str) -> Callable[[], None]:
    return lambda: arranger.group_by(column_id)


def _folding(arranger: Arranger, headings: Sequence[str]) -> Callable[[], None]:
    return lambda: arranger.fold_all(headings)
