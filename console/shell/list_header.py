"""The header of a list: draws what the arranger says, and tells it what the mouse did."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu
from typing_extensions import override

from console.sdk.look import GRID
from console.shell.arrangement import first
from console.shell.arranger import Arranger
from console.shell.column_chooser import ColumnChooser
from console.shell.column_widths import LAST, ColumnWidths

_LEAST = 10 * GRID


def _tr(text: str) -> str:
    return QCoreApplication.translate("list_header", text)


class Columns(Protocol):
    """Whoever draws what stands in the columns."""

    def sizeHintForColumn(self, column: int) -> int:
        """Return the width that the widest cell of all rows takes."""

    def about_width(self, column: int) -> int:
        """Return about as much, as fast with many rows as with few."""


class ListHeader(QHeaderView):
    """The columns of one list. While the user has sized none, they fill the room there is."""

    def __init__(self, arranger: Arranger, columns: Columns, list_title: str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._arranger = arranger
        self._columns = columns
        self._list_title = list_title
        self._chooser: ColumnChooser | None = None
        self._is_following = False
        self._stood: object = None
        self.setAccessibleName(_tr("Columns"))
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setMinimumSectionSize(_LEAST)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedHeight(8 * GRID)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.sectionMoved.connect(self._on_moved)
        self.sectionResized.connect(self._on_resized)
        self.sortIndicatorChanged.connect(self._on_sorted)
        arranger.changed.connect(self.follow)

    def shown(self) -> list[int]:
        """Return the columns in sight, by their numbers, from left to right."""
        order = (self.logicalIndex(place) for place in range(self.count()))
        return [number for number in order if not self.isSectionHidden(number)]

    def wanted(self) -> list[int]:
        """Return the columns that the user has chosen, in sight or without room, in their order."""
        hidden, columns = self._arranger.arrangement.hidden, self._arranger.columns
        order = (self.logicalIndex(place) for place in range(self.count()))
        return [number for number in order if columns[number].id not in hidden]

    def follow(self) -> None:
        """Stand as the arranger says."""
        arrangement, columns = self._arranger.arrangement, self._arranger.columns
        numbers = {column.id: number for number, column in enumerate(columns)}
        self._is_following = True
        way = Qt.SortOrder.DescendingOrder if arrangement.is_descending else _UP
        self.setSortIndicator(numbers[arrangement.sort], way)
        self._is_following = False
        # Nobody who sorts, groups or folds has asked for other widths.
        stands = (arrangement.order, arrangement.hidden, arrangement.widths)
        if stands != self._stood:
            self._stood = stands
            self._stand(numbers)

    def _stand(self, numbers: dict[str, int]) -> None:
        arrangement = self._arranger.arrangement
        self._is_following = True
        order = [numbers[name] for name in arrangement.order if name in numbers]
        for place, number in enumerate(order):
            self.moveSection(self.visualIndex(number), place)
        for name, number in numbers.items():
            self.setSectionHidden(number, name in arrangement.hidden)
            width = arrangement.widths.get(name)
            if width and self.sectionSize(number) != width:
                self.resizeSection(number, width)
        self._is_following = False
        self.fit(self.viewport().width())

    def fit(self, room: int) -> None:
        """Fill the room there is, until the user has sized a column himself.

        Where even the least that columns need is too much, the last ones stay out of sight: what
        stands first tells the lines apart, and nobody has to scroll to and fro to read one. Who
        has asked for more columns than are shown at first has them all.
        """
        wanted, arrangement = self.wanted(), self._arranger.arrangement
        if arrangement.widths or not wanted:
            return
        columns = self._arranger.columns
        widths = ColumnWidths(columns, self.fontMetrics(), self._columns.about_width)
        is_asked = first(columns).hidden - arrangement.hidden
        share = (widths.fitting if is_asked else widths.with_room)(wanted, room)
        *others, last = share
        self._is_following = True
        for number in wanted:
            self.setSectionHidden(number, number not in share)
        for number in others:
            self.resizeSection(number, share[number])
        used = sum(self.sectionSize(number) for number in others)
        self.resizeSection(last, max(room - used, min(share[last], LAST)))
        self._is_following = False

    def choose(self) -> None:
        """Open the dialog in which columns are chosen, or bring it to the front."""
        if self._chooser is None:
            self._chooser = ColumnChooser(self._arranger, self._list_title, self)
            self._chooser.destroyed.connect(self._forget_chooser)
        self._chooser.show()
        self._chooser.raise_()
        self._chooser.activateWindow()

    def _forget_chooser(self) -> None:
        self._chooser = None

    def menu(self, number: int = -1) -> QMenu:
        """Return what can be done with a column, and with all of them."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if number >= 0:
            self._add_column_part(menu, number)
            menu.addSeparator()
        unseen = set(self.wanted()) - set(self.shown())
        for at, column in enumerate(self._arranger.columns):
            words = _tr("{title} (no room)") if at in unseen else "{title}"
            action = menu.addAction(words.format(title=column.title))
            action.setCheckable(True)
            action.setChecked(column.id not in self._arranger.arrangement.hidden)
            action.setEnabled(column is not self._arranger.columns[0])
            turn = self._arranger.show if not action.isChecked() else self._arranger.hide
            action.triggered.connect(_call(turn, column.id))
        menu.addSeparator()
        menu.addAction(_tr("Choose Columns...")).triggered.connect(self.choose)
        menu.addAction(_tr("Reset Columns")).triggered.connect(self._arranger.reset)
        return menu

    @override
    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:
        """Leave room for the arrow that says how the rows are sorted."""
        hint = super().sectionSizeFromContents(logicalIndex)
        return QSize(hint.width() + 3 * GRID, hint.height())

    def _add_column_part(self, menu: QMenu, number: int) -> None:
        column, arranger = self._arranger.columns[number], self._arranger
        parts: list[tuple[str, Callable[[], None]]] = [
            (_tr("Sort Ascending"), lambda: _both(arranger.sort_by, column.id, arranger.ascend)),
            (_tr("Sort Descending"), lambda: _both(arranger.sort_by, column.id, arranger.descend)),
        ]
        if column.is_groupable:
            parts.append((_tr("Group by {title}").format(title=column.title),
                          lambda: arranger.group_by(column.id)))  # fmt: skip
        if arranger.arrangement.group:
            parts.append((_tr("No Groups"), lambda: arranger.group_by("")))
        parts.append((_tr("Fit to Contents"), lambda: self.fit_to_contents([number])))
        parts.append((_tr("Fit All to Contents"), lambda: self.fit_to_contents(self.shown())))
        if number:
            parts.append((_tr("Hide {title}").format(title=column.title),
                          lambda: arranger.hide(column.id)))  # fmt: skip
        for text, deed in parts:
            action: QAction = menu.addAction(text)
            action.triggered.connect(_quiet(deed))

    def fit_to_contents(self, numbers: list[int]) -> None:
        """Make columns as wide as what stands in them."""
        for number in numbers:
            needed = self._columns.sizeHintForColumn(number)
            self.resizeSection(number, max(needed, self.sectionSizeHint(number)))

    def _on_menu(self, place: QPoint) -> None:
        self.menu(self.logicalIndexAt(place)).popup(self.mapToGlobal(place))

    def _on_moved(self) -> None:
        if not self._is_following:
            arrangement = self._arranger.arrangement
            known = {column.id for column in self._arranger.columns}
            order = [self._arranger.columns[self.logicalIndex(i)].id for i in range(self.count())]
            gone = [name for name in arrangement.order if name not in known]
            self._arranger.put(replace(arrangement, order=(*order, *gone)))

    def _on_resized(self, number: int) -> None:
        # The last one is stretched by Qt, whoever moved the window's edge; and where rows change
        # their places it hides the hidden ones anew.
        shown = self.shown()
        if self._is_following or number not in shown[:-1]:
            return
        columns, arrangement = self._arranger.columns, self._arranger.arrangement
        if arrangement.widths:
            self._arranger.put(arrangement.sized(columns[number].id, self.sectionSize(number)))
        else:  # from now on nothing is fitted, so every column keeps the width that it has
            widths = {columns[i].id: self.sectionSize(i) for i in shown[:-1]}
            self._arranger.put(replace(arrangement, widths=widths))

    def _on_sorted(self, number: int, way: Qt.SortOrder) -> None:
        if not self._is_following and 0 <= number < self.count():
            self._arranger.put(
                replace(
                    self._arranger.arrangement,
                    sort=self._arranger.columns[number].id,
                    is_descending=way is Qt.SortOrder.DescendingOrder,
                )
            )


_UP = Qt.SortOrder.AscendingOrder


def _call(deed: Callable[[str], None], word: str) -> Callable[[], None]:
    return lambda: deed(word)


def _quiet(deed: Callable[[], object]) -> Callable[[], None]:
    """Return a slot that takes nothing of what a signal brings."""
    return lambda: (deed(), None)[1]


def _both(one: Callable[[str], None], word: str, other: Callable[[], None]) -> None:
    one(word)
    other()
