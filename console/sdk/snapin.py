"""A snap-in: a table of contents that the shell reads once."""

from dataclasses import dataclass

from console.sdk.actions import Action, NodeAction
from console.sdk.nodes import NodeRule, ScopeNode


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What to offer when a job on a record failed so: an action, by its id."""

    message_id: str
    action_id: str


@dataclass(frozen=True, slots=True)
class SnapIn:
    """What one snap-in brings: nodes, rules for nodes, actions, in the order of the panes.

    `follow_ups` are the actions offered beside a failure ("did not shut down": Turn Off).
    """

    id: str
    title: str
    nodes: tuple[ScopeNode, ...] = ()
    rules: tuple[NodeRule, ...] = ()
    actions: tuple[Action, ...] = ()
    node_actions: tuple[NodeAction, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
