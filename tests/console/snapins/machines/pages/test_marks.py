import time

from pytestqt.qtbot import QtBot

from backend.errors import HostAway
from backend.journal.entry import Page, What, fact
from console.sdk.nodes import Tone
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
    assert [(mark.seconds, mark.text) for mark in marks.all()] == [(now - 30.0, "Started")]
    context.engine.write(entry(What.PAUSED, at=now), entry(What.SAVED, subject=OTHER))
    qtbot.waitUntil(lambda: [mark.text for mark in marks.all()] == ["Started", "Paused"])
    marks.stop()
    context.engine.write(entry(What.RESUMED))
    marks.follow(OTHER)
    qtbot.waitUntil(lambda: len(drawn) >= 3)
    assert "Paused" not in [mark.text for mark in marks.all() if mark.seconds > now]
    marks.follow(None)
    assert marks.all() == ()


def test_a_journal_that_does_not_answer_is_no_harm(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["journal.read"] = HostAway(host="x")
    marks = Marks(context, lambda: None)
    marks.follow(VM)
    qtbot.waitUntil(lambda: bool(context.engine.queries))
    assert marks.all() == ()
    marks.stop()
    assert context.problems == []


def test_the_journal_is_read_as_far_back_as_one_looks(context: LentContext, qtbot: QtBot) -> None:
    now = time.time()
    newest = Page((entry(What.STARTED, at=now - 30),), is_last=False)
    context.engine.answers["journal.read"] = newest
    marks = Marks(context, lambda: None)
    marks.follow(VM)
    qtbot.waitUntil(lambda: len(marks.all()) == 1)
    marks.look_back(now - 20)
    assert len(context.engine.queries) == 1, "it is known already"
    context.engine.answers["journal.read"] = Page((entry(What.SAVED, at=now - 9_000),))
    marks.look_back(now - 10_000)
    marks.look_back(now - 20_000)
    qtbot.waitUntil(lambda: [mark.text for mark in marks.all()] == ["Saved", "Started"])
    assert len(context.engine.queries) == 2, "one question at a time"
    marks.look_back(now - 99_000)
    assert len(context.engine.queries) == 2, "there is nothing further back"
    marks.stop()


def test_they_are_put_into_words_once(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["journal.read"] = Page((entry(What.STARTED),))
    marks = Marks(context, lambda: None)
    marks.follow(VM)
    qtbot.waitUntil(lambda: len(marks.all()) == 1)
    assert marks.all() is marks.all(), "a drag asks for them with each frame"
    context.engine.write(entry(What.PAUSED))
    qtbot.waitUntil(lambda: len(marks.all()) == 2)
    marks.stop()


def test_alerts_are_marked_as_they_begin_and_end(context: LentContext, qtbot: QtBot) -> None:
    now = time.time()
    about: dict[str, str | int] = {
        "measure": "cpu", "device": "", "unit": "share", "side": "above", "bound": "0.95",
        "duration_s": 600, "severity": "warning",
    }  # fmt: skip
    raised = entry(fact(What.ALERT_RAISED, **about), at=now - 600)
    ended = entry(fact(What.ALERT_ENDED, ending="calm", **about), at=now - 60)
    context.engine.answers["journal.read"] = Page((ended, raised))
    marks = Marks(context, lambda: None)
    marks.follow(VM)
    qtbot.waitUntil(lambda: len(marks.all()) == 2)
    assert [(mark.text, mark.tone) for mark in marks.all()] == [
        ("Alert: CPU usage above 95 % for 10 min", Tone.WARNING),
        ("Alert over: CPU usage above 95 %", Tone.GOOD),
    ]
    marks.stop()
