"""Ids of nodes differ where their machines differ, whatever their names."""

from backend.model import Kind, Ref
from console.snapins.machines import places
from tests.console.snapins.lent import LentContext


def test_ids() -> None:
    one, other = Ref("here", Kind.DOMAIN, "1"), Ref("there", Kind.DOMAIN, "1")
    assert places.machine_node_id(one) != places.machine_node_id(other)
    assert places.machines_node_id("here") == "machines:here"


def test_the_first_of_what_was_made_is_shown(context: LentContext) -> None:
    one, other = Ref("here", Kind.DOMAIN, "1"), Ref("here", Kind.DOMAIN, "2")
    for made in ((one, other), one, (), None):
        places.show_made(context, made)
    assert context.places == [("machines:here", one), ("machines:here", one)]
