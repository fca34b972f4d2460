"""Holds how one kind of list is arranged, tells who draws it, and keeps it at once."""

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from console.sdk.views import Column
from console.shell.arrangement import Arrangement, Mode, first, parse
from console.shell.settings import Settings

KEEP_MS = 250
"""Dragging a divider is one change, kept once, when it has come to rest."""


class Arranger(QObject):
    """The one who is asked to arrange a list, whoever asks: header, menu, dialog or mouse."""

    changed = Signal()
    """`arrangement` is another one now."""

    def __init__(
        self,
        columns: Sequence[Column[Any]],
        settings: Settings,
        key: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._settings = settings
        self._key = f"lists/{key}"
        self.arrangement = parse(settings.value(self._key), self.columns)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self._keep)

    def put(self, arrangement: Arrangement) -> None:
        """Stand so from now on, in the next session too."""
        if arrangement == self.arrangement:
            return
        self.arrangement = arrangement
        self._timer.start()
        self.changed.emit()

    def save(self) -> None:
        """Keep what has not been kept yet."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def reset(self) -> None:
        """Stand as on the first day, but for how the rows are drawn."""
        self.put(dataclasses.replace(first(self.columns), mode=self.arrangement.mode))

    # What one asks for

    def show(self, column_id: str) -> None:
        """Have a column in sight."""
        self.put(self.arrangement.shown(column_id))

    def hide(self, column_id: str) -> None:
        """Have a column out of sight; the first one, the name, stays."""
        if column_id != self.columns[0].id:
            self.put(self.arrangement.without(column_id))

    def move(self, column_id: str, place: int) -> None:
        """Have a column stand at a place among those there are."""
        known = {column.id for column in self.columns}
        others = [name for name in self.arrangement.order if name != column_id]
        there = [name for name in others if name in known]
        if 0 <= place <= len(there):
            at = others.index(there[place]) if place < len(there) else len(others)
            self.put(self.arrangement.moved(column_id, at))

    def sort_by(self, column_id: str) -> None:
        """Put the rows in order by a column, in the direction that they have."""
        self.put(dataclasses.replace(self.arrangement, sort=column_id))

    def ascend(self) -> None:
        """Have the least first."""
        self.put(dataclasses.replace(self.arrangement, is_descending=False))

    def descend(self) -> None:
        """Have the most first."""
        self.put(dataclasses.replace(self.arrangement, is_descending=True))

    def group_by(self, column_id: str) -> None:
        """Put the rows under headings; "" is none."""
        self.put(dataclasses.replace(self.arrangement, group=column_id, closed=frozenset()))

    def draw_as(self, mode: Mode) -> None:
        """Draw the rows so."""
        self.put(dataclasses.replace(self.arrangement, mode=mode))

    def fold(self, heading: str) -> None:
        """Close a heading, or open it again."""
        self.put(self.arrangement.folded(heading))

    def fold_all(self, headings: Iterable[str]) -> None:
        """Close these headings and open all others."""
        self.put(dataclasses.replace(self.arrangement, closed=frozenset(headings)))

    def _keep(self) -> None:
        self._settings.put(self._key, self.arrangement.dump())
