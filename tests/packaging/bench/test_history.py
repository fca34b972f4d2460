"""The month that is measured is one that the store reads."""

import time
from pathlib import Path

import pytest
from celadon_bench.benchmarks import history

from backend.history.ledger import Ledger
from backend.history.store import Store
from backend.series import Series


def test_a_month_is_generated_that_charts_can_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "MACHINES", 2)
    now = int(time.time()) // 3600 * 3600
    history.generate(tmp_path / "history.sqlite", now)
    store = Store(tmp_path / "history.sqlite", 2**31)
    assert len(store.places(history.ref(1))) == 30
    store.close()
    ledger = Ledger(tmp_path / "history.sqlite", 2**31)
    asked = [Series(history.ref(1), *place) for place in history._CHARTED]
    for course in ledger.read(asked, now - history.MONTH_S, now, 600, now):
        assert len(list(course.points)) > 300
    ledger.close()


def test_each_figure_has_a_goal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MACHINES", 1)
    monkeypatch.setattr(history, "_TIMES", 1)
    rows = history.measure()
    assert [row.unit for row in rows] == ["ms", "MiB", "% of a core"]
    assert all(row.goal for row in rows)
