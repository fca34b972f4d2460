"""Coroutines stepped by Qt: they resume, fail in words, and can be ended."""

import logging

import pytest
from pytestqt.qtbot import QtBot

from backend.errors import NameTaken, Problem
from console.bridge.promises import Coroutines, Promise


def test_a_coroutine_goes_on_in_the_queue_and_not_where_the_promise_is_settled(
    qtbot: QtBot,
) -> None:
    coroutines = Coroutines()
    promise: Promise[int] = Promise()
    seen: list[int] = []

    async def work() -> None:
        seen.append(await promise)

    coroutines.run(work())
    promise.settle(7)
    promise.settle(8)
    assert seen == []
    qtbot.waitUntil(lambda: seen == [7])


def test_an_error_of_the_backend_keeps_its_id(qtbot: QtBot) -> None:
    coroutines = Coroutines()
    problems: list[Problem] = []
    coroutines.problem_raised.connect(problems.append)

    async def work() -> None:
        raise NameTaken(name="web")

    coroutines.run(work())
    assert problems == [NameTaken(name="web").problem]


def test_any_other_error_is_logged_and_told_calmly(caplog: pytest.LogCaptureFixture) -> None:
    coroutines = Coroutines()
    problems: list[Problem] = []
    coroutines.problem_raised.connect(problems.append)

    async def work() -> None:
        raise ValueError("odd")

    with caplog.at_level(logging.CRITICAL + 1, "console.bridge.promises"):
        coroutines.run(work())
    assert problems == [Problem("Unexpected", (), ("ValueError: odd",))]


def test_cancelled_it_runs_its_finally_and_no_more(qtbot: QtBot) -> None:
    coroutines = Coroutines()
    promise: Promise[None] = Promise()
    seen: list[str] = []

    async def work() -> None:
        try:
            await promise
            seen.append("went on")
        finally:
            seen.append("finally")

    cancel = coroutines.run(work())
    cancel()
    promise.settle(None)
    qtbot.wait(10)
    cancel()
    assert seen == ["finally"]


def test_one_may_close_them_all_from_inside(qtbot: QtBot) -> None:
    coroutines = Coroutines()
    seen: list[str] = []

    async def work() -> None:
        coroutines.close()
        seen.append("goes on")

    coroutines.run(work())
    assert seen == ["goes on"]
