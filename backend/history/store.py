"""The history's file, open. Blocking, and for one thread.

What was read of a thing in a stretch is written as one row, the tail, so that writing costs little.
When a block's worth of time has passed, that becomes a block for each series, and longer stretches
with it (`settling`), so that reading a series costs little too.
"""

from collections.abc import Iterable
from pathlib import Path

from backend.history import blocks, pruning, settling, tail
from backend.history.course import Kept
from backend.history.rollup import SLOTS, Level, Row
from backend.history.settling import Piece
from backend.history.tables import BOUND_BYTES, Names, form
from backend.keeping.file import KeptFile, at_once, number, used_bytes
from backend.measures import Place
from backend.model import Ref
from backend.series import Series


class Store(KeptFile):
    """One open file; None is one in memory, that is gone with it. Raises sqlite3.Error."""

    def __init__(self, path: Path | None, bound_bytes: int = BOUND_BYTES) -> None:
        super().__init__(path, form(bound_bytes))
        self._bound_bytes = bound_bytes
        self._names = Names(self._file)
        self._version = number(self._file, "PRAGMA data_version")

    def write(self, rows: Iterable[Row]) -> None:
        """Write them all or, if this raises, none. Of two of the same stretch the first stays."""
        try:
            with at_once(self._file):
                self._know_names()
                for row in rows:
                    self._write(row)
        except BaseException:
            self._names.forget()
            raise

    def due(self, now: float) -> list[Piece]:
        """Return what can be settled by now."""
        return settling.due(self._file, now)

    def settle(self, piece: Piece) -> None:
        """Have a piece of the tail in blocks."""
        settling.settle(self._file, piece)

    def prune(self, now: float) -> None:
        """Forget what is too old or too much."""
        pruning.prune(self._file, now, self._bound_bytes)
        self._names.forget()

    def used_bytes(self) -> int:
        """Return how much of the file is in use."""
        return used_bytes(self._file)

    def places(self, ref: Ref) -> list[Place]:
        """Return measures and devices of a thing of which something was ever kept."""
        return self._names.places(ref)

    def is_crowded(self, ref: Ref) -> bool:
        """Whether a thing has so many series that nothing is kept of further ones."""
        return self._names.is_full(ref)

    def read(self, series: Series, level: Level, since: float, until: float) -> list[list[Kept]]:
        """Return what there is of a series in this level, in the tail, and in coarser levels.

        In layers, the finest first.
        """
        if (found := self._names.find(series)) is None:
            return []
        series_id, thing = found
        fine = Level.SECONDS if level is Level.SECONDS else Level.TENS
        tails = [one for one in (Level.SECONDS, Level.TENS) if one.step_s >= fine.step_s]
        coarse = [one for one in Level if one.step_s >= level.step_s]
        layers = [
            (one.step_s, self._read_tail(thing, series_id, one, since, until)) for one in tails
        ] + [(one.step_s, self._read_blocks(series_id, one, since, until)) for one in coarse]
        layers.sort(key=lambda layer: layer[0])
        return [layer for _step, layer in layers]

    def _know_names(self) -> None:
        """Look names up again where another console may have forgotten some."""
        version = number(self._file, "PRAGMA data_version")
        if version != self._version:
            self._version = version
            self._names.forget()

    def _write(self, row: Row) -> None:
        thing = self._names.thing(row.ref)
        figures = {
            series: span
            for place, span in row.figures.items()
            if (series := self._names.series(thing, place)) is not None
        }
        self._file.execute(
            "INSERT OR IGNORE INTO tail VALUES (?, ?, ?, ?)",
            (thing, row.level.step_s, row.at, tail.dump(figures)),
        )

    def _read_tail(
        self, thing: int, series: int, level: Level, since: float, until: float
    ) -> list[Kept]:
        rows = self._file.execute(
            "SELECT at, told FROM tail WHERE thing = ? AND step = ? AND at > ? AND at < ? "
            "ORDER BY at",
            (thing, level.step_s, since - level.step_s, until),
        )
        return [
            Kept(at, level.step_s, *span)
            for at, told in rows
            if (span := tail.find(told, series)) is not None
        ]

    def _read_blocks(self, series: int, level: Level, since: float, until: float) -> list[Kept]:
        step_s = level.step_s
        rows = self._file.execute(
            "SELECT at, told FROM block WHERE series = ? AND step = ? AND at > ? AND at < ? "
            "ORDER BY at",
            (series, step_s, since - step_s * SLOTS, until),
        )
        kept: list[Kept] = []
        for begin, told in rows:
            try:
                block = blocks.unpack(told)
            except blocks.UnreadableBlock:
                continue  # the others are still worth something
            for slot in blocks.known(block):
                at = begin + slot * step_s
                if since - step_s < at < until:
                    kept.append(Kept(at, step_s, *block[:, slot].tolist()))
        return kept
