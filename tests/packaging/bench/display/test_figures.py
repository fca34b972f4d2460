"""The arithmetic of the display's figures."""

import os
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from celadon_bench.benchmarks import display
from celadon_bench.display.encoders import Coding
from celadon_bench.display.figures import OURS, Painted, beside, best, painted_rows, took_rows
from celadon_bench.display.viewers import Running
from celadon_bench.rows import Row
from celadon_bench.usage import family

ONE = Painted(seconds=2.0, used_s=0.3, updates=60, pixels=100_000_000, received_bytes=800)


def test_what_a_megapixel_costs() -> None:
    assert ONE.cost_ms == pytest.approx(3.0)
    assert ONE.rate == 30.0
    twice = ONE + replace(ONE, used_s=0.9, pixels=50_000_000)
    assert twice.cost_ms == pytest.approx(8.0)
    assert (twice.seconds, twice.updates, twice.received_bytes) == (4.0, 120, 1600)
    assert replace(ONE, pixels=0).cost_ms == 0.0


def test_the_better_peer_is_the_one_with_a_goal_beside_it() -> None:
    rows = list(beside("x", "ms", {OURS: 1.0, "a": 4.0, "b": 2.0}, 1.5))
    assert [(row.peer_name, row.ratio, row.goal) for row in rows] == [
        ("b", 0.5, 1.5),
        ("a", 0.25, None),
    ]
    (alone,) = beside("x", "ms", {OURS: 1.0}, 1.5)
    assert (alone.peer, alone.goal) == (None, 1.5)
    assert best({OURS: 1.0, "a": 0.0}) == "", "nothing was painted: no peer"


def test_more_frames_are_better() -> None:
    rows = list(painted_rows("x", {OURS: ONE, "peer": replace(ONE, updates=30)}, 3.5))
    cost, frames = rows
    assert cost.ratio == pytest.approx(1.0)
    assert (cost.unit, cost.is_missed) == ("ms", False)
    assert (frames.ours, frames.peer, frames.ratio) == (30.0, 15.0, 0.5)
    assert Row("y", "1/s", 10.0, goal=20.0, more_is_better=True).is_missed


def test_times_are_told_by_median_and_tail() -> None:
    took = {OURS: [float(ms) for ms in range(1, 101)], "peer": [10.0] * 20, "none": []}
    median, tail = took_rows("x", took, 60.0)
    assert (median.ours, median.peer, median.goal) == (50.0, 10.0, 60.0)
    assert (tail.ours, tail.peer) == (95.0, 10.0)
    assert list(took_rows("x", {OURS: [], "peer": [1.0]})) == []


def test_goals_follow_what_the_peers_did_in_the_same_run() -> None:
    def cost(ms: float) -> Painted:
        return replace(ONE, used_s=ms / 10)

    painted = {
        f"RFB {Coding.RAW.name}": {OURS: cost(2), "a": cost(6), "b": cost(8)},
        f"RFB {Coding.ZLIB.name}": {OURS: cost(5)},
        f"RFB {Coding.ZRLE.name}": {OURS: cost(30), "a": cost(7), "b": cost(9)},
        f"RFB {Coding.TIGHT.name}": {OURS: cost(9), "a": cost(8), "b": cost(6)},
        "D-Bus": {OURS: cost(1.2)},
    }
    rows = list(display._live_rows("guest", painted))
    goals = {(row.name, row.peer_name): row.goal for row in rows if row.goal is not None}
    assert goals == {
        ("guest, RFB RAW, CPU per megapixel", "a"): pytest.approx(3.0),
        ("guest, D-Bus, CPU per megapixel", "a"): pytest.approx(1.5),
        (
            "guest, RFB ZLIB beside the best compressed encoding, CPU per megapixel",
            "b TIGHT",
        ): pytest.approx(6.0),
    }
    assert not any(row.is_missed for row in rows)
    alone = {way: {OURS: of[OURS]} for way, of in painted.items()}
    assert all(row.goal is None for row in display._live_rows("guest", alone))


def test_a_programs_processor_time_is_that_of_its_children_too() -> None:
    burn = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass\n"
    program = (
        f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {burn + 'input()'!r}])"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE) as process:
        running = Running(process, counts=None)  # type: ignore[arg-type]  # it tells nothing
        end = time.monotonic() + 30
        while running.used_s() < 0.3 and time.monotonic() < end:
            time.sleep(0.02)
        assert running.used_s() >= 0.3
        assert len(family(process.pid)) == 2
        assert running.wakings() > 0
        assert os.getpid() not in family(process.pid)
        running.end()


def test_who_shows_nothing_is_left_out_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise TimeoutError("peer showed nothing in 30 s")

    with display._unless_nothing("guest", "RAW"):
        fail()
    assert "guest, RAW: peer showed nothing" in capsys.readouterr().err
    painted = {"RFB RAW": {"a": ONE}, "RFB ZLIB": {OURS: ONE}}
    names = {row.name for row in display._live_rows("guest", painted)}
    assert names == {f"guest, RFB ZLIB, {what}" for what in ("CPU per megapixel", "frames")}
