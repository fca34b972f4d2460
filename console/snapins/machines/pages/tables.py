"""A page that is a table of lines about one record, and leads where they stand."""

from collections.abc import Hashable, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from backend.model import Change, Kind, Record, Ref
from console.sdk.context import WHEREVER, Context, Unsubscribe
from console.sdk.forms import DetailView
from console.sdk.look import GRID, icon
from console.widgets.flow import Flow
from console.widgets.table import Table, take_what_is_left
from console.widgets.table_model import Line, TableColumn
from console.widgets.whole_line import WholeLine

_SOON_MS: Final = 200


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class TablePage(DetailView):
    """Override `lines` and `empty`. A line whose key ends in a Ref leads there when it is opened.

    `beside` are the kinds of other records of the host that the lines tell of as well.
    """

    beside: frozenset[Kind] = frozenset()
    tells_all = False
    """Whether the page itself says below what of the chosen line is cut off."""

    def __init__(
        self,
        context: Context,
        name: str,
        columns: Sequence[TableColumn],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(name)
        self.table = Table(name, columns)
        self.copy = QPushButton(icon("ph.copy"), _tr("Copy"))
        self.copy.setAccessibleName(_tr("Copy the lines"))
        self.show_button = QPushButton(icon("ph.arrow-square-out"), _tr("Go To"))
        self.show_button.setAccessibleName(_tr("Go to what is chosen"))
        self.copy.clicked.connect(self.table.copy)
        self.show_button.clicked.connect(lambda: self._visit(self.table.current_key()))
        self.table.opened.connect(self._visit)
        self.table.chosen.connect(self._settle)
        self._end: Unsubscribe | None = None
        # So that a hundred changes a second are drawn a few times.
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.refresh)
        self.buttons = Flow(2 * GRID)  # in more lines where the page is narrow
        self.buttons.addWidget(self.copy)
        self.buttons.addWidget(self.show_button)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self.foot.setSpacing(2 * GRID)
        self.foot.addLayout(self.buttons, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        take_what_is_left(self.table)
        self.column.addWidget(self.table, 1)
        if not self.tells_all:
            self.column.addWidget(WholeLine(self.table))
        self.column.addLayout(self.foot)
        self._settle()

    def lines(self, record: Record) -> Sequence[Line]:
        """Return what stands in the table for this record."""
        del record
        return ()

    def empty(self, record: Record | None) -> str:
        """Return what is said where there is nothing."""
        del record
        return ""

    @override
    def show_record(self, record: Record | None) -> None:
        self.table.set_lines(self.lines(record) if record else (), self.empty(record))
        self._settle()

    @override
    def show_samples(self) -> None:
        self.show_record(self.record)

    @override
    def on_wake(self) -> None:
        if self.beside:
            self._end = self.context.subscribe(self._on_changes)
            self.refresh()  # what changed while nobody looked

    @override
    def on_sleep(self) -> None:
        self._soon.stop()
        if self._end:
            self._end()

    def _on_changes(self, changes: tuple[Change, ...]) -> None:
        host = self.record.ref.host if self.record else None
        if any(c.ref.host == host and c.ref.kind in self.beside for c in changes):
            self._soon.start()

    def _settle(self) -> None:
        self.copy.setEnabled(bool(self.table.lines_model.lines))
        self.show_button.setEnabled(_target(self.table.current_key()) is not None)

    def _visit(self, key: Hashable) -> None:
        if target := _target(key):
            self.context.navigate(WHEREVER, target)


def _target(key: Hashable) -> Ref | None:
    last = key[-1] if isinstance(key, tuple) and key else key
    return last if isinstance(last, Ref) else None
