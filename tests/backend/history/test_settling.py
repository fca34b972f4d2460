import sqlite3

import pytest

from backend.history import settling
from backend.history.rollup import Level
from backend.history.settling import Piece
from backend.history.store import Store
from backend.measures import Measure
from backend.model import Kind, Ref
from backend.series import Series
from tests.backend.history.conftest import BEGIN, REF, row


def test_a_piece_is_one_things_block_that_is_over(store: Store) -> None:
    other = Ref("h", Kind.DOMAIN, "v")
    store.write([row(BEGIN), row(BEGIN + 3600), row(BEGIN, ref=other)])
    store.write([row(BEGIN + n, level=Level.SECONDS) for n in (0, 400)])
    assert settling.due(store._file, BEGIN + 300) == []
    assert settling.due(store._file, BEGIN + 370) == [Piece(1, Level.SECONDS, BEGIN)]
    assert set(settling.due(store._file, BEGIN + 3630)) == {
        Piece(1, Level.SECONDS, BEGIN), Piece(1, Level.SECONDS, BEGIN + 360),
        Piece(1, Level.TENS, BEGIN), Piece(2, Level.TENS, BEGIN),
    }  # fmt: skip


def test_a_piece_is_settled_wholly_or_not_at_all(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write(row(BEGIN + 10 * n) for n in range(360))
    series = Series(REF, Measure.CPU)
    before = store.read(series, Level.TENS, BEGIN, BEGIN + 3600)

    def full(*_arguments: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(settling, "lengthen", full)
        with pytest.raises(sqlite3.OperationalError):
            settling.settle(store._file, Piece(1, Level.TENS, BEGIN))
    assert store.read(series, Level.TENS, BEGIN, BEGIN + 3600) == before
    settling.settle(store._file, Piece(1, Level.TENS, BEGIN))
    assert settling.due(store._file, BEGIN + 7200) == []


def test_what_comes_late_joins_what_was_settled(store: Store) -> None:
    for part in (range(100), range(100, 360)):
        store.write(row(BEGIN + 10 * n) for n in part)
        settling.settle(store._file, Piece(1, Level.TENS, BEGIN))
    (_tail, layer, *_) = store.read(Series(REF, Measure.CPU), Level.TENS, BEGIN, BEGIN + 3600)
    assert len(layer) == 360
