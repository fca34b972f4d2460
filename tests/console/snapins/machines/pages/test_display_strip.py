"""A sentence with its buttons, while there is one."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.model import DomainState, Record
from console.snapins.machines.pages.display import DisplayPage
from console.snapins.machines.pages.display_strip import Deed, DisplayStrip
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain, host

OFF = domain("web-01", DomainState.OFF)


def test_it_says_one_thing_and_offers_what_helps(qtbot: QtBot) -> None:
    done: list[str] = []
    home = QWidget()
    qtbot.addWidget(home)
    strip = DisplayStrip(home)
    home.show()
    assert not strip.isVisible()
    strip.say("Another program has it.", Deed("Take Back", lambda: done.append("back")))
    (button,) = strip.buttons
    assert strip.isVisible()
    assert strip.accessibleDescription() == "Another program has it."
    button.click()
    assert done == ["back"]
    strip.say("Another program has it.", Deed("Take Back", lambda: done.append("again")))
    assert strip.buttons == [button], "the same again is nothing new: the keyboard stays there"
    button.click()
    assert done == ["back", "again"], "it does what was said last"
    strip.say("It is here.")
    assert strip.buttons == []
    strip.clear()
    assert not strip.isVisible()


@pytest.fixture
def page(context: LentContext, qtbot: QtBot) -> Iterator[DisplayPage]:
    made = DisplayPage(context)
    qtbot.addWidget(made)
    made.show()
    made.wake()
    yield made
    made.sleep()


def test_a_machine_that_is_off_is_started_from_where_its_screen_comes(
    page: DisplayPage, context: LentContext
) -> None:
    page.set_record(OFF)
    assert page.strip.isVisible()
    (start,) = page.strip.buttons
    assert start.text() == "Start"
    start.click()
    assert context.submitted() == [("domain.start", OFF.ref.key)]
    page.set_record(replace(OFF, state=DomainState.RUNNING))
    assert page.strip.isHidden()


def test_of_two_that_are_off_the_one_that_is_shown_is_started(
    page: DisplayPage, context: LentContext
) -> None:
    other = domain("web-02", DomainState.OFF)
    page.set_record(OFF)
    page.set_record(other)
    (start,) = page.strip.buttons
    start.click()
    assert context.submitted() == [("domain.start", other.ref.key)]


def test_who_may_only_look_is_not_offered_a_start(
    page: DisplayPage, until: Callable[[Record], None]
) -> None:
    until(replace(host(), is_read_only=True))
    page.set_record(OFF)
    assert page.strip.isHidden()
