"""Virtual switches in the tree."""

from console.sdk.nodes import host_node_id
from console.sdk.views import ListView
from console.snapins.networks import nodes
from tests.console.snapins.networks.test_columns import LAN
from tests.fakes.machines import host

(RULE,) = nodes.rules()


def test_a_host_has_its_switches() -> None:
    (node,) = RULE.build(host())
    assert (node.id, node.parent) == ("networks:here", host_node_id("here"))
    assert isinstance(node.view, ListView)
    assert node.view.belongs(LAN)
    assert RULE.build(LAN) == ()
