import pytest

from backend.diagnosis.quantities import Quantity
from backend.measures import Measure, Of


@pytest.mark.parametrize(
    ("quantity", "values", "told"),
    [
        (Quantity.MEMORY_TAKEN, (1.0, 4.0), 0.75),
        (Quantity.MEMORY_TAKEN, (4.0, 4.0), 0.0),
        (Quantity.MEMORY_USED, (3.0, 1.0), 0.75),
        (Quantity.MEMORY_USED, (0.0, 0.0), None),
        (Quantity.MEMORY_USED, (1.0, None), None),
        (Quantity.SWAPPING, (1.0, None), None),
        (Quantity.READ_TIME, (None, 0.0), 0.0),
        (Quantity.READ_TIME, (None, 5.0), None),
        (Quantity.READ_TIME, (0.2, 5.0), 0.2),
        (Quantity.SHARE_DROPPED, (1.0, 0.0, 3.0, 0.0), 0.25),
        (Quantity.SHARE_DROPPED, (0.0, 0.0, 0.0, 0.0), 0.0),
        (Quantity.SHARE_DROPPED, (1.0, 0.0, None, 0.0), None),
    ],
)
def test_what_measures_say_together(
    quantity: Quantity, values: tuple[float | None, ...], told: float | None
) -> None:
    assert quantity.combine(values) == told


def test_the_measures_of_a_quantity_are_of_one_thing() -> None:
    for quantity in Quantity:
        assert {one.of for one in quantity.measures} == {quantity.of}
    assert len({quantity.id for quantity in Quantity}) == len(Quantity)


def test_only_what_is_of_devices_stands_at_one() -> None:
    assert Quantity.QUEUE.places("vda") == ((Measure.DISK_QUEUE, "vda"),)
    assert Quantity.HOST_CPU.of is Of.HOST
    assert Quantity.HOST_CPU.places("vda") == ((Measure.HOST_CPU, ""),)
