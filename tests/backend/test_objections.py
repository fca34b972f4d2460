"""They are errors like the others: an id, arguments, and a value to be carried."""

import inspect

from backend import errors, objections
from backend.errors import BackendError, Problem
from backend.objections import ValueTooLarge


def test_each_is_told_by_its_own_name_and_by_no_other_s() -> None:
    ours = {
        name: kind
        for name, kind in inspect.getmembers(objections, inspect.isclass)
        if kind.__module__ == objections.__name__
    }
    assert ours
    for name, kind in ours.items():
        assert issubclass(kind, BackendError)
        assert kind.message_id == name
        assert not hasattr(errors, name)


def test_one_as_a_value() -> None:
    assert ValueTooLarge(maximum=3).problem == Problem("ValueTooLarge", (("maximum", 3),))
