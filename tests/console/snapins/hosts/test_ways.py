"""The ways to a server in words."""

from console.snapins.hosts import ways
from console.snapins.hosts.address import Way, of_uri


def test_each_way_is_offered_once_and_explained() -> None:
    offered = ways.titles()
    assert {way for way, _ in offered} == set(Way)
    assert len({title for _, title in offered}) == len(Way)
    assert all(ways.explanation(way) for way in Way)


def test_one_is_warned_of_what_anybody_can_read() -> None:
    assert [way for way in Way if ways.caution(way)] == [Way.TCP]


def test_the_examples_are_what_no_other_way_can_say() -> None:
    assert {of_uri(uri).way for uri in ways.EXAMPLES} == {Way.URI}
