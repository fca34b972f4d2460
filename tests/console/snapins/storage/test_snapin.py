"""The table of contents."""

from console.snapins.storage.snapin import contents


def test_it_brings_nodes_and_what_is_done_to_disks() -> None:
    assert [one.id for one in contents().actions] == ["storage.delete_volume"]
    assert len(contents().rules) == 2
