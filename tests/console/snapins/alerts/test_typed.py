import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.measures import Measure, Unit
from backend.thresholds import DURATION_MOST_S
from console.sdk import alert_words
from console.snapins.alerts import typed


@pytest.mark.parametrize(
    ("text", "measure", "value", "unit"),
    [
        ("95 %", Measure.CPU, 0.95, Unit.SHARE),
        ("95", Measure.CPU, 0.95, Unit.SHARE),
        ("2,5%", Measure.CPU_DELAY, 0.025, Unit.SHARE),
        ("90 %", Measure.FILESYSTEM_USED, 0.9, Unit.SHARE),
        ("20 GiB", Measure.FILESYSTEM_USED, 20 * 1024**3, Unit.BYTES),
        ("500 MB", Measure.HOST_MEMORY_USED, 500 * 1024**2, Unit.BYTES),
        ("1.5 MiB/s", Measure.DISK_WRITE, 1.5 * 1024**2, Unit.BYTES_PER_S),
        ("1.5 MB", Measure.DISK_WRITE, 1.5 * 1024**2, Unit.BYTES_PER_S),
        ("100 ms", Measure.DISK_READ_LATENCY, 0.1, Unit.SECONDS),
        ("100", Measure.DISK_READ_LATENCY, 0.1, Unit.SECONDS),
        ("0.5 s", Measure.DISK_READ_LATENCY, 0.5, Unit.SECONDS),
        ("100/s", Measure.DROPS_IN, 100.0, Unit.PER_S),
        ("100", Measure.DROPS_IN, 100.0, Unit.PER_S),
        ("4.5", Measure.LOAD, 4.5, Unit.COUNT),
    ],
)
def test_what_people_write(text: str, measure: Measure, value: float, unit: Unit) -> None:
    bound = typed.read_bound(text, measure)
    assert (bound.unit, bound.reason) == (unit, "")
    assert bound.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "measure", "reason"),
    [
        ("", Measure.CPU, "Write a number"),
        ("much", Measure.CPU, "Write a number"),
        ("-5", Measure.CPU, "Write a number"),
        ("1,000 MiB", Measure.MEMORY_RESIDENT, "Write a number"),
        ("120 %", Measure.CPU, "More than 100 %"),
        ("90", Measure.FILESYSTEM_USED, "Say in what: 90 % or 20 GiB."),
        ("90 ms", Measure.CPU, "“ms” is no unit of this. Write 90 %."),
        ("5 MiB/s", Measure.MEMORY_RESIDENT, "“MiB/s” is no unit of this. Write 20 GiB."),
    ],
)
def test_what_will_not_do_has_a_reason(text: str, measure: Measure, reason: str) -> None:
    assert typed.read_bound(text, measure).reason.startswith(reason)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90 s", 90.0), ("10 min", 600.0), ("1.5 h", 5400.0), ("2 d", 172_800.0), ("1s", 1.0)],
)
def test_lengths_of_time(text: str, seconds: float) -> None:
    assert typed.read_duration(text) == (seconds, "")


@pytest.mark.parametrize("text", ["", "10", "soon", "0 s", "100 ms", "9 d", "10 weeks"])
def test_no_lengths_of_time(text: str) -> None:
    assert typed.read_duration(text)[1]


measures = st.sampled_from([*alert_words.NAMES])


@given(measures, st.data())
def test_what_stands_in_the_field_is_read_as_it_was_meant(
    measure: Measure, data: st.DataObject
) -> None:
    unit = data.draw(st.sampled_from(alert_words.units(measure)))
    most = 1000 if unit is Unit.SHARE else 10**9
    value = data.draw(st.integers(0, most)) / 1000
    bound = typed.read_bound(typed.bound_text(value, unit), measure)
    assert (bound.reason, bound.unit) == ("", unit)
    assert bound.value == pytest.approx(value, abs=1e-6)


@given(st.integers(1, int(DURATION_MOST_S)))
def test_a_length_of_time_is_read_as_it_was_meant(seconds: int) -> None:
    assert typed.read_duration(typed.duration_text(float(seconds))) == (float(seconds), "")


@given(st.text(max_size=30), measures)
def test_anything_can_be_typed(text: str, measure: Measure) -> None:
    bound = typed.read_bound(text, measure)
    assert bound.reason or bound.value >= 0
    typed.read_duration(text)
