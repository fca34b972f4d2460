"""Dialogs: why OK will not do, what is under way, where one begins to type."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from typing_extensions import override

from backend.errors import NameTaken
from backend.jobs import Job, JobState
from console.bridge.promises import Coroutines, Promise
from console.sdk.context import Answer, Context, Question
from console.sdk.dialog import Dialog
from console.sdk.forms import Remark


class Lent:
    """As much of a context as a dialog needs."""

    def __init__(self) -> None:
        self.coroutines = Coroutines()
        self.run = self.coroutines.run


@pytest.fixture
def lent(qtbot: QtBot) -> Iterator[Lent]:
    lent = Lent()
    yield lent
    lent.coroutines.close()


class Asking(Dialog):
    def __init__(self, context: Context, end: Promise[str]) -> None:
        super().__init__(context, "New", "Create")
        self.end = end

    @override
    async def confirm(self) -> str:
        return await self.end


def test_a_refusal_stands_beside_ok_which_is_off(lent: Lent, qtbot: QtBot) -> None:
    dialog = Asking(cast("Context", lent), Promise())
    qtbot.addWidget(dialog)
    dialog.set_refusal("The name is empty.")
    assert not dialog.ok_button.isEnabled()
    assert dialog._reason.text() == "The name is empty."
    dialog.set_refusal("")
    assert dialog.ok_button.isEnabled()


def test_ok_is_busy_until_done_and_then_closes(lent: Lent, qtbot: QtBot) -> None:
    end: Promise[str] = Promise()
    dialog = Asking(cast("Context", lent), end)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.mouseClick(dialog.ok_button, Qt.MouseButton.LeftButton)
    assert not dialog.ok_button.isEnabled()
    end.settle("")
    qtbot.waitUntil(lambda: not dialog.isVisible())


@pytest.mark.parametrize("is_error", [False, True])
def test_a_reason_or_an_error_keeps_it_open(is_error: object, lent: Lent, qtbot: QtBot) -> None:
    end: Promise[str] = Promise()
    dialog = Asking(cast("Context", lent), end)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.mouseClick(dialog.ok_button, Qt.MouseButton.LeftButton)
    if is_error:
        end.fail(NameTaken(name="web"))
    else:
        end.settle("That name is taken.")
    qtbot.waitUntil(dialog.ok_button.isEnabled)
    assert dialog.isVisible()
    assert dialog._reason.text()


def test_where_it_failed_return_tries_again_and_drops_nothing(lent: Lent, qtbot: QtBot) -> None:
    end: Promise[str] = Promise()
    dialog = Asking(cast("Context", lent), end)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.ok_button.setFocus()
    QTest.keyClick(dialog.ok_button, Qt.Key.Key_Return)
    assert dialog.focusWidget() is not dialog.ok_button, "Qt gives the keyboard on"
    end.settle("That name is taken.")
    qtbot.waitUntil(dialog.ok_button.isEnabled)
    qtbot.waitUntil(lambda: dialog.focusWidget() is dialog.ok_button)


def test_it_opens_in_its_first_field_with_all_of_it_selected(lent: Lent, qtbot: QtBot) -> None:
    dialog = Asking(cast("Context", lent), Promise())
    qtbot.addWidget(dialog)
    field, box = QLineEdit("web"), QCheckBox("Start it")
    dialog.content.addWidget(field)
    dialog.content.addWidget(box)
    dialog.show()
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "db")
    assert field.text() == "db"
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert box.hasFocus()
    QTest.keyClick(box, Qt.Key.Key_Tab)
    assert dialog.ok_button.hasFocus()


def test_a_refusal_stands_below_the_field_that_it_concerns(lent: Lent, qtbot: QtBot) -> None:
    dialog = Asking(cast("Context", lent), Promise())
    qtbot.addWidget(dialog)
    name, image = Remark("About the name"), Remark("About the image")
    dialog.set_refusal("Type a name.", name)
    assert (name.text(), dialog._reason.text()) == ("Type a name.", "")
    dialog.set_refusal("Choose an image.", image)
    assert (name.text(), image.text()) == ("", "Choose an image.")
    dialog.set_refusal("")
    assert (image.text(), dialog.ok_button.isEnabled()) == ("", True)


def test_return_presses_the_button_that_has_the_keyboard(lent: Lent, qtbot: QtBot) -> None:
    dialog = Asking(cast("Context", lent), Promise())
    beside = QPushButton("Browse...")
    beside.setAutoDefault(False)
    field = QLineEdit()
    dialog.content.addWidget(field)
    dialog.content.addWidget(beside)
    qtbot.addWidget(dialog)
    dialog.show()
    pressed: list[str] = []
    beside.clicked.connect(lambda: pressed.append("beside"))
    dialog.ok_button.clicked.connect(lambda: pressed.append("ok"))
    beside.setFocus()
    QTest.keyClick(beside, Qt.Key.Key_Return)
    assert pressed == ["beside"]
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert pressed == ["beside", "ok"]


class Handle:
    """A job that stands and ends as a test says."""

    id = 1

    def __init__(self) -> None:
        self.over: Promise[Job] = Promise()
        self.listeners: list[Callable[[Job], None]] = []

    def follow(self, listener: Callable[[Job], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def tell(self, job: Job) -> None:
        for listener in self.listeners:
            listener(job)

    def __await__(self) -> Generator[object, None, Job]:
        return self.over.__await__()


class Following(Dialog):
    def __init__(self, context: Context, handle: Handle) -> None:
        super().__init__(context, "New", "Create")
        self.handle = handle
        self.shown: list[object] = []

    @override
    async def confirm(self) -> str:
        return await self.see_through(self.handle, self.shown.append)


@pytest.fixture
def following(lent: Lent, qtbot: QtBot) -> Following:
    dialog = Following(cast("Context", lent), Handle())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.ok_button.click()
    qtbot.waitUntil(lambda: bool(dialog.handle.listeners))
    return dialog


RUNS = Job(1, "clone.clone", None, "web", JobState.RUNNING, 0.0)


def test_a_job_that_is_done_is_told_meanwhile_and_shown(following: Following, qtbot: QtBot) -> None:
    following.handle.tell(replace(RUNS, progress=0.5))
    assert "50" in following._reason.text()
    following.handle.over.settle(replace(RUNS, state=JobState.DONE, result="made"))
    qtbot.waitUntil(lambda: not following.isVisible())
    assert following.shown == ["made"]
    assert following.handle.listeners == []


@pytest.mark.parametrize(
    ("ended", "words"),
    [
        (
            replace(RUNS, state=JobState.FAILED, problem=NameTaken(name="web").problem),
            "There is a virtual machine called “web” already. Choose another name.",
        ),
        (replace(RUNS, state=JobState.CANCELLED), "It was cancelled: nothing is left of it."),
    ],
)
def test_a_job_that_came_to_nothing_leaves_it_open(
    following: Following, qtbot: QtBot, ended: Job, words: str
) -> None:
    following.handle.over.settle(ended)
    qtbot.waitUntil(lambda: not following.is_busy)
    assert following.isVisible()
    assert following._reason.text() == words
    assert following.shown == []


def test_it_is_no_larger_than_the_screen(lent: Lent, qtbot: QtBot) -> None:
    dialog = Asking(cast("Context", lent), Promise())
    qtbot.addWidget(dialog)
    dialog.resize(4000, 3000)
    dialog.show()
    room = dialog.screen().availableSize()
    assert dialog.width() <= room.width()
    assert dialog.height() < room.height(), "there is room for the title as well"
    assert dialog.rect().contains(dialog.ok_button.geometry())


class Letter(Asking):
    """One in which somebody has typed."""

    @property
    @override
    def is_typed_in(self) -> bool:
        return True


def test_what_was_done_meanwhile_is_not_dropped_once_more(lent: Lent, qtbot: QtBot) -> None:
    end: Promise[str] = Promise()
    answer: Promise[Answer] = Promise()

    async def ask(_question: Question) -> Answer:
        return await answer

    lent.ask = ask  # type: ignore[attr-defined]
    problems: list[object] = []
    lent.coroutines.problem_raised.connect(problems.append)
    dialog = Letter(cast("Context", lent), end)
    dialog.show()
    dialog.ok_button.click()
    dialog.close()
    assert dialog.isVisible(), "asked before"
    end.settle("")
    qtbot.waitUntil(lambda: not isValid(dialog))
    answer.settle(Answer(0))
    qtbot.waitUntil(lambda: not lent.coroutines._tasks)
    assert problems == []
