"""The ids of this snap-in's nodes, for whoever goes there."""

from typing import Final

from backend.model import Ref

MACHINES: Final = "machines"
MACHINE: Final = "machine"


def machines_node_id(host: str) -> str:
    """Return the id of the node "Virtual Machines" of a host."""
    return f"{MACHINES}:{host}"


def machine_node_id(ref: Ref) -> str:
    """Return the id of a machine's own node."""
    return f"{MACHINE}:{ref.host}:{ref.key}"
