import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot
from typing_extensions import override

from backend.model import Domain, DomainState, HostState, Record
from backend.series import Sample
from console.snapins.machines.pages.chart_kinds import machine_charts
from console.snapins.machines.pages.charts_page import ChartsPage
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain, host, reading

WEB = domain("web-01", DomainState.RUNNING, memory_gib=2)


class Page(ChartsPage[Domain]):
    """One that says what it is asked."""

    def __init__(self, context: LentContext) -> None:
        super().__init__(context, Domain, machine_charts(), "Charts")
        self.column.addWidget(self.pane)
        self.told: list[str] = []

    @override
    def drawn(self, thing: Domain) -> None:
        self.told.append(thing.name)

    @override
    def instead(self, thing: Domain, samples: Sequence[Sample]) -> str:
        return "" if samples else "Nothing yet."

    @override
    def why_less(self, thing: Domain, *, is_any: bool) -> str:
        return "" if is_any else "Nothing was read."


@pytest.fixture
def page(context: LentContext, qtbot: QtBot) -> Page:
    made = Page(context)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    made.set_record(WEB)
    made.wake()
    return made


def test_while_there_is_nothing_words_stand_for_the_charts(
    page: Page, context: LentContext, qtbot: QtBot
) -> None:
    assert (page.pane.words.text(), page.pane.trouble.text()) == ("Nothing yet.", "")
    context.engine.sample(replace(reading(WEB.ref, time.monotonic(), 0.5), when=time.time()))
    qtbot.waitUntil(lambda: bool(context.lookup.samples(WEB.ref)))
    page.refresh()
    assert (page.pane.words.text(), page.pane.trouble.text()) == ("", "")
    assert set(page.told) == {"web-01"}
    page.sleep()


def test_in_the_past_the_charts_stand_there_and_it_is_said_why_they_are_empty(page: Page) -> None:
    page.pane.view.move(-600)
    page.refresh()
    assert (page.pane.words.text(), page.pane.trouble.text()) == ("", "Nothing was read.")
    page.sleep()


def test_of_a_server_that_is_away_that_is_said_first(
    page: Page, until: Callable[[Record], None]
) -> None:
    page.instead = lambda *_asked: ""  # type: ignore[method-assign]
    until(replace(host(), state=HostState.AWAY))
    page.refresh()
    assert "out of reach" in page.pane.trouble.text()
    page.sleep()


def test_its_marks_follow_what_is_shown(page: Page) -> None:
    other = domain("db-01", DomainState.RUNNING)
    assert page.pane._marks._ref == WEB.ref
    page.set_record(other)
    assert page.pane._marks._ref == other.ref
    page.sleep()


def test_where_nothing_is_marked_no_entries_are_read(page: Page) -> None:
    page.sleep()
    page.is_marked = False  # type: ignore[misc]
    page.wake()
    assert page.pane._marks._ref is None
    page.sleep()


def test_of_another_kind_nothing_is_drawn(page: Page) -> None:
    told = len(page.told)
    page.set_record(host())
    assert len(page.told) == told
    page.sleep()
