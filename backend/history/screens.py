"""What machines showed, kept as small pictures: SQLite, bounded. Blocking, and for one thread.

Of two equal pictures that follow each other there is one, which was seen until later. What is too
much is thinned out, so that pictures stand the further apart the older they are.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backend.keeping.file import Form, KeptFile
from backend.model import Ref

MACHINE_BYTES: Final = 32 * 1024**2
"""So much of each machine, ..."""
WHOLE_BYTES: Final = 512 * 1024**2
"""... and so much of all together."""
SEEN_S: Final = 30.0
"""Of a moment it is the picture that was seen last, but no longer than this after it was."""
_ROOM: Final = 0.9
_RECENT_S: Final = 60.0
_VERSION: Final = 1
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS screen (
    id INTEGER PRIMARY KEY, host TEXT NOT NULL, key TEXT NOT NULL, at REAL NOT NULL,
    until REAL NOT NULL, digest BLOB NOT NULL, picture BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS screen_of ON screen (host, key, at)
"""


@dataclass(frozen=True, slots=True)
class Screen:
    """What a machine showed from `at` until `until` (Unix seconds), as somebody saw it.

    `picture` is a file of an image format; empty where whoever asked has it already.
    """

    id: int
    at: float
    until: float
    picture: bytes


class Screens(KeptFile):
    """One open file; None is one in memory, that is gone with it. Raises as KeptFile."""

    def __init__(
        self,
        path: Path | None,
        machine_bytes: int = MACHINE_BYTES,
        whole_bytes: int = WHOLE_BYTES,
    ) -> None:
        super().__init__(path, Form(_SCHEMA, _VERSION))
        self._machine_bytes = machine_bytes
        self._whole_bytes = whole_bytes

    def keep(self, ref: Ref, at: float, picture: bytes) -> None:
        """Keep what a machine showed at a moment."""
        digest = hashlib.blake2b(picture, digest_size=16).digest()
        last = self._file.execute(
            "SELECT id, until, digest FROM screen WHERE host = ? AND key = ? AND at <= ?"
            " ORDER BY at DESC LIMIT 1",
            (ref.host, ref.key, at),
        ).fetchone()
        if last and last[2] == digest and at - last[1] <= SEEN_S:
            self._file.execute(
                "UPDATE screen SET until = max(until, ?) WHERE id = ?", (at, last[0])
            )
            return
        self._file.execute(
            "INSERT INTO screen (host, key, at, until, digest, picture) VALUES (?, ?, ?, ?, ?, ?)",
            (ref.host, ref.key, at, at, digest, picture),
        )
        self._bound(ref, at)

    def shown(
        self, ref: Ref, stretches: Sequence[tuple[float, float]], known: frozenset[int]
    ) -> tuple[Screen | None, ...]:
        """Return for each stretch of time the last picture that was seen in it, if there is one.

        Of a moment, which is a stretch that ends where it begins, it may have been seen last a
        little before: see `until`. Those of the ids that are known come without the picture itself.
        """
        return tuple(self._last(ref, since, until, known) for since, until in stretches)

    def used_bytes(self, ref: Ref | None = None) -> int:
        """Return how much the pictures of a machine, or all, take."""
        where, values = ("", ()) if ref is None else (" WHERE host = ? AND key = ?", _of(ref))
        (used,) = self._file.execute(
            f"SELECT coalesce(sum(length(picture)), 0) FROM screen{where}",  # noqa: S608  # ours
            values,
        ).fetchone()
        return int(used)

    def _last(self, ref: Ref, since: float, until: float, known: frozenset[int]) -> Screen | None:
        first = since - SEEN_S if since == until else since
        found = self._file.execute(
            "SELECT id, at, until FROM screen WHERE host = ? AND key = ? AND at <= ? AND until >= ?"
            " ORDER BY at DESC LIMIT 1",
            (*_of(ref), until, first),
        ).fetchone()
        if found is None:
            return None
        number, at, seen_until = found
        picture = b"" if number in known else self._picture(number)
        return Screen(number, at, seen_until, picture)

    def _picture(self, number: int) -> bytes:
        found = self._file.execute("SELECT picture FROM screen WHERE id = ?", (number,)).fetchone()
        return bytes(found[0]) if found else b""

    def _bound(self, ref: Ref, now: float) -> None:
        if self.used_bytes(ref) > self._machine_bytes:
            self._thin(ref, now)
        if (excess := self.used_bytes() - self._whole_bytes) > 0:
            self._drop_oldest(excess + self._whole_bytes * (1 - _ROOM))

    def _thin(self, ref: Ref, now: float) -> None:
        """Drop those that are nearest to the one before, for their age."""
        rows = self._file.execute(
            "SELECT id, at, length(picture) FROM screen WHERE host = ? AND key = ? ORDER BY at",
            _of(ref),
        ).fetchall()
        before = float("-inf")
        ranked: list[tuple[float, int, int]] = []
        for number, at, size in rows[:-1]:
            ranked.append(((at - before) / max(_RECENT_S, now - at), number, size))
            before = at
        excess = sum(row[2] for row in rows) - _ROOM * self._machine_bytes
        for _rank, number, size in sorted(ranked):
            if excess <= 0:
                break
            self._file.execute("DELETE FROM screen WHERE id = ?", (number,))
            excess -= size

    def _drop_oldest(self, excess: float) -> None:
        rows = self._file.execute("SELECT id, length(picture) FROM screen ORDER BY at").fetchall()
        for number, size in rows:
            if excess <= 0:
                break
            self._file.execute("DELETE FROM screen WHERE id = ?", (number,))
            excess -= size


def _of(ref: Ref) -> tuple[str, str]:
    return ref.host, ref.key
