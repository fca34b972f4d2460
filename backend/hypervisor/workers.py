"""Daemon threads that run blocking calls, each under a deadline.

A call to a hypervisor can block for ever (a stopped daemon, a stuck guest). Its thread is then
abandoned: nobody waits for it, not even at exit, which is why this is no ThreadPoolExecutor.
"""

import asyncio
import contextlib
import functools
import itertools
import queue
import threading
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

from backend.errors import HostBusy, HostNotAnswering

T = TypeVar("T")
Task = Callable[[], None]


class Worker:
    """One daemon thread; runs what it is given until it is let go."""

    def __init__(self, name: str) -> None:
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def post(self, task: Task) -> None:
        """Run `task` after those posted before."""
        self._tasks.put(task)

    def let_go(self) -> None:
        """Let the thread end as soon as its call returns, if ever."""
        self._tasks.put(None)

    def _run(self) -> None:
        while (task := self._tasks.get()) is not None:
            task()
            del task  # what it returned lives no longer than somebody wants it


class Workers:
    """A few threads; at most `limit` calls run at once, more wait their turn."""

    def __init__(self, name: str, limit: int) -> None:
        self._name = name
        self._slots = asyncio.Semaphore(limit)
        self._idle: list[Worker] = []
        self._numbers = itertools.count(1)
        self._hanging = 0
        self._closings = 0

    @property
    def hanging(self) -> int:
        """How many abandoned calls have not returned yet."""
        return self._hanging

    async def run(self, function: Callable[[], T], *, deadline_s: float) -> T:
        """Return what `function` returns in a thread.

        Raises HostNotAnswering when it has not returned after `deadline_s`; its thread is then
        abandoned and counted. Raises HostBusy if as long it was not its turn.
        """
        async with self.turn(deadline_s):
            return await self.run_at_once(function, deadline_s=deadline_s)

    @contextlib.asynccontextmanager
    async def turn(self, deadline_s: float) -> AsyncIterator[None]:
        """Be one of `limit` meanwhile. Raises HostBusy after `deadline_s`."""
        try:
            async with asyncio.timeout(deadline_s):
                await self._slots.acquire()
        except TimeoutError:
            raise HostBusy(seconds=round(deadline_s)) from None
        try:
            yield
        finally:
            self._slots.release()

    async def run_at_once(self, function: Callable[[], T], *, deadline_s: float) -> T:
        """As `run`, for who has his turn."""
        worker = self._idle.pop() if self._idle else self._new_worker()
        closings = self._closings
        loop = asyncio.get_running_loop()
        outcome: asyncio.Future[T] = loop.create_future()
        worker.post(lambda: _run_into(loop, outcome, function, self._returned))
        try:
            # wait() hands over a result that came in the very moment of the deadline.
            await asyncio.wait([outcome], timeout=deadline_s)
        finally:
            if outcome.done():
                if closings == self._closings:
                    self._idle.append(worker)
                else:
                    worker.let_go()
                outcome.exception()  # seen, also if a cancel came in the same moment
            else:
                outcome.cancel()
                self._abandon(worker)
        if outcome.cancelled():
            raise HostNotAnswering(seconds=round(deadline_s))
        return outcome.result()

    def close(self) -> None:
        """Let the idle threads end; the busy ones end when their call returns."""
        self._closings += 1
        while self._idle:
            self._idle.pop().let_go()

    def _new_worker(self) -> Worker:
        return Worker(f"hypervisor-{self._name}-{next(self._numbers)}")

    def _abandon(self, worker: Worker) -> None:
        self._hanging += 1
        worker.let_go()

    def _returned(self) -> None:
        self._hanging -= 1


def _run_into(
    loop: asyncio.AbstractEventLoop,
    outcome: "asyncio.Future[T]",
    function: Callable[[], T],
    returned_late: Callable[[], None],
) -> None:
    """Run `function` in this thread; settle `outcome`, or say that nobody waited any more."""

    def settle(set_outcome: Callable[[], None]) -> None:
        if outcome.done():
            returned_late()
        else:
            set_outcome()

    try:
        result = function()
    except BaseException as error:  # noqa: BLE001  # carried to the caller, whatever it is
        _post(loop, functools.partial(settle, functools.partial(outcome.set_exception, error)))
    else:
        _post(loop, functools.partial(settle, functools.partial(outcome.set_result, result)))


def _post(loop: asyncio.AbstractEventLoop, callback: Callable[[], None]) -> None:
    try:
        loop.call_soon_threadsafe(callback)
    except RuntimeError:
        return  # the loop has closed: nobody waits any more
