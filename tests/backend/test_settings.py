"""The nouns of Settings: a page of each field, a base for edits, what of a plan is refused."""

from backend.errors import Problem
from backend.settings import (
    Basis,
    Bounds,
    Edit,
    Effect,
    Entry,
    Field,
    Place,
    Plan,
    PlannedChange,
    Section,
    Setting,
    Sheet,
    ValueKind,
)

STARTUP, NAME = Setting(Field.MEMORY_STARTUP), Setting(Field.NAME)


def entry(setting: Setting, next_start: str, live: str = "") -> Entry:
    pending = bool(live) and live != next_start
    return Entry(
        setting, ValueKind.TEXT, Bounds(), next_start, live, is_live=bool(live), is_pending=pending
    )


def test_a_sheet_is_read_by_page_and_by_setting() -> None:
    one, other = entry(STARTUP, "1", "2"), entry(NAME, "web", "web")
    sheet = Sheet(
        "web",
        is_running=True,
        is_persistent=True,
        places=(Place(Section.MEMORY),),
        entries=(one, other),
    )
    assert sheet.entry(NAME) == other
    assert sheet.entry(Setting(Field.NAME_NOTES)) is None
    assert sheet.of(Place(Section.MEMORY)) == (one,)
    assert sheet.pending == (Edit(STARTUP, "2"),)
    assert sheet.base == Basis(((STARTUP, "1"), (NAME, "web")))
    assert sheet.base.of([Edit(NAME, "x")]) == Basis(((NAME, "web"),))


def test_what_is_not_defined_is_edited_as_it_runs() -> None:
    assert Entry(NAME, ValueKind.TEXT, Bounds(), None, "runs", is_defined=False).value == "runs"


def test_a_plan_tells_what_is_refused() -> None:
    good = PlannedChange(STARTUP, 1, 2, Effect.NOW)
    bad = PlannedChange(NAME, "a", "b", Effect.REFUSED, Problem("NameTaken"))
    plan = Plan((good, bad))
    assert plan.refused == (bad,)
    assert plan.effect(STARTUP) == good
    assert plan.effect(Setting(Field.AUTOSTART)) is None
