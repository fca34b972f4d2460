"""The ids of this snap-in's nodes, for whoever goes there."""

from typing import Final

from backend.model import Ref
from console.sdk.nodes import machines_node_id

__all__ = ["MACHINE", "MACHINES", "machine_node_id", "machines_node_id"]

MACHINES: Final = "machines"
MACHINE: Final = "machine"


def machine_node_id(ref: Ref) -> str:
    """Return the id of a machine's own node."""
    return f"{MACHINE}:{ref.host}:{ref.key}"
