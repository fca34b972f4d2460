from pathlib import Path

import numpy as np

from backend.history import blocks, pruning
from backend.history.rollup import SLOTS, Level
from backend.history.store import Store
from backend.measures import Measure
from backend.model import Kind, Ref
from backend.series import Series
from tests.backend.history.conftest import BEGIN, REF, row

NOW = BEGIN + 10 * 366 * 86_400.0


def counts(store: Store) -> dict[int, int]:
    return dict(store._file.execute("SELECT step, count(*) FROM block GROUP BY step").fetchall())


def fill(store: Store, level: Level, number: int, until: float) -> None:
    noise = np.random.default_rng(7).uniform(0, 1, (3, SLOTS)).astype(np.float32)
    told, span_s = blocks.pack(noise), level.step_s * SLOTS
    with store._file:
        store._file.executemany(
            "INSERT INTO block VALUES (?, ?, ?, ?)",
            [
                (n % 50, level.step_s, int(until) - (1 + n // 50) * span_s, told)
                for n in range(number)
            ],
        )


def test_each_level_is_kept_for_its_time(store: Store) -> None:
    for level in Level:
        for age in (level.kept_s - 10, level.kept_s + 2 * level.step_s * SLOTS):
            store._file.execute(
                "INSERT INTO block VALUES (1, ?, ?, x'00')", (level.step_s, NOW - age)
            )
    store._file.execute("INSERT INTO tail VALUES (1, 10, ?, x'00')", (NOW - 30 * 86_400,))
    store.prune(NOW)
    assert counts(store) == {level.step_s: 1 for level in Level}
    assert store._file.execute("SELECT count(*) FROM tail").fetchone() == (0,)


def test_of_too_much_the_oldest_of_the_most_goes(tmp_path: Path) -> None:
    store = Store(tmp_path / "history.sqlite", 8 * 2**20)
    fill(store, Level.HOURS, 200, NOW)
    fill(store, Level.MINUTES, 1500, NOW)
    assert store.used_bytes() > 0.75 * 8 * 2**20
    before = counts(store)
    store._bound_bytes = 6 * 2**20
    store.prune(NOW)
    assert store.used_bytes() <= 0.9 * 6 * 2**20
    assert counts(store)[3600] == before[3600]
    assert 0 < counts(store)[60] < before[60]
    (oldest,) = store._file.execute("SELECT min(at) FROM block WHERE step = 60").fetchone()
    (newest,) = store._file.execute("SELECT max(at) FROM block WHERE step = 60").fetchone()
    assert newest == NOW - 360 * 60
    assert oldest > NOW - 30 * 360 * 60
    store.close()


def test_an_empty_file_that_is_too_large_ends_it(store: Store) -> None:
    pruning.prune(store._file, NOW, 0)


def test_a_clock_that_leapt_ahead_forgets_nothing(store: Store) -> None:
    for level in Level:
        store._file.execute("INSERT INTO block VALUES (1, ?, ?, x'00')", (level.step_s, BEGIN))
    store._file.execute("INSERT INTO tail VALUES (1, 10, ?, x'00')", (BEGIN,))
    store.prune(BEGIN + 3600.0)
    store.prune(NOW)
    assert counts(store) == {level.step_s: 1 for level in Level}
    assert store._file.execute("SELECT count(*) FROM tail").fetchone() == (1,)


def test_series_of_which_nothing_is_left_are_forgotten_and_others_stay(store: Store) -> None:
    gone, here = Ref("h", Kind.DOMAIN, "gone"), Ref("h", Kind.DOMAIN, "here")
    store.write([row(BEGIN, ref=gone), row(BEGIN + 8 * 86_400, ref=here)])
    for day in range(9):
        store.prune(BEGIN + day * 86_400.0)
    assert store.places(gone) == []
    assert len(store.places(here)) == 2
    # What is known by number is known anew: its numbers may have been given to another.
    store.write([row(BEGIN + 8 * 86_400 + 10, ref=gone)])
    assert len(store.places(gone)) == 2
    named = store._file.execute("SELECT count(*) FROM thing").fetchone()
    assert named == (2,)


def test_another_console_that_forgot_names_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    one, two = Store(path), Store(path)
    one.write([row(BEGIN)])
    for day in range(1, 9):
        two.prune(BEGIN + day * 86_400.0)
    assert two.places(REF) == []
    one.write([row(BEGIN + 8 * 86_400)])
    layers = two.read(Series(REF, Measure.CPU), Level.TENS, BEGIN, BEGIN + 9 * 86_400.0)
    assert [len(layer) for layer in layers if layer] == [1]
    one.close()
    two.close()
