import threading
from collections.abc import Callable

import pytest

from backend.keeping.desk import Desk


class Notes:
    """A keeper that writes down what it was asked for."""

    def __init__(self, wait_s: float = 60.0) -> None:
        self.wait_s = wait_s
        self.told: list[str] = []
        self.has_rested = threading.Event()

    def rest(self) -> None:
        self.has_rested.set()

    def after(self, desk: Desk) -> None:
        self.told.append("last" if not desk.waiting else "more")

    def close(self) -> None:
        self.told.append("closed")


def test_tasks_are_done_in_turn_and_all_before_it_closes() -> None:
    notes, begun = Notes(), threading.Event()
    desk = Desk("notes", notes)
    desk.put(begun.wait)
    desk.put(lambda: notes.told.append("task"))
    answer = desk.ask(lambda: 7)
    begun.set()
    assert answer.result(5) == 7
    desk.close()
    assert notes.told == ["more", "task", "more", "last", "closed"]


def test_while_nothing_comes_it_rests() -> None:
    notes = Notes(wait_s=0.01)
    desk = Desk("notes", notes)
    assert notes.has_rested.wait(5)
    desk.close()


def test_a_fault_costs_what_met_it_and_is_logged_once(
    expected_log: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    expected_log("the notes goes on without")
    desk = Desk("notes", Notes())
    for _ in range(2):
        desk.put(lambda: 1 / 0)
    failed = desk.ask(lambda: 1 / 0)
    assert isinstance(failed.exception(5), ZeroDivisionError)
    assert desk.ask(lambda: 7).result(5) == 7
    desk.close()
    assert len(caplog.records) == 1
