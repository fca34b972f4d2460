"""The GUI thread's loop, for a test: `gui_tasks` gives it; whatever waits in Qt turns it."""

import asyncio
import math
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from console.bridge.loop import gui_loop

TURNS = 5


def turn() -> None:
    """Let begin and go on what is due: a task that was started begins when Qt next looks."""
    for _ in range(TURNS):
        QApplication.processEvents()


@pytest.fixture
def gui_tasks(qapp: QApplication) -> Iterator[asyncio.AbstractEventLoop]:
    """Give the loop, and take it down again before another test needs one of its own."""
    with gui_loop() as loop:
        # In debug mode a step that takes long is a warning: on a busy machine that means nothing.
        loop.slow_callback_duration = math.inf
        yield loop
        forgotten = [task for task in asyncio.all_tasks(loop) if not task.cancelling()]
    assert not forgotten, "tasks that nobody ended: the bridge was not closed"
