"""What was entered and not handed in: it holds against others until the user says otherwise."""

from dataclasses import replace

from backend.settings import Edit
from console.snapins.machines.settings.draft import Draft
from tests.console.snapins.machines.settings.sheets import (
    COUNT,
    GIB,
    MEMORY,
    NOTES,
    pending,
    sheet,
)


def test_the_value_that_there_is_takes_an_edit_back() -> None:
    draft = Draft(sheet())
    draft.put(MEMORY, 4 * GIB)
    assert list(draft.edits) == [Edit(MEMORY, 4 * GIB)]
    assert draft.value(MEMORY) == 4 * GIB
    draft.put(MEMORY, 2 * GIB)
    assert not draft.edits


def test_what_nobody_edits_follows_and_is_told() -> None:
    draft = Draft(sheet())
    draft.put(MEMORY, 4 * GIB)
    draft.follow(sheet(PROCESSOR_COUNT=4))
    assert draft.value(COUNT) == 4
    assert draft.elsewhere == {COUNT: (2, 4)}
    assert draft.conflicts == {}
    assert draft.edits == (Edit(MEMORY, 4 * GIB),)
    assert dict(draft.base.values)[COUNT] == 4
    draft.dismiss()
    assert draft.elsewhere == {}


def test_the_same_field_is_a_conflict_and_the_base_stays() -> None:
    draft = Draft(sheet())
    draft.put(COUNT, 3)
    draft.follow(sheet(PROCESSOR_COUNT=4))
    assert draft.conflicts == {COUNT: (2, 4)}
    assert draft.value(COUNT) == 3
    assert dict(draft.base.values)[COUNT] == 2


def test_mine_moves_the_base_and_theirs_drops_the_edit() -> None:
    mine, theirs = Draft(sheet()), Draft(sheet())
    for draft in (mine, theirs):
        draft.put(COUNT, 3)
        draft.follow(sheet(PROCESSOR_COUNT=4))
    mine.keep_mine()
    assert (mine.edits, mine.conflicts) == ((Edit(COUNT, 3),), {})
    assert dict(mine.base.values)[COUNT] == 4
    theirs.take_theirs()
    assert (theirs.edits, theirs.value(COUNT)) == ((), 4)
    assert dict(theirs.base.values)[COUNT] == 4


def test_who_enters_what_others_made_it_has_no_edit() -> None:
    draft = Draft(sheet())
    draft.put(COUNT, 4)
    draft.follow(sheet(PROCESSOR_COUNT=4))
    assert draft.edits == ()


def test_a_change_that_is_taken_back_elsewhere_is_none() -> None:
    draft = Draft(sheet())
    draft.put(COUNT, 3)
    for count in (4, 2):
        draft.follow(sheet(PROCESSOR_COUNT=count))
    assert (draft.elsewhere, draft.conflicts) == ({}, {})
    draft = Draft(sheet())
    for count in (4, 2):
        draft.follow(sheet(PROCESSOR_COUNT=count))
    assert draft.elsewhere == {}


def test_a_device_that_was_taken_out_takes_its_edit_along() -> None:
    draft = Draft(sheet())
    draft.put(NOTES, "new")
    gone = tuple(one for one in sheet().entries if one.setting != NOTES)
    draft.follow(replace(sheet(), entries=gone))
    assert (draft.edits, draft.lost) == ((), (NOTES,))


def test_revert_takes_back_an_edit_and_then_what_waits() -> None:
    draft = Draft(pending(MEMORY, 4 * GIB))
    draft.put(MEMORY, 8 * GIB)
    draft.revert(MEMORY)
    assert not list(draft.edits)
    draft.revert(MEMORY)
    assert list(draft.edits) == [Edit(MEMORY, 2 * GIB)]


def test_what_was_handed_in_is_no_change_from_elsewhere() -> None:
    draft = Draft(sheet())
    draft.put(COUNT, 4)
    draft.settle(sheet(PROCESSOR_COUNT=4))
    assert (draft.edits, draft.elsewhere, draft.value(COUNT)) == ((), {}, 4)
