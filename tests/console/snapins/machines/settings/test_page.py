"""A page of settings: what each field says of itself."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from backend.errors import Problem
from console.sdk.nodes import Tone
from console.snapins.machines.settings.draft import Draft
from console.snapins.machines.settings.page import SettingsPage
from console.snapins.machines.settings.planner import NO_PLAN
from tests.console.snapins.machines.settings.sheets import GIB, MEMORY, PLACES, pending, sheet


def made(qtbot: QtBot, draft: Draft) -> SettingsPage:
    page = SettingsPage(PLACES[0], draft)
    qtbot.addWidget(page)
    return page


def test_what_waits_for_the_next_start_can_be_taken_back(qtbot: QtBot) -> None:
    draft = Draft(pending(MEMORY, 4 * GIB))
    page = made(qtbot, draft)
    line = page.line(MEMORY)
    assert line.remark.text() == "Runs with 2 GiB until it is turned off."
    assert (line.chip.text(), line.chip.tone) == ("next start", Tone.WARNING)
    line.revert.click()
    assert page.editor(MEMORY).value == 2 * GIB
    assert draft.is_edited(MEMORY)


def test_locked_nothing_can_be_entered_or_taken_back(qtbot: QtBot) -> None:
    page = made(qtbot, Draft(pending(MEMORY, 4 * GIB)))
    page.show_standing(NO_PLAN, "It is away.")
    assert not page.editor(MEMORY).widget.isEnabled()
    assert page.line(MEMORY).revert.isHidden()
    page.show_standing(NO_PLAN, "")
    assert page.editor(MEMORY).widget.isEnabled()


def test_what_one_ought_to_know_stands_below(qtbot: QtBot) -> None:
    remark = Problem("ValueTooSmall", (("minimum", 8),))
    found = sheet()
    entries = (replace(found.entries[0], remark=remark), *found.entries[1:])
    page = made(qtbot, Draft(replace(found, entries=entries)))
    assert "8 at least" in page.line(MEMORY).remark.text()


def test_each_field_is_named_for_who_cannot_see(qtbot: QtBot) -> None:
    page = made(qtbot, Draft(sheet()))
    assert page.editor(MEMORY).widget.accessibleName() == "Startup memory"
    assert page.editor(MEMORY).widget.accessibleDescription() == "now"
