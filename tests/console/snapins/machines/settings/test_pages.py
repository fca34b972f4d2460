"""The list and its pages: made when they are shown, forgotten when their device has gone."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend.settings import Place, Section
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.settings.conftest import Open
from tests.console.snapins.machines.settings.sheets import COUNT, PLACES, sheet


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


def test_tab_goes_from_the_list_through_the_page_to_the_buttons(opened: Open) -> None:
    shown = opened()
    shown.list.choose("processor/")
    assert shown.pages
    page = shown.pages.current
    assert page
    page.editor(COUNT).widget.setFocus()
    assert shown.list.nextInFocusChain() is not shown.xml_button
    met, widget = [], shown.list.nextInFocusChain()
    while widget is not None and widget is not shown.list:
        met.append(widget)
        widget = widget.nextInFocusChain()
    wanted = (page.editor(COUNT).widget, shown.xml_button, shown.cancel_button, shown.ok_button)
    places = [met.index(one) for one in wanted]
    assert places == sorted(places)


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


def test_so_it_does_on_the_page_that_is_shown_first(opened: Open, qtbot: QtBot) -> None:
    shown = opened()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    for key in (shown.list.key, "processor/", shown.list.key):
        shown.list.choose(key)
        shown.list.setFocus()
        area = shown.stack.currentWidget()
        assert area is not None
        found = []
        while shown.focusWidget() is not shown.ok_button:
            QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Tab)
            found.append(shown.focusWidget())
        inside = [area.isAncestorOf(one) for one in found]
        assert inside[0], "the page comes first"
        assert inside == sorted(inside, reverse=True), "and then what is below it"
        assert area not in found, "what scrolls is no stop of its own"
        assert found[-2] is shown.cancel_button
        assert shown.outcome.area in found
