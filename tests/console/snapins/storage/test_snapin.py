"""The table of contents."""

from console.snapins.storage.snapin import contents


def test_it_is_to_look_at() -> None:
    assert contents().actions == ()
    assert len(contents().rules) == 2
