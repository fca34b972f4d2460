"""What the result pane can show for a node: a list, a form or a message, as in MMC.

Views are declared; the shell draws them. A row is a record; what it shows beside the record (live
figures, what the guest says, the job on it) comes from `context.Lookup`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from backend.model import Kind, Record, Ref

if TYPE_CHECKING:
    from console.sdk.context import Context, Lookup
    from console.sdk.nodes import Tone

R = TypeVar("R", bound=Record)
SortKey = float | str | tuple[float | str, ...]


class Align(Enum):
    """Where a cell's text stands. Numbers stand right."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows. `share` (0 to 1) fills a small meter; `trend` draws a sparkline."""

    text: str
    icon: str = ""
    tone: "Tone | None" = None
    tooltip: str = ""
    share: float | None = None
    trend: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column. `sort` defaults to the text; `width` is in average characters.

    `is_live` columns follow the samples, not only the record.
    """

    id: str
    title: str
    cell: "Callable[[R, Lookup], Cell]"
    sort: "Callable[[R, Lookup], SortKey] | None" = None
    align: Align = Align.LEFT
    width: int = 12
    is_live: bool = False
    is_shown: bool = True


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
    applies: Callable[[Record], bool] = lambda _record: True


@dataclass(frozen=True, slots=True)
class ListView(Generic[R]):
    """A list of records of one kind. `heading` sums them up in the bar above.

    `outdated` stands above rows that may no longer be true, and says why; they are drawn faint.
    """

    kind: Kind
    belongs: Callable[[R], bool]
    columns: tuple[Column[R], ...]
    empty: Message
    heading: "Callable[[Sequence[R], Lookup], str]"
    title: str = ""
    details: tuple[DetailPage, ...] = ()
    search_text: "Callable[[R, Lookup], str] | None" = None
    outdated: Message | None = None


@dataclass(frozen=True, slots=True)
class FormView:
    """A page of widgets for one thing. `build` returns a console.sdk.forms.DetailView."""

    build: "Callable[[Context], object]"
    ref: Ref | None = None


View = ListView[Any] | FormView | Message
