"""A page of a wizard looks for what it needs beside the user, and says so until it knows."""

from collections.abc import Awaitable, Callable, Iterator
from typing import cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backend.errors import NameTaken, Problem
from console.bridge.promises import Coroutines, Promise
from console.sdk import wording
from console.sdk.context import Context
from console.sdk.wizard import Wizard
from console.sdk.wizard_page import WizardPage


class Lent:
    """As much of a context as a wizard needs."""

    def __init__(self) -> None:
        self.coroutines = Coroutines()
        self.run = self.coroutines.run


@pytest.fixture
def lent(qtbot: QtBot) -> Iterator[Context]:
    lent = Lent()
    yield cast("Context", lent)
    lent.coroutines.close()


def shown(qtbot: QtBot, page: WizardPage) -> Wizard:
    wizard = Wizard(page.context, "New Thing", "Finish", (page,))
    wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(wizard)
    wizard.show()
    return wizard


def test_a_page_looks_for_what_it_needs_and_says_so(lent: Context, qtbot: QtBot) -> None:
    one = WizardPage(lent, "Name", "Specify Name")
    found: Promise[None] = Promise()
    wizard = shown(qtbot, one)
    one.look(_waiting_for(found), "Looking for names...")
    assert wizard._reason.text() == "Looking for names..."
    assert not wizard.ok_button.isEnabled()
    found.settle(None)
    qtbot.waitUntil(wizard.ok_button.isEnabled)
    assert wizard._reason.text() == ""


def test_a_page_that_could_not_find_it_says_why_and_can_look_again(
    lent: Context, qtbot: QtBot
) -> None:
    one = WizardPage(lent, "Name", "Specify Name")
    failed, found = Promise[None](), Promise[None]()
    wizard = shown(qtbot, one)
    one.look(_waiting_for(failed), "Looking...")
    failed.fail(NameTaken(name="web"))
    qtbot.waitUntil(lambda: "web" in wizard._reason.text())
    assert not wizard.ok_button.isEnabled()
    one.look(_waiting_for(found), "Looking...")
    found.settle(None)
    qtbot.waitUntil(wizard.ok_button.isEnabled)


def test_a_fault_of_our_own_ends_the_look_and_is_told(
    lent: Context, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("CRITICAL", "console.bridge.promises")
    one = WizardPage(lent, "Name", "Specify Name")
    failed = Promise[None]()
    wizard = shown(qtbot, one)
    told: list[Problem] = []
    cast("Lent", lent).coroutines.problem_raised.connect(told.append)
    one.look(_waiting_for(failed), "Looking...")
    failed.fail(KeyError("format"))
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].message_id == "Unexpected"
    assert not one.is_looking
    assert wizard._reason.text() == wording.sentence(Problem("Unexpected"))
    assert not wizard._progress.isVisible()
    one.look(_waiting_for(found := Promise[None]()), "Looking...")
    found.settle(None)
    qtbot.waitUntil(wizard.ok_button.isEnabled)


def test_who_leaves_ends_what_the_pages_look_for(lent: Context, qtbot: QtBot) -> None:
    one = WizardPage(lent, "Name", "Specify Name")
    ended: list[bool] = []

    async def look() -> None:
        try:
            await Promise[None]()
        finally:
            ended.append(True)

    wizard = shown(qtbot, one)
    one.look(look, "Looking...")
    qtbot.wait(1)
    wizard.reject()
    qtbot.waitUntil(lambda: ended == [True])


def _waiting_for(promise: Promise[None]) -> Callable[[], Awaitable[None]]:
    async def wait() -> None:
        await promise

    return wait
