"""What is left of a widget is freed by the GUI thread, whoever makes Python collect."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from console.bridge import garbage
from console.bridge.garbage import GarbageCollector


class Knot:
    """Garbage that only a collection finds."""

    def __init__(self, freed_in: list[int]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: freed_in.append(threading.get_ident()))


@pytest.fixture
def collector(qapp: QObject, monkeypatch: pytest.MonkeyPatch) -> Iterator[GarbageCollector]:
    was_on = gc.isenabled()
    monkeypatch.setattr(garbage, "PERIOD_MS", 20)
    made = GarbageCollector(qapp)
    yield made
    made.setParent(None)
    del made
    (gc.enable if was_on else gc.disable)()


def allocate() -> None:
    """Make so much that Python would collect."""
    kept = [[number] for number in range(50_000)]
    assert kept


@pytest.mark.usefixtures("collector")
def test_another_thread_allocates_and_frees_nothing(qtbot: QtBot) -> None:
    freed_in: list[int] = []
    Knot(freed_in)
    other = threading.Thread(target=allocate)
    other.start()
    other.join()
    assert freed_in == []
    allocate()
    Knot(freed_in)
    kept = [[number] for number in range(1000)]
    qtbot.waitUntil(lambda: len(freed_in) == 2)
    assert set(freed_in) == {threading.get_ident()}
    assert kept


def test_each_generation_comes_in_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[int] = []
    counts = iter([(1, 0, 0), (800, 3, 0), (800, 11, 3), (800, 11, 11), (1, 11, 11)])
    monkeypatch.setattr(gc, "get_count", lambda: next(counts))
    monkeypatch.setattr(gc, "get_threshold", lambda: (700, 10, 10))
    monkeypatch.setattr(gc, "collect", collected.append)
    for _ in range(5):
        garbage.collect()
    assert collected == [0, 1, 2]
