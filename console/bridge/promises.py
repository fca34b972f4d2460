"""The tasks of the GUI thread, and what they wait for.

Both belong to the loop that `console.bridge.loop` gave the thread. Rooms that may not know asyncio
make and settle promises; only the bridge makes tasks.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Generator
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from backend.errors import BackendError, Problem

T = TypeVar("T")
log = logging.getLogger(__name__)


class Promise(Generic[T]):
    """Something that will be known later. Any number of coroutines may await it."""

    def __init__(self) -> None:
        self._future: asyncio.Future[T] = asyncio.get_event_loop().create_future()

    @property
    def is_settled(self) -> bool:
        """Whether it is known."""
        return self._future.done()

    def settle(self, value: T) -> None:
        """Make the value known; the second time this does nothing."""
        if not self.is_settled:
            self._future.set_result(value)

    def fail(self, error: BaseException) -> None:
        """Make known that there will be no value."""
        if not self.is_settled:
            self._future.set_exception(error)
            # Looked at here: that nobody waits any longer is no fault, and nothing to warn of.
            self._future.exception()

    def __await__(self) -> Generator[object, None, T]:
        # Shielded, so that a task which is cancelled does not take the others' promise with it.
        return asyncio.shield(self._future).__await__()


class Coroutines(QObject):
    """The coroutines under way, each a task. What one raises is told, and the rest go on."""

    problem_raised = Signal(object)
    """Problem: in the backend's words, or Unexpected."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loop = asyncio.get_event_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_open = True

    def run(self, work: Awaitable[None]) -> Callable[[], None]:
        """Run `work` to its end, beginning when Qt next looks; return what cancels it."""
        # A coroutine is the task itself: cancelled before it began, it still ends as one awaited.
        task = self._loop.create_task(work if asyncio.iscoroutine(work) else _drive(work))
        self._tasks.add(task)
        task.add_done_callback(self._on_end)
        if not self._is_open:
            task.cancel()
        return lambda: self._cancel(task)

    def perform(self, act: Callable[[], Awaitable[None] | None]) -> None:
        """Call `act` now, under the same care; what it returns to be awaited is run."""
        try:
            rest = act()
        except Exception as error:  # noqa: BLE001  # the bridge's border: told, not lost
            self._tell(error)
        else:
            if rest is not None:
                self.run(rest)

    def close(self) -> None:
        """Cancel them all; their `finally` blocks run when Qt next looks. No more are run."""
        self._is_open = False
        for task in list(self._tasks):
            task.cancel()

    def _cancel(self, task: asyncio.Task[None]) -> None:
        if task in self._tasks:
            task.cancel()

    def _on_end(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self._tell(error)

    def _tell(self, error: BaseException) -> None:
        if isinstance(error, BackendError):
            problem = error.problem
        else:
            log.error("A coroutine of the console failed", exc_info=error)
            problem = Problem("Unexpected", (), (f"{type(error).__name__}: {error}",))
        if self._is_open:
            self.problem_raised.emit(problem)


async def _drive(work: Awaitable[None]) -> None:
    await work
