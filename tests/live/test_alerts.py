"""An alert of a real guest: load raises it after its time, calm ends it, and a stop does too."""

import pytest

from backend.journal.entry import What
from backend.measures import Measure, Unit
from backend.model import Alerts, Kind
from backend.thresholds import Alert, Rules, Threshold
from tests.live.stage import Guest, Stage

pytestmark = pytest.mark.live
SHARES_A_GUEST = True
BUSY = Threshold("busy", Measure.CPU, 0.2, Unit.SHARE, duration_s=2.0)
ALWAYS = Threshold("always", Measure.MEMORY_ASSIGNED, 1.0, Unit.BYTES, duration_s=1.0)
LOAD = "i=0; ( while :; do i=$((i+1)); done ) & burner=$!; sleep 6; kill $burner"


def raised(stage: Stage, guest: Guest) -> dict[str, Alert]:
    record = stage.heard.records.get(guest.ref.of(Kind.ALERTS))
    found = record.alerts if isinstance(record, Alerts) else ()
    return {alert.threshold.id: alert for alert in found}


def test_load_in_a_guest_raises_an_alert_and_calm_ends_it(stage: Stage, guest: Guest) -> None:
    heard = stage.heard
    stop = stage.engine.watch(guest.ref)
    try:
        stage.engine.use_rules(Rules((BUSY, ALWAYS)))
        heard.until(lambda: "always" in raised(stage, guest))
        guest.run_inside(LOAD)
        heard.until(lambda: "busy" in raised(stage, guest))
        alert = raised(stage, guest)["busy"]
        assert alert.read_at - alert.since >= BUSY.duration_s
        assert alert.figure > BUSY.bound
        heard.until(lambda: "busy" not in raised(stage, guest))
        assert "always" in raised(stage, guest)
    finally:
        stop()
        stage.engine.use_rules(Rules())
    heard.until(lambda: not raised(stage, guest))
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
