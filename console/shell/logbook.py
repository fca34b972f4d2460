"""The program's own log: a file a session, bounded, without secrets, written beside the GUI.

It lies below XDG_STATE_HOME. Each session has its own, as several may run at once; old ones go.
"""

import contextlib
import io
import logging
import os
import time
from collections.abc import Iterator
from logging.handlers import QueueHandler, QueueListener, RotatingFileHandler
from pathlib import Path
from queue import SimpleQueue

from typing_extensions import override

from backend.operations import support
from backend.redaction import without_secrets

FILE_BYTES = 512 * 1024
FILES_KEPT = 10
_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def own_logs(directory: Path) -> dict[str, str]:
    """Return the ends of the logs by their names, without secrets."""
    paths = sorted(directory.glob("console-*.log*")) if directory.is_dir() else []
    return {path.name: text for path in paths if (text := support.tail(path))}


class _File(RotatingFileHandler):
    """A log of the user's alone; one that cannot be written (a full disk) stops nothing."""

    @override
    def _open(self) -> io.TextIOWrapper:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
        number = os.open(self.baseFilename, flags, 0o600)
        return os.fdopen(number, "a", encoding=self.encoding, errors="backslashreplace")

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        del record


class _Form(logging.Formatter):
    """Writes no secret down, whoever logged it."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))


@contextlib.contextmanager
def logging_to(directory: Path) -> Iterator[Path | None]:
    """Have all that is logged written there too meanwhile; give the file, None if there is none.

    The file is written by a thread of its own: the GUI never waits for a disk.
    """
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        _drop_old(directory)
        path = directory / f"console-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"
        file = _File(path, maxBytes=FILE_BYTES, backupCount=1, encoding="utf-8")
    except OSError as error:
        logging.getLogger(__name__).info("no log is written: %s", error)
        yield None
        return
    file.setFormatter(_Form(_FORM))
    lines: SimpleQueue[logging.LogRecord] = SimpleQueue()
    listener = QueueListener(lines, file)
    handler = QueueHandler(lines)
    root, ours = logging.getLogger(), [logging.getLogger(name) for name in ("backend", "console")]
    levels = [log.level for log in ours]
    for other in root.handlers:
        # They go on hearing what they heard, though more is logged now.
        other.setLevel(max(other.level, root.level))
    for log in ours:
        log.setLevel(min(log.getEffectiveLevel(), logging.INFO))
    root.addHandler(handler)
    listener.start()
    try:
        yield path
    finally:
        root.removeHandler(handler)
        for log, level in zip(ours, levels, strict=True):
            log.setLevel(level)
        listener.stop()
        file.close()


def _drop_old(directory: Path) -> None:
    """Leave room for a new one. What somebody else drops at the same moment is dropped."""
    by_age = sorted(directory.glob("console-*.log*"), key=lambda path: path.name)
    for path in by_age[: -(FILES_KEPT - 1)]:
        with contextlib.suppress(OSError):
            path.unlink()
