"""Ours beside the peer: rows with a goal that follows the peer, and a stop-watch for pictures."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from celadon_bench import usage
from celadon_bench.benchmarks import idle, latency, memory, start
from celadon_bench.beside import compared, programs, visits
from celadon_bench.beside.crowds import CROWDS, Crowd
from celadon_bench.beside.programs import OURS, VIRT_MANAGER
from celadon_bench.beside.visits import Told
from celadon_bench.rows import Row
from celadon_bench.screen import Picture, Place, Screen, since_when
from typing_extensions import override


class Scripted(Screen):
    """A screen that shows one picture after the other, and the last for ever."""

    def __init__(self, pictures: list[Picture]) -> None:
        self.left = list(pictures)

    @override
    def look(self, place: Place | None = None) -> Picture:
        return self.left.pop(0) if len(self.left) > 1 else self.left[0]


def told(times: list[float], used: float) -> Told:
    return Told(list(times), list(times), list(times), list(times), used * (1 << 20), used, used)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> dict[str, Told]:
    found = {OURS.name: told([10, 30, 20], 0.5), VIRT_MANAGER.name: told([100, 300, 200], 1.0)}
    monkeypatch.setattr(compared, "visits", lambda _crowd: found)
    return found


def test_a_goal_is_a_share_of_what_the_peer_needs(seen: dict[str, Told]) -> None:
    rows = {row.name: row for row in start.measure()}
    row = rows["start to list filled, median, 1,000 machines"]
    assert (row.ours, row.peer, row.peer_name) == (20, 200, "virt-manager")
    assert row.goal == pytest.approx(0.15 * 200)
    assert row.ratio == pytest.approx(0.1)
    assert not row.is_missed
    assert rows["start to list filled, median, 10 real guests"].goal is None


def test_without_a_peer_ours_stands_alone(seen: dict[str, Told]) -> None:
    del seen[VIRT_MANAGER.name]
    rows = start.measure()
    assert [(row.ours, row.peer, row.goal) for row in rows] == [(20, None, None)] * len(CROWDS)


def test_a_crowd_that_cannot_be_had_is_said_and_costs_no_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def gathered(_crowd: Crowd) -> NoReturn:
        raise TimeoutError("no guests")

    monkeypatch.setattr(visits, "_present", lambda: (OURS,))
    monkeypatch.setattr(visits, "gathered", gathered)
    assert visits.visits.__wrapped__(CROWDS[-1]) == {}
    assert "not measured on 10 real guests: TimeoutError('no guests')" in capsys.readouterr().err


def test_guests_are_not_had_for_starts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    gathered: list[Crowd] = []

    def gather(crowd: Crowd) -> NoReturn:
        gathered.append(crowd)
        raise TimeoutError

    monkeypatch.setattr(visits, "_present", lambda: (OURS,))
    monkeypatch.setattr(visits, "gathered", gather)
    monkeypatch.setattr(visits, "_wanted", set())
    for crowd in CROWDS:
        assert visits.visits.__wrapped__(crowd) == {}
    assert gathered == [crowd for crowd in CROWDS if not crowd.is_real]


def test_a_benchmark_says_what_it_wants_when_it_is_named() -> None:
    code = "from celadon_bench.beside import visits\nfrom celadon_bench.benchmarks import {}\n"
    code += "print(*(part.value for part in visits._wanted))"
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    said = {
        name: subprocess.run(
            [sys.executable, "-c", code.format(name)],
            capture_output=True, text=True, check=True, env=paths,
        ).stdout.strip()
        for name in ("start", "idle", "memory", "latency")
    }  # fmt: skip
    assert said == {"start": "", "idle": "idle", "memory": "memory", "latency": "answers"}


def test_both_programs_read_figures_each_second(tmp_path: Path) -> None:
    command = programs.VIRT_MANAGER.command("test:///default", tmp_path)
    assert f"XDG_CONFIG_HOME={tmp_path}" in command
    keyfile = tmp_path / "glib-2.0" / "settings" / "keyfile"
    assert "update-interval=1" in keyfile.read_text()


def test_what_was_not_measured_has_no_row(seen: dict[str, Told]) -> None:
    seen[OURS.name].change_ms.clear()
    assert not [row for row in latency.measure() if row.name.startswith("change")]


def test_every_crowd_has_its_figures(seen: dict[str, Told]) -> None:
    rows: tuple[Row, ...] = (*idle.measure(), *memory.measure(), *latency.measure())
    goals = {row.name: row.goal and row.goal / (row.peer or 1) for row in rows if row.goal}
    assert goals["CPU while idle, 1,000 machines"] == pytest.approx(0.05)
    assert goals["CPU while idle, 10 real guests"] == pytest.approx(1.0)
    assert goals["memory with the list shown, 10 real guests"] == pytest.approx(1.5)
    assert goals["change made outside to pixels, median, 10 real guests"] == pytest.approx(1.0)
    assert goals["click to details, median, 1 machine"] == pytest.approx(0.1)


def test_where_nothing_can_be_measured_there_are_no_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compared, "visits", lambda _crowd: {})
    assert start.measure() == ()


def test_crowds_are_called_by_what_they_are() -> None:
    assert [crowd.name for crowd in CROWDS] == [
        "1 machine", "100 machines", "1,000 machines", "10 real guests",
    ]  # fmt: skip
    assert Crowd(2).name == "2 machines"


def test_a_picture_stands_since_it_was_like_the_last_but_for_little() -> None:
    blank, full = np.zeros((10, 10), np.uint32), np.ones((10, 10), np.uint32)
    cursor = full.copy()
    cursor[0, 0] = 7
    looks = [(1.0, blank), (2.0, cursor), (3.0, blank), (4.0, cursor), (5.0, full)]
    assert since_when(looks, 0.02) == 4.0
    assert since_when(looks, 0.0) == 5.0
    assert since_when(looks[:1], 0.0) == 1.0


def test_a_place_that_is_to_change_is_not_settled_before(monkeypatch: pytest.MonkeyPatch) -> None:
    blank, full = np.zeros((10, 10), np.uint32), np.ones((10, 10), np.uint32)
    monkeypatch.setattr("celadon_bench.screen._QUIET_S", 0.02)
    shown = Scripted([blank] * 30 + [full])
    shown.as_it_stays((0, 0, 10, 10), 0.0, lambda: False, 1e9, 0.01, blank)
    assert shown.left == [full]


def test_one_that_had_changed_before_the_first_look_is_seen_and_one_that_never_did_took_it_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blank, full = np.zeros((10, 10), np.uint32), np.ones((10, 10), np.uint32)
    monkeypatch.setattr("celadon_bench.screen._QUIET_S", 0.02)
    began, place = time.perf_counter(), (0, 0, 10, 10)
    took = Scripted([full]).as_it_stays(place, began, lambda: False, 1e9, 0.01, blank)
    assert 0 < took < 1e9
    began = time.perf_counter()
    assert Scripted([blank]).as_it_stays(place, began, lambda: False, 0.05, 0.01, blank) == 0.05
    still = Scripted([blank] * 30 + [full])
    still.as_it_stays((0, 0, 10, 10), 0.0, lambda: False, 1e9, 0.01)
    assert len(still.left) > 1


def test_what_a_program_started_counts_as_its_own() -> None:
    inner = "print(1, flush=True); input()"
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", nested], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"1\n"
        family = usage.family(process.pid)
        assert len(family) == 2
        assert usage.used_s(process.pid) > usage.clock_s(process.pid) > 0
        assert usage.memory_bytes(process.pid) > usage.memory_bytes(family[1]) > 0
        assert usage.wakings(process.pid) > 0
        process.communicate(b"\n")
    assert usage.clock_s(process.pid) == usage.memory_bytes(process.pid) == 0
