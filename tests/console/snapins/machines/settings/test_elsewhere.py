"""What is said across the sheet, and what its buttons do."""

from backend.settings import Edit
from console.snapins.machines.settings import elsewhere
from console.snapins.machines.settings.draft import Draft
from tests.console.snapins.machines.settings.sheets import COUNT, GIB, sheet


def test_a_lock_comes_before_all_else() -> None:
    draft = Draft(sheet())
    assert elsewhere.note(draft, "") == elsewhere.Note()
    draft.follow(sheet(PROCESSOR_COUNT=4))
    assert elsewhere.note(draft, "Away.").words == "Away."


def test_what_is_merged_is_told_and_what_is_not_is_asked() -> None:
    draft = Draft(sheet())
    draft.follow(sheet(MEMORY_STARTUP=4 * GIB))
    told = elsewhere.note(draft, "")
    assert "Startup memory 2 GiB → 4 GiB" in told.words
    assert [key for key, _words in told.buttons] == ["read"]
    draft.put(COUNT, 3)
    draft.follow(sheet(PROCESSOR_COUNT=4))
    asked = elsewhere.note(draft, "")
    assert "Virtual processors 2 → 4" in asked.words
    assert [key for key, _words in asked.buttons] == ["mine", "theirs"]


def test_its_buttons_decide() -> None:
    draft = Draft(sheet())
    draft.put(COUNT, 3)
    draft.follow(sheet(PROCESSOR_COUNT=4))
    elsewhere.press(draft, "mine")
    assert (draft.edits, elsewhere.note(draft, "").words) == ((Edit(COUNT, 3),), "")


def test_of_many_the_first_are_told_and_the_rest_counted() -> None:
    draft = Draft(sheet())
    draft.follow(
        sheet(MEMORY_STARTUP=GIB, PROCESSOR_COUNT=4, NAME="x", NAME_NOTES="y", AUTOSTART=True)
    )
    assert elsewhere.note(draft, "").words.endswith("and 2 more.")
