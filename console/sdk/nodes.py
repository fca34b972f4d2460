"""Scope nodes: what stands in the tree, as a projection of the records.

A snap-in does not build a tree. It gives rules, each from one record to the nodes it brings, and
the shell keeps the tree in step with the inventory. A node hangs below another by that one's id,
so a snap-in extends the nodes of another (MMC's namespace extension) by naming it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from backend.model import Kind, Record, Ref
from console.sdk.views import View


class Tone(Enum):
    """What a mark is to say at a glance, always beside an icon and a word."""

    PLAIN = "plain"
    MUTED = "muted"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class ScopeNode:
    """One node of the tree. `parent` is a node's id, "" for the root; `rank` sorts before the text.

    `ref` is the record it stands for, if any: its actions are then the selection's actions of that
    record. `node_type` names the kind of node for actions and extensions ("machines", "host"), and
    `host` is the id of the host it is of. `state` says in a word what the icon shows. "{left}" in
    the remark is the time until `counts_to`.
    """

    id: str
    parent: str
    text: str
    icon: str
    node_type: str
    view: View
    ref: Ref | None = None
    tone: Tone = Tone.PLAIN
    remark: str = ""
    state: str = ""
    counts_to: float | None = None
    host: str = ""
    rank: int = 0
    is_expanded: bool = True


@dataclass(frozen=True, slots=True)
class NodeRule:
    """From each record of a kind to the nodes that it brings; called again when it changes."""

    kind: Kind
    build: Callable[[Record], tuple[ScopeNode, ...]]


@dataclass(frozen=True, slots=True)
class Mark:
    """What one has to see of `subject` without going there; its node and all above it show it.

    `words` say what it is at the node itself, `below` in a word or two at those above.
    """

    subject: Ref
    icon: str
    tone: Tone
    words: str
    below: str


@dataclass(frozen=True, slots=True)
class MarkRule:
    """From each record of a kind to the mark that it is for another; called when it changes."""

    kind: Kind
    build: Callable[[Record], Mark | None]


def host_node_id(host: str) -> str:
    """Return the id of a host's node, below which every snap-in hangs what it has of that host."""
    return f"host:{host}"


def machines_node_id(host: str) -> str:
    """Return the id of the node that lists a host's machines: where one wants to go first."""
    return f"machines:{host}"
