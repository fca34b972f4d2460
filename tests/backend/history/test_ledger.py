from collections.abc import Callable
from pathlib import Path

import pytest

from backend.history import tables
from backend.history.ledger import Ledger
from backend.history.rollup import Level
from backend.history.settling import Piece
from backend.measures import Measure
from backend.model import Kind, Ref
from backend.series import Course, Sample, Series
from tests.backend.history.conftest import BEGIN, CPU, REF

CPU_OF = Series(REF, Measure.CPU)


def feed(ledger: Ledger, since: float, until: float, each_s: int = 10, value: float = 0.5) -> None:
    for when in range(int(since), int(until), each_s):
        ledger.add([Sample(REF, 0.0, {CPU: value}, when=float(when))], float(when))


def course(ledger: Ledger, since: float, until: float, now: float, points: int = 600) -> Course:
    return ledger.read([CPU_OF], since, until, points, now)[0]


def test_what_was_measured_is_there_for_the_next_console(path: Path) -> None:
    first = Ledger(path)
    feed(first, BEGIN, BEGIN + 600)
    first.close()
    second = Ledger(path)
    (run,) = course(second, BEGIN, BEGIN + 600, BEGIN + 600).runs
    assert (len(run), run[0].at, run[-1].at) == (60, BEGIN, BEGIN + 590)
    second.close()


def test_a_host_is_known_again_by_its_place(path: Path) -> None:
    first, second = Ledger(path), Ledger(path)
    first.name_host("h", "embedded:/srv")
    feed(first, BEGIN, BEGIN + 100)
    first.close()
    assert course(second, BEGIN, BEGIN + 100, BEGIN + 100).runs == ()
    second.name_host("h", "embedded:/srv")
    assert list(course(second, BEGIN, BEGIN + 100, BEGIN + 100).points)
    assert second.places(REF) == (CPU,)
    second.close()


def test_hours_of_it_are_settled_bit_by_bit(path: Path) -> None:
    ledger = Ledger(path)
    feed(ledger, BEGIN, BEGIN + 2 * 3600)
    now = BEGIN + 2 * 3600.0 + 100
    ledger.tidy(now)  # finds what is due
    left = 0
    while ledger.is_behind:
        left += 1
        ledger.tidy(now)
    assert left == 2
    (run,) = course(ledger, BEGIN, BEGIN + 7200, now, 720).runs
    assert len(run) == 720
    ledger.close()


def test_the_more_there_is_to_settle_the_less_is_waited_between() -> None:
    ledger = Ledger(None)
    idle_s = ledger.wait_s
    waits = []
    for count in (1, 500, 100_000):
        ledger._pieces = [Piece(number, Level.TENS, BEGIN) for number in range(count)]
        waits.append(ledger.wait_s)
    assert idle_s > waits[0] > waits[1] > waits[2] > 0
    ledger._pieces = []
    ledger.close()


def test_a_pause_is_a_gap_in_every_level(path: Path) -> None:
    ledger = Ledger(path)
    feed(ledger, BEGIN, BEGIN + 600)
    feed(ledger, BEGIN + 1800, BEGIN + 2400)
    found = course(ledger, BEGIN, BEGIN + 2400, BEGIN + 2400)
    told = [(run[0].at - BEGIN, run[-1].at - BEGIN) for run in found.runs]
    assert told == [(0, 590), (1800, 2390)]
    ledger.close()


def test_a_folder_that_may_not_be_written_is_said_and_memory_serves(
    tmp_path: Path, expected_log: Callable[[str], None]
) -> None:
    expected_log("the history is not kept")
    (tmp_path / "file").touch()
    ledger = Ledger(tmp_path / "file" / "history.sqlite")
    feed(ledger, BEGIN, BEGIN + 100)
    found = course(ledger, BEGIN, BEGIN + 100, BEGIN + 100)
    assert found.problem
    assert found.problem.message_id == "HistoryRefused"
    assert list(found.points), "what waits in memory is told"
    ledger.close()


def test_what_nothing_was_kept_of_is_an_empty_course() -> None:
    ledger = Ledger(None)
    other = Series(Ref("h", Kind.DOMAIN, "v"), Measure.LOAD)
    assert [found.runs for found in ledger.read([other], 0.0, 10.0, 5, 20.0)] == [()]
    ledger.close()


def test_the_last_hour_before_a_long_pause_is_settled_before_anything_is_forgotten(
    path: Path,
) -> None:
    ledger = Ledger(path)
    feed(ledger, BEGIN, BEGIN + 1800)
    ledger.close()
    again = Ledger(path)
    later = BEGIN + 20 * 86_400.0
    for _ in range(10):
        again.tidy(later)
    (run,) = course(again, BEGIN, BEGIN + 1800, later, 30).runs
    assert len(run) == 30, "a minute each"
    again.close()


def test_of_one_that_names_too_much_it_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "SERIES_MOST", 2)
    ledger = Ledger(path)
    figures = {(Measure.FILESYSTEM_USED, f"/mnt/{number}"): 1.0 for number in range(3)}
    ledger.add([Sample(REF, 0.0, figures, when=BEGIN)], BEGIN)
    ledger.add([Sample(REF, 0.0, figures, when=BEGIN + 20)], BEGIN + 30.0)
    told = [Series(REF, Measure.FILESYSTEM_USED, f"/mnt/{number}") for number in range(3)]
    courses = ledger.read(told, BEGIN, BEGIN + 60, 6, BEGIN + 60)
    assert [one.problem.message_id if one.problem else "" for one in courses] == [
        "", "", "HistoryCrowded"
    ]  # fmt: skip
    ledger.close()
