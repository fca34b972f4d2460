"""The GUI thread's loop: it goes by Qt's events, ends what it began, and leaves nothing behind."""

import asyncio
import gc
import weakref

import pytest
import qasync
from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from console.bridge.loop import gui_loop
from console.bridge.promises import Coroutines, Promise


def test_what_is_left_is_cancelled_and_runs_to_its_end(qapp: QApplication) -> None:
    seen: list[str] = []

    async def work() -> None:
        promise: Promise[None] = Promise()
        try:
            await promise
        finally:
            farewell: Promise[str] = Promise()
            QTimer.singleShot(1, lambda: farewell.settle("ended"))
            seen.append(await farewell)

    with gui_loop():
        Coroutines().run(work())
        qapp.processEvents()
        qapp.processEvents()
    assert seen == ["ended"]


def test_an_error_does_not_keep_it_open(qapp: QApplication) -> None:
    with pytest.raises(KeyError), gui_loop() as loop:
        raise KeyError
    assert loop.is_closed()


def test_afterwards_the_thread_has_no_loop_and_qt_turns_as_before(qapp: QApplication) -> None:
    with gui_loop() as loop:
        assert asyncio.get_event_loop() is loop
        Coroutines().run(_nothing())
    with pytest.raises(RuntimeError):
        asyncio.get_running_loop()
    assert asyncio.run(_answer()) == 42
    turns: list[str] = []
    qt = QEventLoop()
    QTimer.singleShot(0, lambda: turns.append("turned"))
    QTimer.singleShot(1, qt.quit)
    qt.exec()
    assert turns == ["turned"]


def test_no_timer_is_left(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    timers: list[weakref.ref[QObject]] = []
    plain = qasync._SimpleTimer

    def kept() -> QObject:
        timer: QObject = plain()
        timers.append(weakref.ref(timer))
        return timer

    monkeypatch.setattr(qasync, "_SimpleTimer", kept)
    with gui_loop() as loop:
        for delay in (0.0, 0.0, 60.0):
            loop.call_later(delay, list)
    del loop
    gc.collect()
    assert [timer() for timer in timers] == [None]


async def _nothing() -> None:
    """Begin and end."""


async def _answer() -> int:
    await asyncio.sleep(0)
    return 42
