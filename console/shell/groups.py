"""Rows under headings: which heading a row stands under, and in which order the headings stand."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QCoreApplication

from console.shell.lines import Heading, Line, Lines, Row
from console.shell.order import natural


def _tr(text: str) -> str:
    return QCoreApplication.translate("groups", text)


class Groups:
    """The headings of one list. A heading is the same object for as long as it is grouped so."""

    def __init__(self, heading_of: Callable[[Row], str]) -> None:
        self._heading_of = heading_of
        self._headings: dict[str, Heading] = {}
        self.is_turned = False
        """Whether the last of them stands first."""
        self.closed: frozenset[str] = frozenset()

    def clear(self) -> None:
        """Know of no heading: rows are grouped otherwise from now on."""
        self._headings.clear()

    def lines(self, rows: Iterable[Row]) -> Lines:
        """Return the rows, in their order, under their headings; those of closed ones left out."""
        groups = self._grouped(rows)
        lines = Lines()
        for text in self._in_order(groups):
            heading = self._headings.setdefault(text, Heading(text or _tr("None")))
            heading.count, heading.is_open = len(groups[text]), heading.text not in self.closed
            lines.append(heading)
            lines += groups[text] if heading.is_open else ()
        return lines

    def ordered(self, rows: Iterable[Row]) -> list[Row]:
        """Return the rows as they stand under their headings, whichever of these are closed."""
        groups = self._grouped(rows)
        return [row for text in self._in_order(groups) for row in groups[text]]

    def _grouped(self, rows: Iterable[Row]) -> dict[str, list[Row]]:
        groups: dict[str, list[Row]] = {}
        for row in rows:
            groups.setdefault(self.text(row), []).append(row)
        return groups

    def under(self, heading: Line, rows: Iterable[Row]) -> list[Row]:
        """Return those of the rows that stand under a heading, open or closed."""
        return [row for row in rows if self._headings.get(self.text(row)) is heading]

    def texts(self) -> tuple[str, ...]:
        """Return what the headings say."""
        return tuple(heading.text for heading in self._headings.values())

    def _in_order(self, groups: Iterable[str]) -> Sequence[str]:
        texts = sorted((text for text in groups if text), key=natural, reverse=self.is_turned)
        return [*texts, *(text for text in groups if not text)]

    def text(self, row: Row) -> str:
        """Return what the heading says that a row stands under."""
        if row.heading is None:
            row.heading = self._heading_of(row)
        return row.heading
