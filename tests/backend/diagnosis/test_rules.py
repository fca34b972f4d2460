from backend.diagnosis.quantities import Quantity
from backend.diagnosis.rules import Every, Reader, Sign, Some

USED, QUEUE = Sign(Quantity.MEMORY_USED, 0.9), Sign(Quantity.QUEUE, 2.0)


def telling(used: float | None, queue: float | None) -> Reader:
    told = {Quantity.MEMORY_USED: used, Quantity.QUEUE: queue}
    return lambda quantity: told[quantity]


def test_a_sign_holds_from_its_bound_on() -> None:
    assert USED.holds(telling(0.9, None)) is True
    assert USED.holds(telling(0.89, None)) is False
    assert USED.holds(telling(None, None)) is None


def test_one_that_does_not_hold_settles_all_of_them() -> None:
    both = Every((USED, QUEUE))
    assert both.holds(telling(0.1, None)) is False
    assert both.holds(telling(0.95, None)) is None
    assert both.holds(telling(0.95, 2.0)) is True


def test_one_that_holds_settles_some_of_them() -> None:
    either = Some((USED, QUEUE))
    assert either.holds(telling(0.95, None)) is True
    assert either.holds(telling(0.1, None)) is None
    assert either.holds(telling(0.1, 1.0)) is False


def test_a_rule_names_all_its_signs() -> None:
    assert tuple(Every((USED, Some((QUEUE,)))).signs()) == (USED, QUEUE)
