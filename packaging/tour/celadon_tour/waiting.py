"""Waiting without freezing the window: Qt's event loop turns while something is awaited.

What blocks (virsh, the guest's log) is asked in a thread of its own. Every wait has a deadline, and
SIGINT or SIGTERM ends it at once.
"""

import contextlib
import signal
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QTimer

from celadon_tour.evidence import NotSo

T = TypeVar("T")

TURN_MS = 15
EAGER_S, CALM_TURN_MS = 2.0, 120
"""Who looks at everything all the time takes a processor from what is looked at."""
PATIENCE_S = 30.0
ASKING_S = 180.0


class Interrupted(Exception):
    """Somebody wants the tour to end now."""


class Waiting:
    """The one way to let time pass."""

    def __init__(self) -> None:
        self._is_interrupted = False

    @contextlib.contextmanager
    def until_a_signal(self) -> Iterator[None]:
        """End all waiting on SIGINT and SIGTERM while this lasts."""
        numbers = (signal.SIGINT, signal.SIGTERM)
        before = [signal.signal(number, self._on_signal) for number in numbers]
        try:
            yield
        finally:
            for number, handler in zip(numbers, before, strict=True):
                signal.signal(number, handler)

    def turn(self, milliseconds: int = TURN_MS) -> None:
        """Let the window live for a moment. Raises Interrupted."""
        # Not processEvents(), which leaves what was deleted later alive for ever.
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()
        if self._is_interrupted:
            raise Interrupted

    def until(self, look: Callable[[], T | None], *, patience_s: float = PATIENCE_S) -> T | None:
        """Return what `look` finds at last, or None when patience is over."""
        began = time.monotonic()
        while not (found := look()) and (waited := time.monotonic() - began) < patience_s:
            self.turn(TURN_MS if waited < EAGER_S else CALM_TURN_MS)
        return found or None

    def meanwhile(self, ask: Callable[[], T], *, patience_s: float = ASKING_S) -> T:
        """Return what `ask` returns or raises, in a thread; the window lives meanwhile."""
        answers: list[T] = []
        errors: list[Exception] = []

        def run() -> None:
            try:
                answers.append(ask())
            except Exception as error:  # noqa: BLE001  # raised again below, where it is awaited
                errors.append(error)

        thread = threading.Thread(target=run, name="hypervisor-evidence", daemon=True)
        thread.start()
        end = time.monotonic() + patience_s
        while thread.is_alive():
            if time.monotonic() > end:
                raise NotSo(f"no answer after {patience_s:.0f} s")
            self.turn()
        if errors:
            raise errors[0]
        return answers[0]

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._is_interrupted = True
