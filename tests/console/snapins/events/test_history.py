from dataclasses import replace

from backend.journal.entry import Cursor, Page, What
from backend.model import Kind, Ref
from console.snapins.events.history import History
from tests.fakes.entries import CELADON, OTHER, VM, entry


def test_pages_and_news_are_one_past() -> None:
    history = History(VM)
    oldest, middle, newest = (entry(What.STARTED, at=float(n)) for n in (1, 2, 3))
    assert history.entries == []
    history.add_page(Page((middle,), is_last=False), None)
    assert history.edge == Cursor(middle.at, middle.uid)
    assert not history.is_complete
    assert history.add_news([newest])
    history.add_page(Page((oldest,)), history.edge)
    assert history.entries == [newest, middle, oldest]
    assert history.is_complete


def test_the_newest_page_again_does_not_lose_how_far_one_was() -> None:
    history = History(VM)
    old, new = entry(What.STARTED, at=1.0), entry(What.PAUSED, at=9.0)
    history.add_page(Page((old,)), None)
    history.add_page(Page((new,), is_last=False), None)
    assert history.is_complete
    assert history.edge == Cursor(old.at, old.uid)
    assert history.entries == [new, old]


def test_one_that_is_told_again_replaces_itself() -> None:
    history = History(VM)
    first = entry(What.STARTED)
    history.add_news([first])
    history.add_news([replace(first, author=CELADON)])
    assert [found.author for found in history.entries] == [CELADON]


def test_only_its_own_are_its_news() -> None:
    history = History(VM)
    assert not history.add_news([entry(What.STARTED, subject=OTHER)])
    of_host = History(Ref(VM.host, Kind.HOST, VM.host))
    assert of_host.add_news([entry(What.STARTED, subject=OTHER)])
    assert not of_host.add_news([entry(What.STARTED, subject=Ref("x", Kind.DOMAIN, "y"))])
