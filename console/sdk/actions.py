"""Actions: everything that can be done, once each, as data.

The actions pane, the Action menu, context menus and the keyboard are projections of one registry,
so they cannot disagree. An action stands in the pane while some selected record `applies`; it is
enabled unless `refusal` gives a reason (shown as the tooltip) for all of them.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from backend.model import Kind, Record

if TYPE_CHECKING:
    from console.sdk.context import Context
    from console.sdk.nodes import ScopeNode


class StandardVerb(Enum):
    """MMC's standard verbs that snap-ins can handle, each with the key everybody expects."""

    DELETE = "Del"
    RENAME = "F2"
    REFRESH = "F5"
    PROPERTIES = "Alt+Return"
    HELP = "F1"


@dataclass(frozen=True, slots=True)
class Selection:
    """What the user has chosen: a node of the tree and, maybe, records in its list."""

    node: "ScopeNode | None"
    records: tuple[Record, ...] = ()


Run = Callable[["Context", Selection], "Awaitable[None] | None"]


def always(_record: Record) -> bool:
    """Apply to every record."""
    return True


def never_refused(_record: Record) -> str:
    """Refuse nothing."""
    return ""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done to records of a kind (or to a node, see `NodeAction`).

    `section` is a number: a line is drawn where it changes. `run` gets only the records that apply
    and are not refused. `text` ends in "..." if it asks something first. `kind` None is any kind.
    `no_script` says why *Show as Script* has nothing to show; empty: `run` hands in verbs.
    Whatever does not say `only_looks` is refused where the connection gives no right to change.
    """

    id: str
    text: str
    icon: str
    kind: Kind | None
    run: Run
    applies: Callable[[Record], bool] = always
    refusal: Callable[[Record], str] = never_refused
    section: int = 0
    shortcut: str = ""
    verb: StandardVerb | None = None
    is_for_many: bool = True
    is_default: bool = False
    no_script: str = ""
    only_looks: bool = False


@dataclass(frozen=True, slots=True)
class NodeAction:
    """One thing that can be done at nodes of these types, whatever is selected in their list.

    Without types it stands at every node. `is_everywhere`: it belongs to no node at all, so the
    File menu has it and its keys work wherever one stands; the panes of the `node_types` show it
    beside. `no_script` and `only_looks` are as an `Action`'s.
    """

    id: str
    text: str
    icon: str
    node_types: tuple[str, ...]
    run: Run
    section: int = 0
    shortcut: str = ""
    verb: StandardVerb | None = None
    applies: "Callable[[Context, Selection], bool] | None" = None
    refusal: "Callable[[Context, Selection], str] | None" = None
    no_script: str = ""
    only_looks: bool = False
    is_everywhere: bool = False
