"""The heartbeat, read off the window, and what the report makes of it."""

import json
from pathlib import Path

import pytest
from celadon_tour.pulse import Gaps, gaps, median
from celadon_tour.report import Outcome, Report


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (
            "Heartbeat of the guest: longest gap 24 ms while adding, 23 ms before",
            Gaps(idle_gap_ms=23, hot_add_gap_ms=24),
        ),
        (
            "Heartbeat of the guest: longest gap 1,024 ms while adding, 512 ms before",
            Gaps(idle_gap_ms=512, hot_add_gap_ms=1024),
        ),
        ("Heartbeat of the guest: longest gap 23 ms before", None),
        ("Heartbeat of the guest: not measured yet", None),
    ],
)
def test_it_is_read_as_it_stands_there(told: str, found: Gaps | None) -> None:
    assert gaps(told) == found


def test_of_several_runs_the_report_has_the_medians_and_each(tmp_path: Path) -> None:
    report = Report(tmp_path, repeat=3, runs=[True, False, True])
    report.heartbeats += [Gaps(20, 30), Gaps(40, 40), Gaps(20, 200)]
    report.devices_in_guest["before"] = ["NIC eth0"]
    report.add(Outcome("Keynote", "Four", ok=True, seconds=1.0, evidence="so", picture=""))
    told = json.loads((tmp_path / "report.json").read_text())
    assert told["runs"] == {"asked": 3, "shown": 3, "ok": 2}
    assert told["heartbeat"] == {"idle_gap_ms": 20, "hot_add_gap_ms": 40, "ratio": 1.5}
    assert [one["ratio"] for one in told["heartbeats"]] == [1.5, 1.0, 10.0]
    assert told["devices_in_guest"] == {"before": ["NIC eth0"]}
    assert report.summary().startswith("2 of 3 runs were so; longest gap")
    assert "ratio 1.5" in report.summary()


def test_a_tour_without_hot_add_tells_of_no_heart(tmp_path: Path) -> None:
    report = Report(tmp_path)
    report.write()
    assert "heartbeat" not in json.loads((tmp_path / "report.json").read_text())
    assert median([Gaps(20, 20)])["ratio"] == 1.0
