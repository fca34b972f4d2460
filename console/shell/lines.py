"""What stands in a list from top to bottom: rows, and headings above those of a group."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, SupportsIndex

from typing_extensions import override

from backend.model import Record
from console.sdk.views import Cell
from console.shell.order import Natural, Sortable, natural
from console.shell.registry import name_of


class Stand(NamedTuple):
    """Where a row stands: by a figure, among equal ones by its name, and below a heading."""

    figure: Sortable
    name: tuple[Natural, str]
    heading: str


class Row:
    """A record, and what was worked out of it; None is: not yet.

    `stand` is where it stands in its list as that was last put in order; None is nowhere.
    """

    __slots__ = (
        "cells", "heading", "is_asked_for", "is_gone", "key", "name", "record", "stand", "words",
    )  # fmt: skip

    def __init__(self, record: Record, columns: int) -> None:
        self.cells: list[Cell | None] = [None] * columns
        self.stand: Stand | None = None
        self.is_gone = False
        self.stand_for(record)

    def stand_for(self, record: Record) -> None:
        """Be the row of this record."""
        self.record = record
        self.name: tuple[Natural, str] = (natural(name_of(record)), record.ref.key)
        self.key: Sortable | None = None
        self.is_asked_for: bool | None = None
        self.heading: str | None = None
        self.words: str | None = None


class Heading:
    """What stands above the rows of a group."""

    __slots__ = ("count", "is_open", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.count = 0
        self.is_open = True


Line = Row | Heading


class Lines(list[Line]):
    """The lines of a list by their numbers; what is asked for and is not there is None or -1."""

    _places: dict[Line, int] | None = None

    def row(self, number: int) -> Row | None:
        """Return the row that a line is; None for a heading."""
        found = self[number] if 0 <= number < len(self) else None
        return found if isinstance(found, Row) else None

    def heading(self, number: int) -> Heading | None:
        """Return the heading that a line is; None for a row."""
        found = self[number] if 0 <= number < len(self) else None
        return found if isinstance(found, Heading) else None

    def place(self, line: Line | None) -> int:
        """Return the number of a line."""
        return -1 if line is None else self._numbered().get(line, -1)

    def places(self, lines: Iterable[Line]) -> list[int]:
        """Return the numbers of those of these lines that are there."""
        known = self._numbered()
        return [known[line] for line in lines if line in known]

    def _numbered(self) -> dict[Line, int]:
        if self._places is None or len(self._places) != len(self):
            self._places = {known: number for number, known in enumerate(self)}
        return self._places

    @override
    def insert(self, index: SupportsIndex, line: Line, /) -> None:
        """Have a line there; those below it stand one lower."""
        self._places = None
        super().insert(index, line)

    @override
    def __delitem__(self, index: SupportsIndex | slice, /) -> None:
        self._places = None
        super().__delitem__(index)

    def heading_above(self, number: int) -> int:
        """Return the number of the heading that a line stands under."""
        return next((i for i in range(number, -1, -1) if isinstance(self[i], Heading)), -1)

    def rows(self) -> Iterator[Row]:
        """Yield the rows."""
        return (line for line in self if isinstance(line, Row))

    def headings(self) -> Iterator[Heading]:
        """Yield the headings."""
        return (line for line in self if isinstance(line, Heading))
