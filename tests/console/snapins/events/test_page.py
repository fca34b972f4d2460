import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from backend.journal.entry import Cursor, Entry, Page, What, fact
from backend.journal.failures import JournalFull, JournalNotAnswering
from backend.model import Kind, Ref, StorageVolume
from console.sdk.context import WHEREVER
from console.sdk.snapin import Lead
from console.snapins.events.page import PAGE, EventsPage, of_a_host
from tests.console.snapins.lent import LentContext
from tests.fakes.entries import CELADON, OTHER, VM, entry
from tests.fakes.machines import domain, host

NOW = time.time()


@pytest.fixture
def page(context: LentContext, qtbot: QtBot) -> EventsPage:
    made = EventsPage(context)
    qtbot.addWidget(made)
    made.resize(900, 400)
    return made


def shown(page: EventsPage) -> list[str]:
    return [line.cells[-3].text for day in page.table.lines_model.lines for line in day.below]


def seen(page: EventsPage, context: LentContext, qtbot: QtBot, *pages: Page) -> None:
    """Show the page of web-01; each question to the journal gets the next of these pages."""
    context.engine.answers["journal.read"] = pages[0]
    page.set_record(domain("web-01"))
    page.show()
    page.wake()
    qtbot.waitUntil(lambda: page._fetching is None)


def test_it_shows_what_was_written(page: EventsPage, context: LentContext, qtbot: QtBot) -> None:
    told = (entry(What.PAUSED, at=NOW), entry(What.STARTED, at=NOW - 5, author=CELADON))
    seen(page, context, qtbot, Page(told))
    assert shown(page) == ["Paused", "Started"]
    question = context.engine.queries[-1]
    assert (question.ref, question.arguments) == (VM, (None, PAGE))


def test_it_follows_what_happens(page: EventsPage, context: LentContext, qtbot: QtBot) -> None:
    seen(page, context, qtbot, Page())
    assert page.table.empty_words.startswith("Nothing has happened")
    context.engine.write(entry(What.STARTED), entry(What.PAUSED, subject=OTHER))
    qtbot.waitUntil(lambda: shown(page) == ["Started"])
    page.sleep()
    context.engine.write(entry(What.SAVED))
    context.engine.answers["journal.read"] = Page((entry(What.SAVED),))
    page.wake()
    qtbot.waitUntil(lambda: shown(page)[0] == "Saved")


def test_the_past_comes_as_one_scrolls_there(
    page: EventsPage, context: LentContext, qtbot: QtBot
) -> None:
    newest = tuple(entry(What.STARTED, at=NOW - n) for n in range(100))
    seen(page, context, qtbot, Page(newest, is_last=False))
    assert len(shown(page)) == 100
    older = entry(What.CREATED, at=NOW - 1000)
    context.engine.answers["journal.read"] = Page((older,))
    bar = page.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: len(shown(page)) == 101)
    last = newest[-1]
    assert context.engine.queries[-1].arguments == (Cursor(last.at, last.uid), PAGE)
    count = len(context.engine.queries)
    bar.setValue(0)
    bar.setValue(bar.maximum())
    assert len(context.engine.queries) == count, "there is nothing older, and nobody asks again"


def test_a_filter_looks_into_the_past_until_it_has_enough(
    page: EventsPage, context: LentContext, qtbot: QtBot
) -> None:
    newest = tuple(entry(What.STARTED, at=NOW - n) for n in range(100))
    seen(page, context, qtbot, Page(newest, is_last=False))
    context.engine.answers["journal.read"] = Page((entry(What.CREATED, at=NOW - 900),))
    page.filter_box.setText("creat")
    qtbot.waitUntil(lambda: shown(page) == ["Created"])
    page.filter_box.setText("nothing of that kind")
    assert "nothing of that kind" in page.table.empty_words
    assert not page.export.isEnabled()


def test_why_it_is_not_kept_stands_above(
    page: EventsPage, context: LentContext, qtbot: QtBot
) -> None:
    problem = JournalFull(path="/var/j").problem
    seen(page, context, qtbot, Page((entry(What.STARTED),), problem=problem))
    assert "/var/j" in page._problem.text()
    assert page._problem.isVisibleTo(page)
    assert shown(page) == ["Started"]


def test_a_question_that_fails_is_said(
    page: EventsPage, context: LentContext, qtbot: QtBot
) -> None:
    context.engine.answers["journal.read"] = JournalNotAnswering(seconds=10)
    page.set_record(domain("web-01"))
    page.show()
    page.wake()
    qtbot.waitUntil(lambda: page._problem.isVisibleTo(page))
    assert "network drive" in page._problem.text()
    context.engine.answers["journal.read"] = Page()
    page.sleep()
    page.wake()
    qtbot.waitUntil(lambda: not page._problem.isVisibleTo(page))


def test_another_machine_has_another_past(
    page: EventsPage, context: LentContext, qtbot: QtBot
) -> None:
    seen(page, context, qtbot, Page((entry(What.STARTED),)))
    context.engine.answers["journal.read"] = Page((entry(What.PAUSED, subject=OTHER),))
    page.set_record(domain("db-01"))
    qtbot.waitUntil(lambda: shown(page) == ["Paused"])


def test_it_is_copied_and_exported(
    page: EventsPage,
    context: LentContext,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen(page, context, qtbot, Page((entry(What.PAUSED), entry(What.STARTED, at=NOW - 9))))
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0] == "Time\tEvent\tBy\tDetails"
    assert [row.split("\t")[1] for row in copied[1:]] == ["Paused", "Started"]
    opened: list[QFileDialog] = []
    monkeypatch.setattr(QFileDialog, "open", lambda self: opened.append(self))  # noqa: PLW0108  # bound
    page.export.click()
    opened[0].fileSelected.emit(str(tmp_path / "e.tsv"))
    assert page._aside.finish(5)
    assert (tmp_path / "e.tsv").read_text(encoding="utf-8") == page.table.text()
    page.export.click()
    opened[1].fileSelected.emit(str(tmp_path / "no" / "e.tsv"))
    qtbot.waitUntil(lambda: "Choose another one" in page._problem.text())


def test_a_host_tells_of_all_and_leads_there(context: LentContext, qtbot: QtBot) -> None:
    page = of_a_host(context)
    qtbot.addWidget(page)
    told = entry(What.STARTED, subject=OTHER)
    context.engine.answers["journal.read"] = Page((told,))
    page.set_record(host())
    page.show()
    page.wake()
    qtbot.waitUntil(lambda: shown(page) == ["Started"])
    page.table.opened.emit(told.uid)
    assert context.places == [(WHEREVER, OTHER)]
    page.sleep()


def test_a_disk_that_was_left_leads_to_where_it_can_be_deleted(
    page: EventsPage, context: LentContext, qtbot: QtBot
) -> None:
    pool = Ref("here", Kind.STORAGE_POOL, "p")
    volume = StorageVolume(
        Ref("here", Kind.STORAGE_VOLUME, "/i/a"), pool, "a", "/i/a", "qcow2", 1, 1
    )
    told = entry(fact(What.FILE_LEFT, name="a", path="/i/a"), at=NOW)
    seen(page, context, qtbot, Page((told,)))
    assert shown(page) == ["Virtual hard disk “a” was left"]
    page.table.opened.emit(told.uid)
    assert context.places == [], "it is gone by now"
    context.engine.put(volume)
    qtbot.waitUntil(lambda: context.lookup.any_record(volume.ref) is not None)
    page.table.opened.emit(told.uid)
    assert context.places == [(WHEREVER, volume.ref)]


def test_the_time_says_how_long_ago(page: EventsPage, context: LentContext, qtbot: QtBot) -> None:
    told = entry(What.STARTED, at=NOW - 3600)
    seen(page, context, qtbot, Page((told,)))
    index = page.table.lines_model.find(told.uid)
    assert "ago" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_an_event_leads_where_another_snap_in_says_so(context: LentContext, qtbot: QtBot) -> None:
    opened: list[Entry] = []

    def follow(_context: object, told: Entry) -> bool:
        opened.append(told)
        return True

    page = EventsPage(context, (Lead(What.CONFIGURED, follow),))
    qtbot.addWidget(page)
    changed = entry(fact(What.CONFIGURED, before="m1", after="m2"))
    started = entry(What.STARTED, at=changed.at - 5)
    seen(page, context, qtbot, Page((changed, started)))
    page.table.opened.emit(started.uid)
    page.table.opened.emit(changed.uid)
    assert opened == [changed]
    page.sleep()
