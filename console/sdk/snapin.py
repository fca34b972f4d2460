"""A snap-in: a table of contents that the shell reads once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from backend.journal.entry import Entry, What
from backend.model import Kind, Record, Ref
from console.sdk.actions import Action, NodeAction, always
from console.sdk.nodes import MarkRule, NodeRule, ScopeNode
from console.sdk.views import DetailPage, View

if TYPE_CHECKING:
    from console.sdk.context import Context, JobHandle


Changes = Mapping[str, object]
"""What was changed in a property sheet, by the names of its fields."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What to offer when a job on a record failed so: an action, by its id."""

    message_id: str
    action_id: str


@dataclass(frozen=True, slots=True)
class PropertyPage:
    """A tab of the property sheets of a kind, whichever snap-in the kind is of.

    `build` returns a console.sdk.property_page.SheetPage.
    """

    id: str
    title: str
    kind: Kind
    build: "Callable[[Context], object]"
    applies: Callable[[Record], bool] = always


@dataclass(frozen=True, slots=True)
class Amendment:
    """How the changes of a sheet, on whichever of its pages, are handed in: as one job."""

    kind: Kind
    submit: "Callable[[Context, Ref, Changes], JobHandle]"


@dataclass(frozen=True, slots=True)
class AskRule:
    """What records of a kind wait to be told by the user.

    `waits_for` returns what a record waits for (None: nothing), another value for each question;
    `build` the console.sdk.dialog.Dialog that asks it. The shell shows one at a time, and closes it
    when nobody waits any more.
    """

    kind: Kind
    waits_for: Callable[[Record], object | None]
    build: "Callable[[Context, Record], object]"


@dataclass(frozen=True, slots=True)
class Extension:
    """A page that a snap-in adds to those of others: of every record of these kinds."""

    kinds: tuple[Kind, ...]
    page: DetailPage


class Attendant(Protocol):
    """What does its work beside what is seen, as long as a window is open."""

    def close(self) -> None:
        """End it."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Where an entry of the journal that says so leads: to more about it.

    `open` shows it, and returns whether there was more.
    """

    what: What
    open: "Callable[[Context, Entry], bool]"


@dataclass(frozen=True, slots=True)
class SnapIn:
    """What one snap-in brings: nodes, rules for nodes, actions, in the order of the panes.

    `follow_ups` are the actions offered beside a failure ("did not shut down": Turn Off). A kind
    that has `pages` has the action Properties; what is changed there is handed in by `amendments`.
    `root_view` is what the root of the tree shows, from the first snap-in that has one.
    `extensions` come after the pages of the snap-in whose record it is. Each of the `attendants` is
    built for each window, soon after that is there, and closed with it.
    """

    id: str
    title: str
    nodes: tuple[ScopeNode, ...] = ()
    rules: tuple[NodeRule, ...] = ()
    actions: tuple[Action, ...] = ()
    node_actions: tuple[NodeAction, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    pages: tuple[PropertyPage, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    asks: tuple[AskRule, ...] = ()
    root_view: View | None = None
    extensions: tuple[Extension, ...] = ()
    attendants: "tuple[Callable[[Context], Attendant], ...]" = ()
    leads: tuple[Lead, ...] = ()
    marks: tuple[MarkRule, ...] = ()
