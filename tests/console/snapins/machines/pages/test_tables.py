from collections.abc import Sequence

import pytest
from pytestqt.qtbot import QtBot
from typing_extensions import override

from backend.model import Kind, Record
from console.sdk.context import WHEREVER
from console.sdk.views import Cell
from console.snapins.machines.pages.tables import TablePage
from console.widgets.table_model import Line, TableColumn
from tests.console.snapins.lent import LentContext
from tests.fakes.engine import FakeEngine
from tests.fakes.estate import NAT, SHARER, WEB_01, estate


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(*estate())


class SwitchPage(TablePage):
    """A page of one line that leads to a switch, and one that leads nowhere."""

    beside = frozenset({Kind.NETWORK})
    drawn = 0

    @override
    def lines(self, record: Record) -> Sequence[Line]:
        self.drawn += 1
        return (Line(("to", NAT.ref), (Cell("nat"),)), Line("nowhere", (Cell("x"),)))

    @override
    def empty(self, record: Record | None) -> str:
        return "Nothing."


@pytest.fixture
def page(context: LentContext, qtbot: QtBot) -> SwitchPage:
    made = SwitchPage(context, "Switches", (TableColumn("Name"),))
    qtbot.addWidget(made)
    made.set_record(WEB_01)
    made.show()
    made.wake()
    return made


def test_a_line_leads_where_it_says(page: SwitchPage, context: LentContext) -> None:
    page.table.choose("nowhere")
    assert not page.show_button.isEnabled()
    page.table.choose(("to", NAT.ref))
    page.show_button.click()
    page.table.opened.emit("nowhere")
    assert context.places == [(WHEREVER, NAT.ref)]
    page.sleep()


def test_what_stands_beside_is_followed_while_somebody_looks(
    page: SwitchPage, context: LentContext, qtbot: QtBot
) -> None:
    before = page.drawn
    context.engine.drop(SHARER.ref)
    context.engine.drop(NAT.ref)
    qtbot.waitUntil(lambda: page.drawn == before + 1)
    page.sleep()
    context.engine.put(NAT)
    qtbot.waitUntil(lambda: context.lookup.any_record(NAT.ref) is not None)
    assert page.drawn == before + 1
    assert not page._soon.isActive()


def test_nothing_is_said_in_words(page: SwitchPage) -> None:
    page.set_record(None)
    assert page.table.empty_words == "Nothing."
    assert not page.copy.isEnabled()
    page.sleep()
