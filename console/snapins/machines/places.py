"""The ids of this snap-in's nodes, for whoever goes there."""

from typing import Final

from backend.model import Ref
from console.sdk.context import Context
from console.sdk.nodes import machines_node_id

__all__ = ["MACHINE", "MACHINES", "machine_node_id", "machines_node_id", "show_made"]

MACHINES: Final = "machines"
MACHINE: Final = "machine"


def machine_node_id(ref: Ref) -> str:
    """Return the id of a machine's own node."""
    return f"{MACHINE}:{ref.host}:{ref.key}"


def show_made(context: Context, made: object) -> None:
    """Go to the machine, or the first of the machines, that a job says it has made."""
    first = made[0] if isinstance(made, tuple) and made else made
    if isinstance(first, Ref):
        context.navigate(machines_node_id(first.host), first)
