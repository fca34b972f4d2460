"""What can be done with a list as a list, from the menu bar: by keyboard alone, without its header.

Each menu is filled as it opens, for the list that is shown then.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from console.shell.arranger import Arranger
from console.shell.list_view import ListPage


def _tr(text: str) -> str:
    return QCoreApplication.translate("list_commands", text)


class ListCommands:
    """The menus and actions of the list that `shown` returns; off while there is none."""

    def __init__(self, window: QWidget, shown: Callable[[], ListPage | None]) -> None:
        self._shown = shown
        self.sort = QMenu(_tr("Sort By"), window)
        self.sort.aboutToShow.connect(self._fill_sort)
        self.group = QMenu(_tr("Group By"), window)
        self.group.aboutToShow.connect(self._fill_group)

    def follow(self) -> None:
        """Be on or off, as there is a list or none."""
        has_list = self._shown() is not None
        for menu in (self.sort, self.group):
            menu.menuAction().setEnabled(has_list)

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
