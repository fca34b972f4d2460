"""Storage in the tree."""

from console.sdk.nodes import host_node_id
from console.sdk.views import ListView
from console.snapins.storage import nodes
from tests.console.snapins.storage.test_columns import POOL, VOLUME
from tests.fakes.machines import host

HOSTS, POOLS = nodes.rules()


def test_a_host_has_storage_and_a_pool_its_volumes() -> None:
    (storage,) = HOSTS.build(host())
    assert (storage.id, storage.parent) == ("storage:here", host_node_id("here"))
    (pool,) = POOLS.build(POOL)
    assert (pool.parent, pool.text) == ("storage:here", "default")
    assert isinstance(pool.view, ListView)
    assert pool.view.belongs(VOLUME)
    assert POOLS.build(POOL) == (pool,)


def test_rules_take_only_their_own_records() -> None:
    assert HOSTS.build(POOL) == ()
    assert POOLS.build(host()) == ()
