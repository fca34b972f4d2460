"""The table of contents."""

from console.snapins.hosts.snapin import contents


def test_contents() -> None:
    snapin = contents()
    assert snapin.id == "hosts"
    assert {action.id for action in snapin.actions} >= {"host.reconnect", "host.refresh"}
