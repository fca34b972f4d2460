"""Tasks of the GUI: they resume, fail in words, and can be ended, in nested loops of Qt too."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from backend.errors import NameTaken, Problem
from console.bridge.promises import Coroutines, Promise
from console.sdk.context import Answer, Question
from console.shell.questions import QuestionDialog


@pytest.fixture
def coroutines(qtbot: QtBot) -> Iterator[Coroutines]:
    coroutines = Coroutines()
    yield coroutines
    coroutines.close()


@pytest.fixture
def problems(coroutines: Coroutines) -> list[Problem]:
    problems: list[Problem] = []
    coroutines.problem_raised.connect(problems.append)
    return problems


def test_a_coroutine_goes_on_in_the_queue_and_not_where_the_promise_is_settled(
    coroutines: Coroutines, qtbot: QtBot
) -> None:
    promise: Promise[int] = Promise()
    seen: list[int] = []

    async def work() -> None:
        seen.append(await promise)

    coroutines.run(work())
    coroutines.run(work())
    qtbot.wait(10)
    promise.settle(7)
    promise.settle(8)
    promise.fail(ValueError("too late"))
    assert seen == []
    qtbot.waitUntil(lambda: seen == [7, 7])


def test_an_error_of_the_backend_keeps_its_id(
    coroutines: Coroutines, problems: list[Problem], qtbot: QtBot
) -> None:
    promise: Promise[None] = Promise()

    async def work() -> None:
        await promise

    coroutines.run(work())
    promise.fail(NameTaken(name="web"))
    qtbot.waitUntil(lambda: bool(problems))
    assert problems == [NameTaken(name="web").problem]


def test_any_other_error_is_logged_and_told_calmly(
    coroutines: Coroutines,
    problems: list[Problem],
    qtbot: QtBot,
    expected_log: Callable[[str], None],
) -> None:
    expected_log("A coroutine of the console failed")

    async def work() -> None:
        raise ValueError("odd")

    def act() -> None:
        raise KeyError("plain")

    coroutines.perform(act)
    coroutines.perform(work)
    qtbot.waitUntil(lambda: len(problems) == 2)
    assert problems[0] == Problem("Unexpected", (), ("KeyError: 'plain'",))
    assert problems[1] == Problem("Unexpected", (), ("ValueError: odd",))


def test_cancelled_it_runs_its_finally_and_no_more(coroutines: Coroutines, qtbot: QtBot) -> None:
    promise: Promise[None] = Promise()
    seen: list[str] = []

    async def work(name: str) -> None:
        try:
            await promise
            seen.append(f"{name} went on")
        finally:
            seen.append(f"{name} ended")

    cancel = coroutines.run(work("first"))
    coroutines.run(work("other"))
    qtbot.wait(10)
    cancel()
    qtbot.waitUntil(lambda: seen == ["first ended"])
    promise.settle(None)
    qtbot.waitUntil(lambda: len(seen) == 3)
    cancel()
    assert seen == ["first ended", "other went on", "other ended"]


def test_cancelled_before_it_began_it_never_begins(coroutines: Coroutines, qtbot: QtBot) -> None:
    seen: list[str] = []

    async def work() -> None:
        seen.append("began")

    coroutines.run(work())()
    coroutines.close()
    coroutines.run(work())
    qtbot.wait(10)
    assert seen == []


def test_one_may_close_them_all_from_inside(
    coroutines: Coroutines, problems: list[Problem], qtbot: QtBot
) -> None:
    promise: Promise[None] = Promise()
    seen: list[str] = []

    async def work() -> None:
        coroutines.close()
        seen.append("goes on")
        await promise
        seen.append("goes on for ever")

    coroutines.run(work())
    qtbot.waitUntil(lambda: bool(seen))
    promise.settle(None)
    qtbot.wait(10)
    assert seen == ["goes on"]
    assert problems == []


class Scene:
    """A context menu that is open by exec(), as a plain slot may do it, and what it starts."""

    def __init__(self, coroutines: Coroutines, qtbot: QtBot) -> None:
        self.coroutines = coroutines
        self.seen: list[str] = []
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()
        self.menu = QMenu(self.window)
        self.entry = self.menu.addAction("Do")

    async def wait_and_say(self, word: str) -> None:
        promise: Promise[str] = Promise()
        QTimer.singleShot(5, lambda: promise.settle(word))
        self.seen.append(await promise)

    async def ask(self) -> None:
        question = Question("Delete", "Delete it?", ("Delete", "Cancel"))
        dialog = QuestionDialog(question, self.window)
        dialog.open()
        QTimer.singleShot(5, dialog.reject)
        answer: Answer = await dialog.answer
        self.seen.append(f"answer {answer.choice}")

    def exec_menu(self) -> None:
        """Return when the menu is closed: another loop of Qt runs until then."""
        self.menu.exec(QPoint(5, 5))
        self.seen.append("closed")

    def close_when(self, *words: str) -> None:
        timer = QTimer(self.menu)
        timer.timeout.connect(lambda: self.menu.close() if set(words) <= set(self.seen) else None)
        timer.start(2)


pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def scene(coroutines: Coroutines, qtbot: QtBot) -> Scene:
    return Scene(coroutines, qtbot)


def test_while_a_menu_is_open_a_coroutine_starts_and_ends(
    scene: Scene, problems: list[Problem], qtbot: QtBot
) -> None:
    scene.coroutines.run(scene.wait_and_say("begun before"))
    QTimer.singleShot(5, lambda: scene.coroutines.run(scene.wait_and_say("begun in it")))
    scene.close_when("begun before", "begun in it")
    QTimer.singleShot(0, scene.exec_menu)
    qtbot.waitUntil(lambda: "closed" in scene.seen)
    assert scene.seen == ["begun before", "begun in it", "closed"]
    assert problems == []


def test_an_entry_of_the_menu_starts_a_coroutine(
    scene: Scene, problems: list[Problem], qtbot: QtBot
) -> None:
    scene.entry.triggered.connect(
        lambda: scene.coroutines.perform(lambda: scene.wait_and_say("done"))
    )

    def choose() -> None:
        scene.menu.setActiveAction(scene.entry)
        QTest.keyClick(scene.menu, Qt.Key.Key_Return)

    QTimer.singleShot(20, choose)
    QTimer.singleShot(0, scene.exec_menu)
    qtbot.waitUntil(lambda: len(scene.seen) == 2)
    assert scene.seen == ["closed", "done"]
    assert problems == []


@pytest.mark.parametrize("is_in_menu", [False, True])
def test_a_coroutine_asks_a_question(is_in_menu: object, scene: Scene, qtbot: QtBot) -> None:
    if is_in_menu:
        QTimer.singleShot(10, lambda: scene.coroutines.perform(scene.ask))
        # Qt itself closes the menu when the question opens, which is modal.
        scene.exec_menu()
    else:
        scene.coroutines.perform(scene.ask)
    qtbot.waitUntil(lambda: "answer 1" in scene.seen)


def test_loops_may_be_nested_deep(scene: Scene, qtbot: QtBot) -> None:
    def nest(depth: int) -> None:
        loop = QEventLoop()
        scene.coroutines.run(scene.wait_and_say(f"at {depth}"))
        if depth < 5:
            QTimer.singleShot(0, lambda: nest(depth + 1))
        timer = QTimer()
        timer.timeout.connect(lambda: loop.quit() if len(scene.seen) == 6 else None)
        timer.start(2)
        loop.exec()

    nest(0)
    assert sorted(scene.seen) == [f"at {depth}" for depth in range(6)]
