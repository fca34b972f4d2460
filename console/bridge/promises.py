"""Coroutines of the GUI thread, stepped by Qt's own queue.

They await promises and nothing else, so this thread needs no second event loop; they go on inside a
menu's or a dialog's nested loop, where asyncio would refuse to enter a task within a task.
"""

import inspect
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QObject, Qt, Signal

from backend.errors import BackendError, Problem

T = TypeVar("T")
log = logging.getLogger(__name__)


class Promise(Generic[T]):
    """Something that will be known later, to be awaited by a coroutine of the GUI."""

    def __init__(self) -> None:
        self._value: T | None = None
        self._error: BaseException | None = None
        self._waiting: list[Callable[[], None]] = []
        self.is_settled = False

    def settle(self, value: T) -> None:
        """Make the value known; the second time this does nothing."""
        if not self.is_settled:
            self._value = value
            self._finish()

    def fail(self, error: BaseException) -> None:
        """Make known that there will be no value."""
        if not self.is_settled:
            self._error = error
            self._finish()

    def when_settled(self, resume: Callable[[], None]) -> None:
        """Call `resume` once it is known."""
        self._waiting.append(resume)

    def _finish(self) -> None:
        self.is_settled = True
        waiting, self._waiting = self._waiting, []
        for resume in waiting:
            resume()

    def __await__(self) -> Generator[object, None, T]:
        if not self.is_settled:
            yield self
        if self._error is not None:
            raise self._error
        return cast("T", self._value)


class Coroutines(QObject):
    """The coroutines under way. What one raises is told, and is not the end of the rest."""

    problem_raised = Signal(object)
    """Problem: in the backend's words, or Unexpected."""

    _step_due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: set[Coroutine[object, None, None]] = set()
        self._due: deque[Coroutine[object, None, None]] = deque()
        self._step_due.connect(self._step_all, Qt.ConnectionType.QueuedConnection)

    def run(self, work: Awaitable[None]) -> Callable[[], None]:
        """Run `work` to its end, from now on to its first wait; return what cancels it."""
        coroutine = _drive(work)
        self._running.add(coroutine)
        self._step(coroutine)
        return lambda: self._abandon(coroutine)

    def close(self) -> None:
        """End them all where they wait; their `finally` blocks run."""
        self._due.clear()
        for coroutine in list(self._running):
            self._abandon(coroutine)

    def _abandon(self, coroutine: Coroutine[object, None, None]) -> None:
        if coroutine in self._running:
            self._running.discard(coroutine)
            # One that closes the window it runs in is itself under way: it ends by returning.
            if inspect.getcoroutinestate(coroutine) != inspect.CORO_RUNNING:
                coroutine.close()

    def _wake_up(self, coroutine: Coroutine[object, None, None]) -> None:
        self._due.append(coroutine)
        if len(self._due) == 1:
            self._step_due.emit()

    def _step_all(self) -> None:
        due, self._due = self._due, deque()
        for coroutine in due:
            self._step(coroutine)

    def _step(self, coroutine: Coroutine[object, None, None]) -> None:
        if coroutine not in self._running:
            return
        problem: Problem | None = None
        try:
            awaited = coroutine.send(None)
        except StopIteration:
            self._running.discard(coroutine)
        except BackendError as error:
            problem = error.problem
        except Exception as error:
            log.exception("A coroutine of the console failed")
            problem = Problem("Unexpected", (), (f"{type(error).__name__}: {error}",))
        else:
            cast("Promise[object]", awaited).when_settled(lambda: self._wake_up(coroutine))
        if problem:
            self._running.discard(coroutine)
            self.problem_raised.emit(problem)


async def _drive(work: Awaitable[None]) -> None:
    await work
