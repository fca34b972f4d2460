"""What it costs to keep the figures of 100 machines, and to open a month of them."""

import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import numpy as np

from backend.history import blocks
from backend.history.ledger import Ledger
from backend.history.rollup import SLOTS, Level
from backend.history.tables import Names, form
from backend.keeping.file import at_once, open_file
from backend.measures import Measure, Place
from backend.model import Kind, Ref
from backend.series import Sample, Series
from celadon_bench.rows import Row, say

MACHINES: Final = 100
MONTH_S: Final = 30 * 86_400
_PLACES: Final[tuple[Place, ...]] = (
    *((measure, "") for measure in list(Measure)[:15]),
    *((measure, "vda") for measure in Measure if measure.id.startswith("disk_")),
    *((measure, "52:54:00:00:00:01") for measure in Measure if measure.of.value == "adapter"),
)[:30]
_CHARTED: Final = _PLACES[:1] + _PLACES[15:17]
_BOUND: Final = 2**31
_TIMES: Final = 5


def measure() -> tuple[Row, ...]:
    """Return the rows."""
    with tempfile.TemporaryDirectory(prefix="celadon-bench-", dir="/var/tmp") as name:
        path = Path(name) / "history.sqlite"
        now = int(time.time()) // 3600 * 3600
        say(f"a month of {MACHINES} machines, {len(_PLACES)} series each, is generated")
        generate(path, now)
        scan_ms, chart_ms = _scan_ms(path), _chart_ms(path, now)
        size_mib = path.stat().st_size / 2**20
    return (
        Row("history: a month of a machine opened", "ms", chart_ms, scan_ms, "a full scan",
            scan_ms / 10),
        Row(f"history: file of a month of {MACHINES} machines", "MiB", size_mib, goal=1024),
        Row(f"history: kept of {MACHINES} machines", "% of a core", _keeping_percent(), goal=1.0),
    )  # fmt: skip


def ref(number: int) -> Ref:
    """Return one of the machines."""
    return Ref("bench", Kind.DOMAIN, f"machine-{number}")


def generate(path: Path, now: int) -> None:
    """Have the file of a month that ended at `now`: a third of the series move, others stand."""
    chance = np.random.default_rng(8)
    moving = [_packed(chance.gamma(2.0, 1e6, SLOTS)) for _ in range(200)]
    standing = [_packed(np.full(SLOTS, value)) for value in (0.0, 1.0, 2.0**31)]
    with closing(open_file(path, form(_BOUND))) as file, at_once(file):
        names = Names(file)
        for number in range(MACHINES):
            thing = names.thing(ref(number))
            for index, place in enumerate(_PLACES):
                pool = standing if index % 3 else moving
                rows = _blocks(names.series(thing, place), number, now, pool)
                file.executemany("INSERT INTO block VALUES (?, ?, ?, ?)", rows)


def _packed(means: np.ndarray) -> bytes:
    block = np.stack([means * 0.8, means, means * 1.3]).astype(np.float32)
    return blocks.pack(block)


def _blocks(
    series: int | None, seed: int, now: int, pool: list[bytes]
) -> Iterator[tuple[int | None, int, int, bytes]]:
    for level in (Level.TENS, Level.MINUTES, Level.HOURS):
        span_s = level.step_s * SLOTS
        first = (now - min(level.kept_s, MONTH_S)) // span_s
        for part in range(first, now // span_s):
            yield series, level.step_s, part * span_s, pool[(seed + part) % len(pool)]


def _chart_ms(path: Path, now: int) -> float:
    """Return the median time of opening it anew, for the figures of one machine's charts."""
    took: list[float] = []
    for number in range(_TIMES):
        began = time.perf_counter()
        with closing(Ledger(path, _BOUND)) as ledger:
            asked = [Series(ref(number), *place) for place in _CHARTED]
            courses = ledger.read(asked, now - MONTH_S, now, 600, now)
        took.append((time.perf_counter() - began) * 1e3)
        assert all(list(course.points) for course in courses)
    return sorted(took)[_TIMES // 2]


def _scan_ms(path: Path) -> float:
    """Return the time of reading every block and unpacking it: what no index would cost."""
    began = time.perf_counter()
    with closing(sqlite3.connect(path)) as file:
        for (told,) in file.execute("SELECT told FROM block"):
            blocks.unpack(told)
    return (time.perf_counter() - began) * 1e3


def _keeping_percent() -> float:
    """Return the processor time for an hour's samples, settled and all, of a core's time."""
    with tempfile.TemporaryDirectory(prefix="celadon-bench-", dir="/var/tmp") as name:
        ledger = Ledger(Path(name) / "history.sqlite")
        begin = int(time.time()) // 3600 * 3600
        began = time.process_time()
        for when in range(begin, begin + 3600, 10):
            ledger.add([_sample(number, when) for number in range(MACHINES)], when)
        end = begin + 3700.0
        ledger.tidy(end)
        ledger.tidy(end)
        while ledger.is_behind:
            ledger.tidy(end)
        ledger.close()
        return (time.process_time() - began) / 3600 * 100


def _sample(number: int, when: int) -> Sample:
    value = float((number * 7919 + when) % 1000)
    return Sample(ref(number), float(when), dict.fromkeys(_PLACES, value), when=float(when))
