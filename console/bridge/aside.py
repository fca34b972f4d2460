"""What blocks on this computer (its disks, its file servers), done beside the GUI thread."""

import contextlib
import logging
import threading
from collections import deque
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")
Piece = Callable[[], None]
log = logging.getLogger(__name__)


class Aside(QObject):
    """Does one piece of work after the other in a thread, and what follows each in Qt's.

    A piece tells by what it returns how it went; one that raises is a fault of ours, and logged.
    There is a thread only while there is work; a disk that hangs is waited for by nobody, not even
    by the end of the program.
    """

    _done = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._lock = threading.Lock()
        self._pieces: deque[Piece] = deque()
        self._thread: threading.Thread | None = None
        self._done.connect(self._follow, Qt.ConnectionType.QueuedConnection)

    def run(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Do `work` beside, and then `then` with what it returned, in the thread of the GUI."""

        def piece() -> None:
            result = work()
            # Whoever wanted to know may have been closed meanwhile.
            with contextlib.suppress(RuntimeError):
                self._done.emit(lambda: then(result))

        with self._lock:
            self._pieces.append(piece)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()

    def finish(self, deadline_s: float) -> bool:
        """Return once what was handed in is done, or False after the deadline."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join(deadline_s)
        return thread is None or not thread.is_alive()

    def _run(self) -> None:
        while piece := self._next():
            try:
                piece()
            except Exception:
                log.exception("%s failed", self._name)

    def _next(self) -> Piece | None:
        with self._lock:
            if self._pieces:
                return self._pieces.popleft()
            self._thread = None
            return None

    def _follow(self, then: Callable[[], None]) -> None:
        then()
