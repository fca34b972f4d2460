import json

from hypothesis import given
from hypothesis import strategies as st

from backend.alerts import written
from backend.alerts.usual import USUAL
from backend.measures import Measure, Unit
from backend.model import Kind, Ref
from backend.thresholds import WHOLES, Severity, Side, Silence, Threshold

numbers = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def thresholds(draw: st.DrawFn) -> Threshold:
    measure = draw(st.sampled_from(Measure))
    units = [measure.unit, Unit.SHARE] if measure in WHOLES else [measure.unit]
    return Threshold(
        "id", measure, draw(numbers), draw(st.sampled_from(units)), draw(st.sampled_from(Side)),
        draw(st.floats(1.0, 86_400.0)), draw(st.sampled_from(Severity)), draw(st.text()),
        draw(st.text()), draw(st.none() | st.text()), draw(st.booleans()),
    )  # fmt: skip


@given(thresholds())
def test_a_threshold_comes_back_as_it_was(threshold: Threshold) -> None:
    told = json.loads(json.dumps(written.dump_threshold(threshold)))
    assert written.parse_threshold("id", told) == threshold


@given(st.text(min_size=1), st.text(min_size=1), st.text(), numbers)
def test_a_silence_comes_back_as_it_was(rule: str, key: str, device: str, until: float) -> None:
    silence = Silence(rule, Ref("h", Kind.DOMAIN, key), device, until)
    assert written.parse_silence(json.loads(json.dumps(written.dump_silence(silence)))) == silence


values = st.none() | st.booleans() | st.floats() | st.text() | st.lists(st.integers(), max_size=2)


@given(st.dictionaries(st.sampled_from([*written.dump_threshold(USUAL[0]), "more"]), values))
def test_what_is_no_threshold_is_none_and_no_error(told: dict[str, object]) -> None:
    whole = {**written.dump_threshold(USUAL[0]), **told}
    found = written.parse_threshold("id", whole)
    assert found is None or written.parse_threshold("id", written.dump_threshold(found)) == found
    written.parse_silence(told)
