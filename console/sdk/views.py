"""What the result pane can show for a node: a list, a form or a message, as in MMC.

Views are declared; the shell draws them. A row is a record; what it shows beside the record (live
figures, what the guest says, the job on it) comes from `context.Lookup`.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from backend.model import Kind, Record, Ref

if TYPE_CHECKING:
    from console.sdk.context import Context, Lookup
    from console.sdk.nodes import Tone

R = TypeVar("R", bound=Record)
Value = float | str | tuple[str, ...] | None
Sums = Mapping[Hashable, int]


class Align(Enum):
    """Where a cell's text stands. Numbers stand right."""

    LEFT = "left"
    RIGHT = "right"


class Quantity(Enum):
    """What the values of a column are: it decides how they compare, what a filter may ask of them.

    TEXT is found by what it contains, CHOICE (one of a few words) by its beginning, FLAG is 1 or 0.
    SHARE is 0 to 1 and told in per cent, SIZE is bytes, RATE bytes a second, DURATION seconds.
    """

    TEXT = "text"
    CHOICE = "choice"
    FLAG = "flag"
    COUNT = "count"
    SHARE = "share"
    SIZE = "size"
    RATE = "rate"
    DURATION = "duration"

    @property
    def is_number(self) -> bool:
        """Whether its values are put in order as numbers, and compared with "<" and ">"."""
        return self not in (Quantity.TEXT, Quantity.CHOICE, Quantity.FLAG)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows. `share` (0 to 1) fills a small meter of fullness; `trend` draws a curve.

    `figure_width` is how many characters the text takes beside them, the same down a column.
    """

    text: str
    icon: str = ""
    tone: "Tone | None" = None
    tooltip: str = ""
    share: float | None = None
    trend: tuple[float, ...] = ()
    figure_width: int = 6


@dataclass(frozen=True, slots=True)
class Tile:
    """What stands for a row among large icons. `figure` stands right of the words."""

    title: str
    words: str
    figure: str = ""
    icon: str = ""
    tone: "Tone | None" = None


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column, and with it a field of the filter, a way to sort, to group and a part of exports.

    `value` is what the cell tells, in the unit of `quantity`, None where there is nothing to tell;
    it defaults to the cell's text. `group` is the heading that a row stands under; without it, rows
    are grouped by the cell's text where that is one of few. `width` is in average characters.
    `is_live` columns follow the samples, not only the record.
    """

    id: str
    title: str
    cell: "Callable[[R, Lookup], Cell]"
    value: "Callable[[R, Lookup], Value] | None" = None
    align: Align = Align.LEFT
    width: int = 12
    quantity: Quantity = Quantity.TEXT
    group: "Callable[[R, Lookup], str] | None" = None
    is_live: bool = False
    is_shown: bool = True

    @property
    def is_groupable(self) -> bool:
        """Whether rows can stand under headings by it."""
        few = (Quantity.CHOICE, Quantity.FLAG, Quantity.COUNT)
        return self.group is not None or self.quantity in few


@dataclass(frozen=True, slots=True)
class Message:
    """A view that says one thing, and what to do about it. `actions` are ids from the registry.

    "{left}" in the body is the time until `counts_to` (Unix seconds).
    """

    title: str
    body: str
    icon: str = "ph.info"
    actions: tuple[str, ...] = ()
    counts_to: float | None = None


@dataclass(frozen=True, slots=True)
class DetailPage:
    """A tab below the list; `build` returns a console.sdk.forms.DetailView."""

    id: str
    title: str
    build: "Callable[[Context], object]"


@dataclass(frozen=True, slots=True)
class Heading(Generic[R]):
    """What sums a list up: what each record counts for, and the words for the sums.

    The shell keeps the sums and counts anew only records that changed or have new readings, so
    `share` tells nothing but what follows from these.
    """

    share: "Callable[[R, Lookup], Sums]"
    words: "Callable[[Sums, Lookup], str]"

    def of(self, records: Iterable[R], lookup: "Lookup") -> str:
        """Return what sums these up."""
        sums: Counter[Hashable] = Counter()
        for record in records:
            sums.update(self.share(record, lookup))
        return self.words(sums, lookup)


@dataclass(frozen=True, slots=True)
class ListView(Generic[R]):
    """A list of records of one kind. `heading` sums them up in the bar above.

    `outdated` stands above rows that may no longer be true, and says why; they are drawn faint, as
    are single ones of which `is_outdated` is true.
    With a `tile`, the rows can be shown as large icons; `pictures` builds what has pictures for
    them, a console.sdk.pictures.PictureSource.
    """

    kind: Kind
    belongs: Callable[[R], bool]
    columns: tuple[Column[R], ...]
    empty: Message
    heading: Heading[R]
    title: str = ""
    details: tuple[DetailPage, ...] = ()
    search_text: "Callable[[R, Lookup], str] | None" = None
    outdated: Message | None = None
    is_outdated: "Callable[[R, Lookup], bool]" = lambda _record, _lookup: False
    tile: "Callable[[R, Lookup], Tile] | None" = None
    pictures: "Callable[[Context], object] | None" = None


@dataclass(frozen=True, slots=True)
class FormView:
    """A page of widgets for one thing. `build` returns a console.sdk.forms.DetailView.

    With `pages` it returns a console.sdk.tabs.TabbedView, which is given them.
    """

    build: "Callable[[Context], object]"
    ref: Ref | None = None
    pages: tuple[DetailPage, ...] = ()


View = ListView[Any] | FormView | Message
