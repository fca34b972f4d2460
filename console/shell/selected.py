"""What is selected stays selected, and what is in sight stays in sight, whatever the rows do."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Signal

from backend.model import Record, Ref
from console.shell.lines import Heading
from console.shell.list_model import ListModel

_Flag = QItemSelectionModel.SelectionFlag


class Selected(QItemSelectionModel):
    """The selection of one list, shared by all that draw it.

    Rows that the filter or a closed heading takes away are not selected while they are away, so
    that nothing is done to what cannot be seen; they are again when they come back, unless the
    user has chosen others meanwhile.
    """

    chosen_changed = Signal(tuple)
    """tuple[Record, ...]: what is selected now, from top to bottom."""

    def __init__(self, model: ListModel, parent: QObject) -> None:
        super().__init__(model, parent)
        self._list = model
        self._wanted: tuple[Ref, ...] = ()
        self._told: tuple[Ref, ...] = ()
        self._here: Ref | Heading | None = None
        self._is_settling = False
        self._was_only_first = False
        self.selectionChanged.connect(self._on_changed)
        model.about_to_settle.connect(self._on_about_to_settle)
        model.settled.connect(self._on_settled)

    def records(self) -> tuple[Record, ...]:
        """Return what is selected, from top to bottom."""
        lines = sorted(index.row() for index in self.selectedRows())
        rows = (self._list.lines.row(line) for line in lines)
        return tuple(row.record for row in rows if row is not None)

    def choose(self, refs: Iterable[Ref]) -> None:
        """Select these where they are shown, and stand on the first of them."""
        self._wanted = tuple(refs)
        self._select(self._wanted)
        lines = sorted(index.row() for index in self.selectedRows())
        if lines:
            self.setCurrentIndex(self._list.index(lines[0], 0), _Flag.NoUpdate)

    def _select(self, refs: Sequence[Ref]) -> None:
        lines = sorted(line for ref in refs if (line := self._list.line_of(ref)) >= 0)
        wanted = QItemSelection()
        first = last = -2
        for line in [*lines, -1]:
            if line == last + 1:
                last = line
                continue
            if first >= 0:
                wanted.select(self._list.index(first, 0), self._list.index(last, 0))
            first = last = line
        self.select(wanted, _Flag.ClearAndSelect | _Flag.Rows)

    def _on_changed(self) -> None:
        if self._is_settling:
            return
        records = self.records()
        self._wanted = self._told = tuple(record.ref for record in records)
        self.chosen_changed.emit(records)

    def _on_about_to_settle(self) -> None:
        self._is_settling = True
        line = self.currentIndex().row()
        # A view that has the keyboard stands on its first line without anybody having chosen it.
        self._was_only_first = line == 0 and not self.hasSelection()
        row = self._list.lines.row(line)
        self._here = row.record.ref if row else self._list.lines.heading(line)

    def _on_settled(self) -> None:
        there = {ref for ref in self._wanted if self._list.line_of(ref) >= 0}
        if there != {record.ref for record in self.records()}:
            self._select(self._wanted)
        if self._was_only_first and self._list.lines:
            self.setCurrentIndex(self._list.index(0, 0), _Flag.NoUpdate)
        elif not self.currentIndex().isValid():
            self._stand_again()
        self._is_settling = False
        records = self.records()
        refs = tuple(record.ref for record in records)
        if set(refs) != set(self._told):
            self._told = refs
            self.chosen_changed.emit(records)

    def _stand_again(self) -> None:
        """Be where one was, or on the first of what is selected."""
        line = -1
        if isinstance(self._here, Ref):
            line = self._list.line_of(self._here)
        elif self._here is not None:
            line = self._list.lines.place(self._here)
        if line < 0:
            line = min((index.row() for index in self.selectedRows()), default=-1)
        if line >= 0:
            self.setCurrentIndex(self._list.index(line, 0), _Flag.NoUpdate)
