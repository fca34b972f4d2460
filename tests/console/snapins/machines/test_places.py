"""Ids of nodes differ where their machines differ, whatever their names."""

from backend.model import Kind, Ref
from console.snapins.machines import places


def test_ids() -> None:
    one, other = Ref("here", Kind.DOMAIN, "1"), Ref("there", Kind.DOMAIN, "1")
    assert places.machine_node_id(one) != places.machine_node_id(other)
    assert places.machines_node_id("here") == "machines:here"
