from backend.alerts import written
from backend.alerts.usual import USUAL
from backend.measures import Measure


def test_the_usual_ones_can_be_written_and_have_names_of_their_own() -> None:
    assert len({one.id for one in USUAL}) == len(USUAL)
    for one in USUAL:
        assert written.parse_threshold(one.id, written.dump_threshold(one)) == one


def test_what_may_as_well_be_work_is_off() -> None:
    on = {one.measure for one in USUAL if one.is_enabled}
    assert not on & {Measure.CPU, Measure.HOST_CPU, Measure.DISK_WRITE_LATENCY}
    assert all(one.duration_s >= 60.0 for one in USUAL)
