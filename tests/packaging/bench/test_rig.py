"""The window that is measured: it opens as the program does, and hears what is put in."""

import pytest
from celadon_bench.benchmarks import charts, fleet, lists
from celadon_bench.rig import CHANGING, opened, until
from celadon_bench.rows import Row
from pytestqt.qtbot import QtBot

from backend.model import Domain

COUNT = CHANGING + 20


def test_it_opens_filled_and_hears_news(qtbot: QtBot) -> None:
    with opened(COUNT) as (rig, took_ms):
        assert took_ms > 0
        assert len(rig.area.model.lines) == COUNT
        rig.news.tell()
        mirror = rig.window.bridge.mirror
        until(lambda: any(m.notes.endswith(" 1") for m in mirror.records(Domain)))
        until(lambda: any(mirror.samples(m.ref) for m in mirror.records(Domain)))
        took = rig.to_paint(rig.area.update)
        assert took.own_ms >= 0
        assert took.wall_ms > 0


def test_a_fleet_that_is_only_told_of_is_listed_and_measured(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, few in (("HOSTS", 2), ("EACH", 4), ("SPAN_S", 0.1), ("SETTLED_S", 0.1)):
        monkeypatch.setattr(fleet, name, few)
    rows = fleet.measure()
    assert [row.name for row in rows] == [
        "list filled, 8 machines",
        "CPU while nothing happens, 8 machines",
        "CPU while 100 machines change a second, 8 machines",
        "CPU while all that run are read, 8 machines",
    ]
    assert rows[0].goal == 3000
    assert all(row.ours >= 0 for row in rows)


def test_charts_that_live_are_shown_and_measured(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, few in (("CHARTS", 12), ("SPAN_S", 0.1), ("SETTLED_S", 0.1)):
        monkeypatch.setattr(charts, name, few)
    tiles, whole, drag = charts.measure()
    assert tiles.name == "CPU for 12 tiles at 1 Hz, more than for none"
    assert tiles.goal == 10
    assert min(tiles.ours, whole.ours) >= 0
    assert drag.ours > 0


def test_every_figure_has_a_row_and_its_goal(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, few in (("KEYS", ("vm",)), ("CLICKS", 2), ("SORTS", 2), ("FRAMES", 3)):
        monkeypatch.setattr(lists, name, few)
    with opened(COUNT) as (rig, _took):
        rig.news.tell()
        rows: list[Row] = list(lists._inside(rig))
    goals = {row.name.partition(",")[0]: row.goal for row in rows if row.unit == "ms"}
    assert goals == {
        "keystroke in the filter to paint": 100.0,
        "click on a row to paint": 100.0,
        "sort by live CPU": 50.0,
        "scroll": 16.0,
        "scroll under headings": 16.0,
        "scroll large icons": 16.0,
    }
    assert all(row.ours >= 0 for row in rows)
