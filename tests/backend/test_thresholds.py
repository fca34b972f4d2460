from backend.measures import Measure, Unit
from backend.thresholds import WHOLES, Side, Threshold


def test_the_bound_itself_is_wanted() -> None:
    above = Threshold("a", Measure.CPU, 0.9, Unit.SHARE)
    below = Threshold("b", Measure.CPU, 0.9, Unit.SHARE, Side.BELOW)
    assert [above.is_beyond(figure) for figure in (0.89, 0.9, 0.91)] == [False, False, True]
    assert [below.is_beyond(figure) for figure in (0.89, 0.9, 0.91)] == [True, False, False]


def test_a_part_and_its_whole_are_of_the_same_and_read_at_once() -> None:
    for part, whole in WHOLES.items():
        assert (part.unit, whole.unit) == (Unit.BYTES, Unit.BYTES)
        assert (part.of, part.group) == (whole.of, whole.group)


def test_what_is_of_a_server_is_not_of_its_machines() -> None:
    assert Threshold("a", Measure.NODE_CPU, 0.9, Unit.SHARE).is_of_host
    assert not Threshold("a", Measure.CPU, 0.9, Unit.SHARE).is_of_host
