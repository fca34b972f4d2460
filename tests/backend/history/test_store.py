import dataclasses
import itertools
import os
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from backend.history import blocks
from backend.history.course import layered, level_for
from backend.history.rollup import SLOTS, Level
from backend.history.store import Store
from backend.keeping.file import at_once
from backend.measures import Measure
from backend.model import Kind, Ref
from backend.series import Series
from tests.backend.history.conftest import BEGIN, CPU, REF, row

SERIES = Series(REF, Measure.CPU)


def settle(store: Store, now: float) -> int:
    pieces = store.due(now)
    for piece in pieces:
        store.settle(piece)
    return len(pieces)


def means(store: Store, level: Level, since: float, until: float) -> list[tuple[float, float]]:
    kept = layered(store.read(SERIES, level, since, until))
    return [(one.at, round(one.mean, 3)) for one in kept]


def test_what_was_written_is_read_before_and_after_it_is_settled(store: Store) -> None:
    store.write(row(BEGIN + 10 * n, 0.1 * (n % 7)) for n in range(720))
    before = means(store, Level.TENS, BEGIN, BEGIN + 7200)
    assert len(before) == 720
    assert settle(store, BEGIN + 3700) == 1
    assert settle(store, BEGIN + 3700) == 0, "the second hour is not over"
    after = means(store, Level.TENS, BEGIN, BEGIN + 7200)
    assert [at for at, _ in after] == [at for at, _ in before]
    assert [mean for _, mean in after] == pytest.approx([mean for _, mean in before], abs=1e-3)


def test_minutes_and_hours_are_made_of_ten_seconds(store: Store) -> None:
    store.write(row(BEGIN + 10 * n, 1.0 + n % 6) for n in range(360))
    settle(store, BEGIN + 4000)
    minute, *_ = layered(store.read(SERIES, Level.MINUTES, BEGIN, BEGIN + 3600))
    assert (minute.at, minute.step_s) == (BEGIN, 60)
    assert (minute.least, minute.mean, minute.most) == pytest.approx((0.5, 3.5, 12.0), rel=1e-3)
    (hour,) = layered(store.read(SERIES, Level.HOURS, BEGIN, BEGIN + 3600))
    assert (hour.step_s, hour.least, hour.most) == (3600, 0.5, 12.0)
    assert hour.mean == pytest.approx(3.5, rel=1e-3)


def test_an_hour_after_another_stands_in_the_same_blocks(store: Store) -> None:
    for hour in range(3):
        store.write(row(BEGIN + 3600 * hour + 10 * n, hour + 1.0) for n in range(360))
        settle(store, BEGIN + 3600 * (hour + 1) + 100)
    assert means(store, Level.HOURS, BEGIN, BEGIN + 3 * 3600) == [
        (BEGIN, 1.0), (BEGIN + 3600, 2.0), (BEGIN + 7200, 3.0)
    ]  # fmt: skip
    assert len(means(store, Level.MINUTES, BEGIN, BEGIN + 3 * 3600)) == 180


def test_a_coarser_level_fills_in_where_nothing_finer_is_left(store: Store) -> None:
    store.write(row(BEGIN + 10 * n) for n in range(360))
    store.write(row(BEGIN + 100 + n, level=Level.SECONDS) for n in range(10))
    found = layered(store.read(SERIES, Level.SECONDS, BEGIN + 80, BEGIN + 130))
    assert [one.at - BEGIN for one in found if one.step_s == 1] == list(range(100, 110))
    assert [one.at - BEGIN for one in found if one.step_s == 10] == [80, 90, 110, 120]


def test_of_two_who_write_the_same_stretch_the_first_stays(store: Store) -> None:
    store.write([row(BEGIN, 0.25)])
    store.write([row(BEGIN, 0.75)])
    assert means(store, Level.TENS, BEGIN, BEGIN + 10) == [(BEGIN, 0.25)]


def test_what_cannot_be_written_as_a_whole_is_not_written(store: Store) -> None:
    bad = dataclasses.replace(row(BEGIN + 10), figures={CPU: ("x", 1.0, 2.0)})  # type: ignore[dict-item]
    with pytest.raises(struct.error):
        store.write([row(BEGIN), bad])
    assert store.places(REF) == []
    store.write([row(BEGIN)])
    assert len(store.places(REF)) == 2


def test_what_rots_costs_itself_alone(store: Store) -> None:
    for hour in range(2):
        store.write(row(BEGIN + 3600 * hour + 10 * n) for n in range(360))
        settle(store, BEGIN + 3600 * (hour + 1) + 100)
    store._file.execute("UPDATE block SET told = x'00' WHERE step = 10 AND at = ?", (BEGIN,))
    found = layered(store.read(SERIES, Level.TENS, BEGIN, BEGIN + 7200))
    assert {one.step_s for one in found if one.at < BEGIN + 3600} == {60}
    assert sum(one.at >= BEGIN + 3600 for one in found) == 360


_WRITER = """
import sys
from pathlib import Path
from backend.history.store import Store
from tests.backend.history.conftest import BEGIN, row

store, at = Store(Path(sys.argv[1])), BEGIN
while True:
    store.write(row(at + 10 * n) for n in range(90))
    at += 900
    for piece in store.due(at + 100):
        store.settle(piece)
    print(at, flush=True)
"""


def test_killed_while_it_writes_it_opens_again_with_all_that_was_written(tmp_path: Path) -> None:
    path, last = tmp_path / "history.sqlite", 0
    for _ in range(3):
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(path)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout
        for _ in range(12):
            last = max(last, int(writer.stdout.readline()))
        time.sleep(0.01)
        os.kill(writer.pid, signal.SIGKILL)
        last = max([last, *(int(line) for line in writer.stdout if line.endswith("\\n"))])
        writer.wait()
        writer.stdout.close()
        store = Store(path)
        assert store._file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = means(store, Level.TENS, BEGIN, last)
        assert [at for at, _ in found] == list(range(BEGIN, last, 10))
        store.close()


MACHINES, MONTH_S = 20, 30 * 86_400
PLACES = [(measure, "") for measure in list(Measure)[:6]]


def fill_a_month(store: Store, now: int) -> int:
    """Have a month of all machines in the store; return how many blocks that are."""
    told = blocks.pack(np.full((3, SLOTS), 0.5, np.float32))
    with at_once(store._file):
        for number, place in itertools.product(range(MACHINES), PLACES):
            thing = store._names.thing(Ref("h", Kind.DOMAIN, str(number)))
            series = store._names.series(thing, place)
            for level in (Level.TENS, Level.MINUTES, Level.HOURS):
                begins = range(now - min(level.kept_s, MONTH_S), now, level.step_s * SLOTS)
                rows = [(series, level.step_s, begin, told) for begin in begins]
                store._file.executemany("INSERT INTO block VALUES (?, ?, ?, ?)", rows)
    return int(store._file.execute("SELECT count(*) FROM block").fetchone()[0])


def test_a_month_of_one_machine_is_read_without_those_of_the_others(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = BEGIN + MONTH_S
    all_blocks = fill_a_month(store, now)
    unpacked, steps = 0, 0
    unpack = blocks.unpack

    def counting(data: bytes) -> blocks.Block:
        nonlocal unpacked
        unpacked += 1
        return unpack(data)

    def step() -> None:
        nonlocal steps
        steps += 1

    monkeypatch.setattr(blocks, "unpack", counting)
    store._file.set_progress_handler(step, 10)
    level = level_for(now - MONTH_S, now, 600, now)
    for place in PLACES:
        found = store.read(Series(Ref("h", Kind.DOMAIN, "7"), *place), level, now - MONTH_S, now)
        assert layered(found)
    chart_steps, steps = steps, 0
    store._file.execute("SELECT total(length(told)) FROM block").fetchall()
    assert 0 < unpacked * 10 <= all_blocks
    assert chart_steps * 10 <= steps
