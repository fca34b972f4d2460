"""Values by key that outlive the program: in memory, and in a file soon after each change."""

import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from console.bridge.aside import Aside
from console.sdk.kept_file import REMOVED, Json, Kept, KeptFile, Removed, Trouble

SOON_MS = 500
AGAIN_MS = 30_000
SAVE_DEADLINE_S = 3.0


class Keeper(QObject):
    """Reads the file once, when it is made; what others write there shows after the next change.

    Who has read it already, when there was no Qt yet, hands in what it said.

    Nothing here raises, and only `save` waits for a disk. What cannot be written is kept in memory
    and tried again.
    """

    troubled = Signal(object)
    """Trouble: told once, and again only after it was over."""

    def __init__(self, path: Path, parent: QObject | None = None, kept: Kept | None = None) -> None:
        super().__init__(parent)
        self._file = KeptFile(path)
        kept = kept or self._file.read()
        self.trouble: Trouble | None = kept.trouble
        """What is wrong with the file, as far as is known."""
        self._values = kept.values
        self._pending: dict[str, Json | Removed] = {}
        self._numbers = itertools.count(1)
        self._written = 0
        self._aside = Aside(f"keeper of {path.name}", self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._write)

    @property
    def path(self) -> Path:
        """Where the values are kept."""
        return self._file.path

    @property
    def values(self) -> Mapping[str, Json]:
        """What is kept now, by key."""
        return self._values

    def value(self, key: str) -> Json:
        """Return what is kept under a key; None if nothing is."""
        return self._values.get(key)

    def keys(self, beginning: str = "") -> Iterator[str]:
        """Yield the keys that begin so, in order."""
        yield from sorted(key for key in self._values if key.startswith(beginning))

    def put(self, key: str, value: Json) -> None:
        """Keep a value, which nobody changes any more; within a second it is on the disk."""
        if key not in self._values or self._values[key] != value:
            self._values[key] = value
            self._note(key, value)

    def remove(self, key: str) -> None:
        """Keep nothing under a key."""
        if key in self._values:
            del self._values[key]
            self._note(key, REMOVED)

    def save(self) -> bool:
        """Have it on disk when this returns; False if that takes too long or cannot be."""
        self._soon.stop()
        kept: list[Kept] = []
        changes, known, number = dict(self._pending), dict(self._values), next(self._numbers)
        if changes:
            self._aside.run(lambda: kept.append(self._file.change(changes, known)), _nothing)
        is_in_time = self._aside.finish(SAVE_DEADLINE_S)
        for outcome in kept:
            self._on_written(number, changes, outcome)
        return is_in_time and all(outcome.is_written for outcome in kept)

    def _note(self, key: str, value: "Json | Removed") -> None:
        self._pending[key] = value
        if not self._soon.isActive() or self._soon.remainingTime() > SOON_MS:
            self._soon.start(SOON_MS)

    def _write(self) -> None:
        changes, known, number = dict(self._pending), dict(self._values), next(self._numbers)
        self._aside.run(
            lambda: self._file.change(changes, known),
            lambda kept: self._on_written(number, changes, kept),
        )

    def _on_written(self, number: int, changes: "dict[str, Json | Removed]", kept: Kept) -> None:
        if number < self._written:
            return  # a later one was heard of already
        self._written = number
        before, self.trouble = self.trouble, kept.trouble
        if kept.trouble and not (before and before.fault is kept.trouble.fault):
            self.troubled.emit(kept.trouble)
        if not kept.is_written:
            if not self._soon.isActive():
                self._soon.start(AGAIN_MS)
            return
        self._pending = {k: v for k, v in self._pending.items() if changes.get(k) is not v}
        ours = {k: v for k, v in self._pending.items() if not isinstance(v, Removed)}
        others = {k: v for k, v in kept.values.items() if k not in self._pending}
        self._values = {**others, **ours}


def _nothing(_result: object) -> None:
    return
