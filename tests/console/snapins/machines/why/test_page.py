from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from backend.diagnosis.causes import Cause
from backend.diagnosis.examine import Diagnosis
from backend.errors import HostNotAnswering
from backend.history.failures import HistoryNotAnswering
from backend.model import DomainState
from console.snapins.machines.why.page import WhyPage
from tests.console.snapins.lent import LentContext
from tests.fakes.diagnoses import BUSY, judged
from tests.fakes.machines import domain

WEB = domain("web-01", DomainState.RUNNING)


@pytest.fixture
def page(context: LentContext, qtbot: QtBot) -> Iterator[WhyPage]:
    made = WhyPage(context)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.set_record(WEB)
    made.show()
    yield made
    made.sleep()


def shown(page: WhyPage) -> dict[object, tuple[str, ...]]:
    return {one.key: tuple(cell.text for cell in one.cells) for one in page.table.lines_model.lines}


def look(page: WhyPage, qtbot: QtBot, found: Diagnosis | Exception) -> None:
    page.context.engine.answers["slowness.judge"] = found  # type: ignore[attr-defined]
    page.wake()
    examiner = page.examiner
    qtbot.waitUntil(lambda: bool(examiner.diagnosis or examiner.problem))


def test_the_bottleneck_stands_above_and_its_line_is_chosen(page: WhyPage, qtbot: QtBot) -> None:
    look(page, qtbot, judged(BUSY))
    assert page.strip.isVisible()
    assert page.strip.title.text().startswith("The server has no processor free")
    assert list(shown(page)) == list(Cause)
    name, word, figure, told = shown(page)[Cause.CPU_CONTENTION]
    assert (name, word, figure) == ("Processors of the server", "Likely", "48 %")
    assert told.startswith("Waits 48 %")
    assert page.table.current_key() is Cause.CPU_CONTENTION
    assert "Move one to another server" in page.advice.text()
    assert page.strip.button.nextInFocusChain() is page.table
    assert page.strip.title.text() in page.strip.button.accessibleName()


def test_the_way_on_is_that_of_the_chosen_line(
    page: WhyPage, qtbot: QtBot, context: LentContext
) -> None:
    look(page, qtbot, judged(BUSY))
    page.strip.button.click()
    assert context.pages == ["server_performance"]
    page.table.choose(Cause.HOST_MEMORY)
    page.show_button.click()
    page.table.opened.emit(Cause.HOST_MEMORY)
    assert context.pages == ["server_performance"] * 3
    page.table.choose(Cause.CPU_FULL)
    assert page.show_button.text() == "Open Settings..."
    assert "(Work inside the guest)" in page.show_button.accessibleName()


def test_nothing_found_is_calm_and_leads_nowhere(page: WhyPage, qtbot: QtBot) -> None:
    look(page, qtbot, judged())
    assert page.strip.title.text() == "Nothing holds this machine up."
    assert not page.strip.button.isVisible()
    assert not page.show_button.isEnabled()
    assert not page.advice.isVisible()
    assert page.copy.isEnabled()


def test_too_few_figures_are_told_as_that(page: WhyPage, qtbot: QtBot) -> None:
    page.wake()
    assert page.table.empty_words == "Examining..."
    page.sleep()
    look(page, qtbot, replace(judged(), read_s=20.0))
    assert "So far 20 s of figures" in page.table.empty_words
    assert not page.strip.isVisible()


def test_a_machine_that_is_off_says_so(page: WhyPage, qtbot: QtBot) -> None:
    page.set_record(domain("web-01", DomainState.OFF))
    look(page, qtbot, replace(judged(), read_s=0.0))
    assert page.table.empty_words == "Off: its figures appear here as soon as it runs."


def test_of_the_time_before_it_stood_still_it_is_told(page: WhyPage, qtbot: QtBot) -> None:
    page.set_record(domain("web-01", DomainState.PAUSED))
    look(page, qtbot, judged(BUSY))
    assert page.strip.detail.text().endswith("Paused: it stands still.")


def test_what_cannot_be_judged_is_told(page: WhyPage, qtbot: QtBot) -> None:
    look(page, qtbot, HistoryNotAnswering(seconds=20))
    assert "20 s" in page.table.empty_words
    page.sleep()
    look(page, qtbot, HostNotAnswering(seconds=7))
    assert page.table.empty_words
    assert page.table.empty_words != "Examining..."


def test_tab_comes_to_the_way_on_before_the_table(context: LentContext, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    before, page, behind = QLineEdit(), WhyPage(context), QLineEdit()
    for part in (before, page, behind):
        column.addWidget(part)
    wanted = [before, page.strip.button, page.table, page.copy, page.show_button, behind]
    found: list[QWidget] = [before]
    while (following := found[-1].nextInFocusChain()) not in (None, before):
        assert following
        found.append(following)
    assert [one for one in found if one in wanted] == wanted
