"""The list and its pages: made when they are shown, forgotten when their device has gone."""

from dataclasses import replace

from backend.settings import Place, Section
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.settings.conftest import Open
from tests.console.snapins.machines.settings.sheets import PLACES, sheet


def test_a_device_that_was_taken_out_takes_its_page_along(
    opened: Open, context: LentContext
) -> None:
    shown = opened()
    shown.list.choose("drive/vda")
    pages = shown.pages
    assert pages
    assert pages.current
    assert pages.current.accessibleName() == "Hard drive vda"
    assert shown.draft
    places = tuple(place for place in PLACES if place.section is not Section.DRIVE)
    shown.draft.follow(replace(sheet(), places=places))
    pages.show_standing(shown.planner.plan, "")
    assert shown.list.key == "add"
    assert pages.current is None


def test_a_device_that_came_has_its_page(opened: Open) -> None:
    shown = opened()
    assert shown.draft
    assert shown.pages
    new = Place(Section.ADAPTER, "52:54:00:00:00:01", ("network", "virtio", "nat"))
    shown.draft.follow(replace(sheet(), places=(*PLACES, new)))
    shown.pages.show_standing(shown.planner.plan, "")
    entry = next(e for e in shown.list.entries() if e.title == "Network adapter")
    assert entry.standing == "nat"
    shown.list.choose(entry.key)
    assert shown.pages.current
