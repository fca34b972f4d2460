"""How pages stand in a line, and what handing in will do."""

from backend.errors import Problem
from backend.settings import Effect, Place, Plan, PlannedChange, Section
from console.sdk.nodes import Tone
from console.snapins.machines.settings import standing
from console.snapins.machines.settings.draft import Draft
from tests.console.snapins.machines.settings.sheets import (
    AUTOSTART,
    COUNT,
    GIB,
    MEMORY,
    NAME,
    NOTES,
    PLACES,
    pending,
    sheet,
)

MEMORY_PAGE, PROCESSOR_PAGE, DRIVE_PAGE, NAME_PAGE, START_PAGE = PLACES


def test_a_page_tells_its_value_and_what_it_will_be() -> None:
    draft = Draft(sheet())
    assert standing.line(draft, MEMORY_PAGE) == ("2 GiB", Tone.MUTED)
    assert standing.line(draft, PROCESSOR_PAGE) == ("2 processors", Tone.MUTED)
    assert standing.line(draft, DRIVE_PAGE)[0] == "web-01.qcow2"
    assert standing.line(draft, START_PAGE)[0] == "never"
    draft.put(MEMORY, 4 * GIB)
    assert standing.line(draft, MEMORY_PAGE) == ("2 GiB → 4 GiB", Tone.WARNING)


def test_what_waits_for_the_next_start_is_marked() -> None:
    draft = Draft(pending(MEMORY, 4 * GIB))
    assert standing.line(draft, MEMORY_PAGE) == ("2 GiB → 4 GiB", Tone.WARNING)


def test_what_is_not_in_the_line_is_marked_too() -> None:
    draft = Draft(sheet())
    draft.put(NOTES, "new")
    assert standing.line(draft, NAME_PAGE) == ("web-01, changed", Tone.WARNING)


def test_the_outcome_says_when_and_why() -> None:
    plan = Plan(
        (
            PlannedChange(COUNT, 2, 4, Effect.NEXT_START),
            PlannedChange(AUTOSTART, before=False, after=True, effect=Effect.NOW),
            PlannedChange(NAME, "a", "b", Effect.REFUSED, Problem("NameTaken", (("name", "b"),))),
            PlannedChange(MEMORY, GIB, 2 * GIB, Effect.NEXT_START, is_consequence=True),
        )
    )
    lines = standing.outcome(plan, sheet())
    assert [line.tone for line in lines] == [Tone.BAD, Tone.GOOD, Tone.WARNING, Tone.WARNING]
    told = [line.words for line in lines]
    assert told[0].startswith("Refused: Name a → b. ")
    assert told[1:] == [
        "Now: Automatic start on",
        "At the next start: Virtual processors 2 → 4",
        "At the next start: Startup memory 1 GiB → 2 GiB (follows from it)",
    ]


def test_a_page_with_nothing_on_it_is_not_shown() -> None:
    assert not standing.is_shown(sheet(), Place(Section.WATCHDOG))
    assert standing.is_shown(sheet(), DRIVE_PAGE)
    assert standing.can_go(DRIVE_PAGE)
    assert not standing.can_go(MEMORY_PAGE)


def test_a_line_says_what_is_there_in_the_users_words() -> None:
    def summary(place: Place) -> str:
        return standing.summary(place, (), lambda entry: entry.value)

    assert summary(Place(Section.INPUT, "mouse", ("mouse", "ps2"))) == "Mouse, PS/2"
    assert summary(Place(Section.SECURITY)) == "None"
    assert summary(Place(Section.WATCHDOG)) == "None"
    assert summary(Place(Section.PANIC)) == "None"
