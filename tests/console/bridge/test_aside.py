"""What blocks is done beside, in its order, and nobody waits for ever."""

import threading
from collections.abc import Callable

from pytestqt.qtbot import QtBot

from console.bridge.aside import Aside


def test_pieces_are_done_in_order_and_followed_in_the_gui(qtbot: QtBot) -> None:
    aside = Aside("test")
    seen: list[tuple[int, bool]] = []
    here = threading.current_thread()

    def work(number: int) -> Callable[[], tuple[int, bool]]:
        return lambda: (number, threading.current_thread() is not here)

    for number in range(3):
        aside.run(work(number), seen.append)
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen == [(0, True), (1, True), (2, True)]


def test_it_is_finished_when_all_is_done_and_not_waited_for_longer(qtbot: QtBot) -> None:
    aside, hang, done = Aside("test"), threading.Event(), list[int]()
    aside.run(lambda: hang.wait(10), lambda _result: None)
    aside.run(lambda: done.append(1), lambda _result: None)
    assert not aside.finish(0.05)
    hang.set()
    assert aside.finish(5)
    assert done == [1]
    assert aside.finish(5), "with nothing to do it is finished"


def test_one_that_raises_is_logged_and_the_next_is_done(
    qtbot: QtBot, expected_log: Callable[[str], None]
) -> None:
    expected_log("test failed")
    aside, seen = Aside("test"), list[int]()

    def fail() -> int:
        raise ValueError("odd")

    aside.run(fail, seen.append)
    aside.run(lambda: 1, seen.append)
    qtbot.waitUntil(lambda: seen == [1])
