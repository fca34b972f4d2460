from backend.diagnosis.quantities import Quantity
from backend.diagnosis.slots import laid_out
from backend.measures import Measure
from backend.model import Kind, Ref
from backend.series import Course, Point, Series

REF = Ref("h", Kind.DOMAIN, "1")


def course(measure: Measure, *told: tuple[float, float], step_s: float = 1.0) -> Course:
    points = tuple(Point(at, value, value, value) for at, value in told)
    return Course(Series(REF, measure), (points,), step_s)


def test_what_is_read_often_is_told_by_its_mean() -> None:
    slots = laid_out([course(Measure.SWAP_IN, (0.0, 1.0), (5.0, 3.0), (10.0, 7.0))], 0.0, 20.0)
    assert slots.rows[Measure.SWAP_IN, ""] == (2.0, 7.0)


def test_one_slot_may_be_missed_and_no_more() -> None:
    slots = laid_out([course(Measure.PRESSURE_CPU, (1.0, 0.5), (31.0, 0.2))], 0.0, 50.0)
    assert slots.rows[Measure.PRESSURE_CPU, ""] == (0.5, 0.5, None, 0.2, 0.2)


def test_nothing_is_told_before_the_first_reading_or_of_other_times() -> None:
    slots = laid_out([course(Measure.LOAD, (-5.0, 9.0), (25.0, 1.0), (30.0, 9.0))], 0.0, 30.0)
    assert slots.rows[Measure.LOAD, ""] == (None, None, 1.0)


def test_of_quantities_only_moments_in_which_all_is_known_are() -> None:
    swapped = [course(Measure.SWAP_IN, (0.0, 1.0)), course(Measure.SWAP_OUT, (20.0, 2.0))]
    slots = laid_out([*swapped, course(Measure.SWAP_IN, (0.0, 1.0), (20.0, 4.0))], 0.0, 30.0)
    assert slots.row(Quantity.SWAPPING, "") == (None, None, 6.0)
    assert slots.row(Quantity.QUEUE, "vda") == (None, None, None), "never read"


def test_a_day_has_no_more_slots_than_can_be_told() -> None:
    day = laid_out([], 0.0, 86_400.0)
    assert (day.count, day.step_s) == (60, 1440.0)
    assert laid_out([], 5.0, 5.0).count == 0
