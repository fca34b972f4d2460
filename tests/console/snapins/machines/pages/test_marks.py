import time

from pytestqt.qtbot import QtBot

from backend.errors import HostAway
from backend.journal.entry import Page, What
from console.snapins.machines.pages.marks import Marks
from tests.console.snapins.lent import LentContext
from tests.fakes.entries import OTHER, VM, entry


def test_what_happened_and_what_happens_is_marked(context: LentContext, qtbot: QtBot) -> None:
    now = time.time()
    told = (entry(What.STARTED, at=now - 30), entry(What.AGENT_CONNECTED, at=now - 20))
    context.engine.answers["journal.read"] = Page(told)
    drawn: list[None] = []
    marks = Marks(context, lambda: drawn.append(None))
    marks.follow(VM)
    qtbot.waitUntil(lambda: len(drawn) == 1)
    assert [(mark.seconds, mark.text) for mark in marks.at(now)] == [(-30.0, "Started")]
    context.engine.write(entry(What.PAUSED, at=now), entry(What.SAVED, subject=OTHER))
    qtbot.waitUntil(lambda: [mark.text for mark in marks.at(now)] == ["Started", "Paused"])
    marks.stop()
    context.engine.write(entry(What.RESUMED))
    marks.follow(OTHER)
    qtbot.waitUntil(lambda: len(drawn) >= 3)
    assert "Paused" not in [mark.text for mark in marks.at(now) if mark.seconds > 0]
    marks.follow(None)
    assert marks.at(now) == ()


def test_a_journal_that_does_not_answer_is_no_harm(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["journal.read"] = HostAway(host="x")
    marks = Marks(context, lambda: None)
    marks.follow(VM)
    qtbot.waitUntil(lambda: bool(context.engine.queries))
    assert marks.at(time.time()) == ()
    marks.stop()
    assert context.problems == []
