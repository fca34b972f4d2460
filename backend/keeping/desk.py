"""A thread that does one thing after the other: nobody who hands in or asks waits for a disk."""

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Final, Protocol, TypeVar

log = logging.getLogger(__name__)
T = TypeVar("T")
_CLOSE_DEADLINE_S: Final = 3.0
Task = Callable[[], object]


class Keeper(Protocol):
    """Whose things the desk does. All of it is called in the desk's thread."""

    @property
    def wait_s(self) -> float:
        """How long the desk waits for the next task before it has `rest` done."""

    def rest(self) -> None:
        """Do what there is time for."""

    def after(self, desk: "Desk") -> None:
        """Do what is due once a task was done."""

    def close(self) -> None:
        """Do what is left and let go."""


class Desk:
    """Its methods may be called from any thread and return at once. `name` is what it keeps."""

    def __init__(self, name: str, keeper: Keeper) -> None:
        self._name = name
        self._keeper = keeper
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._said: set[str] = set()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many tasks wait."""
        return self._tasks.qsize()

    def put(self, task: Task) -> None:
        """Have a task done in its turn."""
        self._tasks.put(task)

    def ask(self, question: Callable[[], T]) -> "Future[T]":
        """Return the answer to a question, or what it raises, in its turn."""
        future: Future[T] = Future()

        def answer() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(question())
            except Exception as error:  # noqa: BLE001  # carried to whoever asked
                future.set_exception(error)

        self._tasks.put(answer)
        return future

    def close(self) -> None:
        """Have all done and the thread joined; a disk that hangs is not waited for."""
        self._tasks.put(None)
        self._thread.join(_CLOSE_DEADLINE_S)

    def _run(self) -> None:
        while (task := self._next()) is not None:
            self._do(task)
            self._do(self._after)
        self._do(self._keeper.close)

    def _next(self) -> Task | None:
        try:
            return self._tasks.get(timeout=self._keeper.wait_s)
        except queue.Empty:
            return self._keeper.rest

    def _after(self) -> None:
        self._keeper.after(self)

    def _do(self, task: Task) -> None:
        try:
            task()
        except Exception as error:
            # A fault of ours costs what met it, never all that is to be done after it.
            if (words := repr(error)) not in self._said:
                self._said.add(words)
                log.exception("the %s goes on without what it could not take", self._name)
