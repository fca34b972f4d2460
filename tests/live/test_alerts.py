"""Alerts of a real guest and a real pool: load or a file raises one in its time, calm ends it."""

import os
from pathlib import Path

import pytest

from backend.host import rooms
from backend.journal.entry import What
from backend.measures import Measure, Unit
from backend.model import Alerts, Kind, Ref, StoragePool
from backend.thresholds import Alert, Rules, Threshold
from tests.live.stage import Guest, Stage

pytestmark = pytest.mark.live
SHARES_A_GUEST = True
BUSY = Threshold("busy", Measure.CPU, 0.2, Unit.SHARE, duration_s=2.0)
ALWAYS = Threshold("always", Measure.MEMORY_ASSIGNED, 1.0, Unit.BYTES, duration_s=1.0)
GIB = 2**30
LOAD = "i=0; ( while :; do i=$((i+1)); done ) & burner=$!; sleep 6; kill $burner"


def raised(stage: Stage, ref: Ref) -> dict[str, Alert]:
    record = stage.heard.records.get(ref.of(Kind.ALERTS))
    found = record.alerts if isinstance(record, Alerts) else ()
    return {alert.threshold.id: alert for alert in found}


def test_load_in_a_guest_raises_an_alert_and_calm_ends_it(stage: Stage, guest: Guest) -> None:
    heard = stage.heard
    stop = stage.engine.watch(guest.ref)
    try:
        stage.engine.use_rules(Rules((BUSY, ALWAYS)))
        heard.until(lambda: "always" in raised(stage, guest.ref))
        guest.run_inside(LOAD)
        heard.until(lambda: "busy" in raised(stage, guest.ref))
        alert = raised(stage, guest.ref)["busy"]
        assert alert.read_at - alert.since >= BUSY.duration_s
        assert alert.figure > BUSY.bound
        heard.until(lambda: "busy" not in raised(stage, guest.ref))
        assert "always" in raised(stage, guest.ref)
    finally:
        stop()
        stage.engine.use_rules(Rules())
    heard.until(lambda: not raised(stage, guest.ref))
    told = [
        (fact.what, fact["measure"], dict(fact.arguments).get("ending"))
        for entry in heard.entries
        for fact in entry.facts
        if entry.subject == guest.ref and fact.what in (What.ALERT_RAISED, What.ALERT_ENDED)
    ]
    assert (What.ALERT_RAISED, "cpu", None) in told
    heard.until(
        lambda: any(
            fact.what == What.ALERT_ENDED and fact["measure"] == "cpu" and fact["ending"] == "calm"
            for entry in heard.entries
            for fact in entry.facts
        )
    )


def test_a_storage_pool_that_fills_up_raises_an_alert_and_room_ends_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "WATCHED_S", 0.5)
    heard = stage.heard
    pool = next(one for one in heard.records.values() if isinstance(one, StoragePool))

    def used() -> list[float]:
        found = (one for one in heard.samples if one.ref == pool.ref)
        return [one.figures[Measure.POOL_USED, ""] for one in found]

    stop = stage.engine.watch(pool.ref)
    file = Path(pool.path) / "filler"
    try:
        heard.until(lambda: bool(used()))
        # Others write to the same disk meanwhile, but not that much.
        full = Threshold(
            "full", Measure.POOL_USED, used()[-1] + 2 * GIB, Unit.BYTES, duration_s=1.0
        )
        stage.engine.use_rules(Rules((full,)))
        with file.open("wb") as opened:
            os.posix_fallocate(opened.fileno(), 0, 4 * GIB)
        heard.until(lambda: "full" in raised(stage, pool.ref))
        shown = heard.records[pool.ref]
        assert isinstance(shown, StoragePool)
        assert shown.allocation_bytes > full.bound
        file.unlink()
        heard.until(lambda: not raised(stage, pool.ref))
    finally:
        file.unlink(missing_ok=True)
        stop()
        stage.engine.use_rules(Rules())
    heard.until(
        lambda: (
            {What.ALERT_RAISED, What.ALERT_ENDED}
            <= {fact.what for one in heard.entries for fact in one.facts if one.subject == pool.ref}
        )
    )
