"""How far the past was read, and what is compared."""

from dataclasses import replace

from console.snapins.machines.history.past import FIRST, Against, Pair, Past
from tests.console.snapins.machines.history.changes import change, three


def read() -> Past:
    past = Past()
    past.add(three(), None)
    return past


def test_news_leave_how_far_the_past_was_read() -> None:
    past = read()
    edge = past.edge
    newer = change("m4", "m1")
    past.add(replace(three(), changes=(newer,), now="m1", is_last=False), None)
    assert past.is_complete
    assert (past.edge, past.now, past.changes[0]) == (edge, "m1", newer)


def test_before_the_oldest_change_is_known_once_all_is_read() -> None:
    past = Past()
    assert (past.first, past.edge) == ("", None)
    past.add(replace(three(), is_last=False), None)
    assert past.first == ""
    past.add(replace(three(), changes=()), past.edge)
    assert past.first == "m1"


def test_what_is_compared() -> None:
    past = read()
    newest, middle, oldest = past.changes
    keys = [one.entry.uid for one in past.changes]
    assert past.pair([], Against.BEFORE) is None
    assert past.pair(keys[:1], Against.BEFORE) == Pair("m3", "m4", newest)
    assert past.pair(keys[1:2], Against.NOW) == Pair("m3", "m4")
    assert past.pair(keys, Against.BEFORE) == Pair("m2", "m4")
    assert past.pair([keys[2], FIRST], Against.BEFORE) == Pair("m1", "m2")
    assert past.pair([FIRST], Against.BEFORE) == Pair("m1", "m4")
    assert past.find(middle.entry.uid) is middle
    assert past.mark(oldest.entry.uid) == "m2"
    assert past.mark("nothing") == ""
