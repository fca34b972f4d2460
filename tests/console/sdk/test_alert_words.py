from dataclasses import replace

import pytest

from backend.journal.entry import Fact, What, fact
from backend.measures import Measure, Unit
from backend.thresholds import WHOLES, Alert, Severity, Side, Threshold
from console.sdk import alert_words as words
from console.sdk import happenings
from console.sdk.nodes import Tone
from console.sdk.wording import moment

NOW = 1_760_000_000.0
CPU = Threshold("cpu", Measure.CPU, 0.95, Unit.SHARE, duration_s=600.0)
LATENCY = Threshold(
    "lat", Measure.DISK_WRITE_LATENCY, 0.1, Unit.SECONDS, duration_s=90.0, device=None
)


def test_whatever_is_no_size_has_a_name_and_a_way_on() -> None:
    sizes = {*WHOLES.values(), Measure.MEMORY_MAXIMUM}
    assert set(words.NAMES) >= set(Measure) - sizes
    for measure in Measure:
        threshold = Threshold("x", measure, 1.0, measure.unit)
        alert = Alert(threshold, "dev", NOW, 2.0, NOW)
        assert words.way_on(alert).endswith(".")
        assert words.brief(alert)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.95, Unit.SHARE, "95 %"),
        (0.005, Unit.SHARE, "0.5 %"),
        (1024**3, Unit.BYTES, "1 GiB"),
        (2.5 * 1024**2, Unit.BYTES_PER_S, "2.5 MiB/s"),
        (20.0, Unit.PER_S, "20/s"),
        (0.1, Unit.SECONDS, "100 ms"),
        (2.0, Unit.SECONDS, "2 s"),
        (4.5, Unit.COUNT, "4.5"),
    ],
)
def test_a_figure_has_its_unit(value: float, unit: Unit, text: str) -> None:
    assert words.figure(value, unit) == text


def test_a_threshold_and_its_alert_are_told_alike() -> None:
    assert words.rule(CPU) == "CPU usage above 95 % for 10 min"
    assert words.rule(replace(LATENCY, side=Side.BELOW)) == "Write latency below 100 ms for 90 s"
    assert words.brief(Alert(CPU, "", NOW, 0.97, NOW)) == "CPU usage above 95 %"
    drive = Alert(LATENCY, "vda", NOW, 0.2, NOW)
    assert words.brief(drive) == "Write latency of drive vda above 100 ms"


def test_what_a_guest_calls_its_file_systems_is_no_format() -> None:
    threshold = Threshold("fs", Measure.FILESYSTEM_USED, 0.9, Unit.SHARE, device=None)
    alert = Alert(threshold, "/{what}{0}", NOW, 0.97, NOW)
    assert words.brief(alert) == "Space in use of /{what}{0} above 90 %"


def test_what_is_not_known_any_more_says_so() -> None:
    alert = Alert(CPU, "", NOW, 0.97, NOW + 60)
    assert words.standing(alert, NOW + 100).endswith(", now 97 %")
    often = replace(alert, times=5, first=NOW - 3000)
    assert words.standing(often, NOW + 100).endswith(f"(5 times since {moment(NOW - 3000, NOW)})")
    told = words.standing(replace(alert, is_known=False), NOW + 100)
    assert "nothing was measured after" in told
    assert "now" not in told


def test_the_worst_that_is_not_silent_gives_the_tone() -> None:
    warning = Alert(CPU, "", NOW, 0.97, NOW)
    critical = Alert(replace(CPU, severity=Severity.CRITICAL), "", NOW, 0.97, NOW)
    assert words.tone((warning,), NOW) is Tone.WARNING
    assert words.tone((warning, critical), NOW) is Tone.BAD
    silent = replace(critical, silent_until=NOW + 1)
    assert words.tone((warning, silent), NOW) is Tone.WARNING
    assert words.tone((silent,), NOW) is Tone.MUTED
    assert words.tone((silent,), NOW + 1) is Tone.BAD


def said(what: What, **more: str) -> Fact:
    return fact(
        what, measure="cpu", device="", unit="share", side="above", bound="0.95", duration_s=600,
        severity="warning", **more,
    )  # fmt: skip


def test_the_journal_tells_that_it_began_and_how_it_ended() -> None:
    raised = happenings.said(said(What.ALERT_RAISED))
    assert raised == "Alert: CPU usage above 95 % for 10 min"
    over = happenings.said(said(What.ALERT_ENDED, ending="calm"))
    assert over == "Alert over: CPU usage above 95 %"
    off = happenings.said(said(What.ALERT_ENDED, ending="off"))
    assert off == "Alert over: CPU usage above 95 % (no longer running)"
    gone = happenings.said(said(What.ALERT_ENDED, ending="gone"))
    assert gone == "Alert over: CPU usage above 95 % (no longer mounted)"
    later = fact(What.ALERT_RAISED, measure="mood", bound="?")
    assert happenings.said(later) == "Alert: …"
